/** A freehand line on its way to the visitor: in pieces, each point relative to the box of the element it began on. */

import { intentLimits } from '@alongside/protocol';
import type { Located } from '../player/replay-messages.js';

/** As far as a point may lie from its anchor, in boxes. */
const MOST = 50;
const PIECE_MS = 80;

export class Stroke {
  readonly #box: Located['box'];
  readonly #send: (points: readonly [number, number][]) => void;
  #points: [number, number][] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(box: Located['box'], send: (points: readonly [number, number][]) => void) {
    this.#box = box;
    this.#send = send;
  }

  add(at: { readonly x: number; readonly y: number }): void {
    this.#points.push(relativeTo(this.#box, at));
    if (this.#points.length >= intentLimits.strokePoints) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), PIECE_MS);
  }

  end(): void {
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const points = this.#points;
    this.#points = [];
    if (points.length > 0) this.#send(points);
  }
}

export function relativeTo(
  box: Located['box'],
  at: { readonly x: number; readonly y: number },
): [number, number] {
  return [
    within((at.x - box.left) / Math.max(1, box.width)),
    within((at.y - box.top) / Math.max(1, box.height)),
  ];
}

function within(value: number): number {
  return Math.min(MOST, Math.max(-MOST, value));
}
