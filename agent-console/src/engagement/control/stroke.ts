/** What is being drawn, on its way to the visitor: in pieces, relative to the box of the element it began on. */

import type { Mark } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import type { Located } from '../player/replay-messages.js';
import type { MarkingTool } from './tool.js';

interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface StrokeDeps {
  readonly tool: Exclude<MarkingTool, 'highlight'>;
  readonly stroke: number;
  readonly located: Located;
  /** Drawn here at once. */
  show(mark: Mark): void;
  send(mark: Mark): void;
}

/** As far as a point may lie from its anchor, in boxes. */
const MOST = 50;
/** About a frame of the visitor’s screen: what comes sooner would be drawn along with the next one. */
const PIECE_MS = 17;

export class Stroke {
  readonly #deps: StrokeDeps;
  readonly #from: [number, number];
  #points: [number, number][] = [];
  #to: [number, number] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sentAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: StrokeDeps, at: Spot) {
    this.#deps = deps;
    this.#from = relativeTo(deps.located.box, at);
  }

  add(at: Spot): void {
    const point = relativeTo(this.#deps.located.box, at);
    const { tool, show } = this.#deps;
    if (tool === 'arrow' || tool === 'rectangle') {
      this.#to = point;
      show(this.#shape(tool, point));
    } else {
      this.#points.push(point);
      show(this.#line(tool, [point]));
    }
    if (this.#points.length >= intentLimits.strokePoints) this.#flush();
    else
      this.#timer ??= setTimeout(
        () => this.#flush(),
        Math.max(0, this.#sentAtMs + PIECE_MS - performance.now()),
      );
  }

  end(): void {
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sentAtMs = performance.now();
    const { tool, send } = this.#deps;
    if (tool === 'arrow' || tool === 'rectangle') {
      const to = this.#to;
      this.#to = undefined;
      if (to !== undefined) send(this.#shape(tool, to));
      return;
    }
    const points = this.#points;
    this.#points = [];
    if (points.length > 0) send(this.#line(tool, points));
  }

  #line(tool: 'laser' | 'draw', points: [number, number][]): Mark {
    const { stroke, located } = this.#deps;
    return { mark: tool === 'draw' ? 'pen' : 'laser', stroke, anchor: located.place.id, points };
  }

  #shape(mark: 'arrow' | 'rectangle', to: [number, number]): Mark {
    const { stroke, located } = this.#deps;
    return { mark, stroke, anchor: located.place.id, from: this.#from, to };
  }
}

export function relativeTo(box: Located['box'], at: Spot): [number, number] {
  return [
    within((at.x - box.left) / Math.max(1, box.width)),
    within((at.y - box.top) / Math.max(1, box.height)),
  ];
}

function within(value: number): number {
  return Math.min(MOST, Math.max(-MOST, value));
}
