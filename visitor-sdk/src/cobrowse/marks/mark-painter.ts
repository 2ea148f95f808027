/** Paints marks: lines and frames on one canvas, and what was said beside a highlight as plain words. */

import { colourOf } from '@alongside/protocol';
import type { PageBox } from '../control/page-geometry.js';
import { freePlace } from './free-place.js';
import { EDGE, EDGE_PX, FADE_MS, LASER_MS, LINE_PX } from './mark-look.js';
import type { PlacedHighlight, PlacedLine, PlacedMark, PlacedShape, StrokePoint } from './placed-mark.js';

interface Spot {
  readonly x: number;
  readonly y: number;
}

const HEAD_PX = 16;
const FRAME_GAP_PX = 4;

export interface Painting {
  boxOf(anchor: Element): PageBox | undefined;
  /** What of the page the panel covers. */
  readonly covered: readonly PageBox[];
  readonly now?: number;
}

export class MarkPainter {
  readonly #window: Window & typeof globalThis;
  readonly #canvas: HTMLCanvasElement;
  readonly #words: HTMLElement;

  constructor(window: Window & typeof globalThis, canvas: HTMLCanvasElement, words: HTMLElement) {
    this.#window = window;
    this.#canvas = canvas;
    this.#words = words;
  }

  paint(marks: readonly PlacedMark[], { boxOf, covered, now = 0 }: Painting): void {
    const context = this.#cleared();
    this.#words.replaceChildren();
    const taken = [...covered];
    for (const mark of marks) {
      const box = boxOf(mark.anchor);
      if (box === undefined || context === null) continue;
      const colour = colourOf(mark.by.slot);
      if ('points' in mark) paintLine(context, { mark, box, colour, now });
      else if (mark.mark === 'highlight') {
        trace(context, framePath(box), colour);
        taken.push(this.#say(mark, { box, colour, taken }));
      } else trace(context, shapePath(mark, box), colour);
    }
  }

  #cleared(): CanvasRenderingContext2D | null {
    const { innerWidth, innerHeight, devicePixelRatio } = this.#window;
    const width = Math.round(innerWidth * devicePixelRatio);
    const height = Math.round(innerHeight * devicePixelRatio);
    const canvas = this.#canvas;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d');
    context?.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context?.clearRect(0, 0, innerWidth, innerHeight);
    return context;
  }

  /** Always with the name of who says it, so that it cannot pass for words of the page. */
  #say({ message, by }: PlacedHighlight, { box, colour, taken }: Saying): PageBox {
    const { document, innerWidth, innerHeight } = this.#window;
    const words = document.createElement('p');
    words.className = 'words';
    words.style.setProperty('background', colour);
    const name = document.createElement('b');
    name.textContent = by.name;
    words.append(name);
    if (message !== undefined && message !== '') words.append(` ${message}`);
    this.#words.append(words);
    const { offsetWidth: width, offsetHeight: height } = words;
    const { x, y } = freePlace({ width, height }, box, { width: innerWidth, height: innerHeight, taken });
    words.style.setProperty('transform', `translate(${x}px, ${y}px)`);
    return { left: x, top: y, width, height };
  }
}

interface Saying {
  readonly box: PageBox;
  readonly colour: string;
  readonly taken: readonly PageBox[];
}

interface LinePainting {
  readonly mark: PlacedLine;
  readonly box: PageBox;
  readonly colour: string;
  readonly now: number;
}

/** A pen's line is one stroke; a laser's fades from its tail on. */
function paintLine(context: CanvasRenderingContext2D, { mark, box, colour, now }: LinePainting): void {
  const spots = mark.points.map(({ at }) => spotIn(box, at));
  if (mark.mark === 'pen') {
    trace(context, linePath(spots), colour);
    return;
  }
  mark.points.forEach(({ drawnAtMs }, place) => {
    const left = drawnAtMs + LASER_MS - now;
    if (left <= 0) return;
    const piece = spots.slice(Math.max(0, place - 1), place + 1);
    context.globalAlpha = Math.min(1, left / FADE_MS);
    trace(context, linePath(piece), colour);
  });
  context.globalAlpha = 1;
}

function trace(context: CanvasRenderingContext2D, path: Path2D, colour: string): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = EDGE;
  context.lineWidth = EDGE_PX;
  context.stroke(path);
  context.strokeStyle = colour;
  context.lineWidth = LINE_PX;
  context.stroke(path);
}

function linePath(spots: readonly Spot[]): Path2D {
  const path = new Path2D();
  for (const { x, y } of spots) path.lineTo(x, y);
  const [only] = spots;
  if (spots.length === 1 && only !== undefined) path.lineTo(only.x + 0.1, only.y);
  return path;
}

function shapePath({ mark, from, to }: PlacedShape, box: PageBox): Path2D {
  const a = spotIn(box, from);
  const b = spotIn(box, to);
  const path = new Path2D();
  if (mark === 'rectangle') {
    path.rect(Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(a.x - b.x), Math.abs(a.y - b.y));
    return path;
  }
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  path.moveTo(a.x, a.y);
  path.lineTo(b.x, b.y);
  for (const turn of [2.6, -2.6]) {
    path.moveTo(b.x, b.y);
    path.lineTo(b.x + HEAD_PX * Math.cos(angle + turn), b.y + HEAD_PX * Math.sin(angle + turn));
  }
  return path;
}

function framePath({ left, top, width, height }: PageBox): Path2D {
  const path = new Path2D();
  const gap = FRAME_GAP_PX;
  path.rect(left - gap, top - gap, width + 2 * gap, height + 2 * gap);
  return path;
}

function spotIn({ left, top, width, height }: PageBox, [fx, fy]: StrokePoint): Spot {
  return { x: left + fx * width, y: top + fy * height };
}
