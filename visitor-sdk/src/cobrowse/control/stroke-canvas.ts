/** Draws the agent's lines, each anchored to an element so that it scrolls with the page, until they fade. */

import { FADE_MS, LINE_MS, LINE_PX, OVERLAY_COLOUR } from './overlay-look.js';
import type { PageBox } from './page-geometry.js';

interface Stroke {
  readonly anchor: Element;
  readonly points: (readonly [number, number])[];
  lastAtMs: number;
}

export interface StrokeCanvasDeps {
  readonly window: Window & typeof globalThis;
  readonly canvas: HTMLCanvasElement;
  boxOf(element: Element): PageBox;
}

const MAX_STROKES = 50;
const MAX_POINTS = 2000;

export class StrokeCanvas {
  readonly #deps: StrokeCanvasDeps;
  readonly #strokes = new Map<string, Stroke>();
  #frame: number | undefined;

  constructor(deps: StrokeCanvasDeps) {
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.#strokes.size === 0;
  }

  /** Adds a piece to a line; points are fractions of the anchor's box. */
  add(key: string, anchor: Element, points: readonly (readonly [number, number])[]): void {
    const now = this.#deps.window.performance.now();
    let stroke = this.#strokes.get(key);
    if (stroke === undefined || stroke.anchor !== anchor) {
      if (this.#strokes.size >= MAX_STROKES) return;
      stroke = { anchor, points: [], lastAtMs: now };
      this.#strokes.set(key, stroke);
    }
    if (stroke.points.length < MAX_POINTS) stroke.points.push(...points);
    stroke.lastAtMs = now;
    this.#frame ??= this.#deps.window.requestAnimationFrame(() => this.#draw());
  }

  clear(): void {
    this.#strokes.clear();
    if (this.#frame !== undefined) this.#deps.window.cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #draw(): void {
    const { canvas, window } = this.#deps;
    const scale = window.devicePixelRatio;
    const width = Math.round(window.innerWidth * scale);
    const height = Math.round(window.innerHeight * scale);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d');
    if (context === null) return;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, window.innerWidth, window.innerHeight);
    const now = window.performance.now();
    for (const [key, stroke] of this.#strokes) {
      const leftMs = stroke.lastAtMs + LINE_MS - now;
      if (leftMs <= 0 || !stroke.anchor.isConnected) this.#strokes.delete(key);
      else this.#drawStroke(context, stroke, Math.min(1, leftMs / FADE_MS));
    }
    // The page may scroll under the lines, so they are drawn anew for as long as there are any.
    this.#frame = this.isEmpty ? undefined : window.requestAnimationFrame(() => this.#draw());
  }

  #drawStroke(context: CanvasRenderingContext2D, stroke: Stroke, opacity: number): void {
    const box = this.#deps.boxOf(stroke.anchor);
    context.globalAlpha = opacity;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.beginPath();
    for (const [fx, fy] of stroke.points)
      context.lineTo(box.left + fx * box.width, box.top + fy * box.height);
    const [dot] = stroke.points;
    if (stroke.points.length === 1 && dot !== undefined) {
      context.lineTo(box.left + dot[0] * box.width + 0.1, box.top + dot[1] * box.height);
    }
    context.strokeStyle = 'rgb(255 255 255 / 0.85)';
    context.lineWidth = LINE_PX + 3;
    context.stroke();
    context.strokeStyle = OVERLAY_COLOUR;
    context.lineWidth = LINE_PX;
    context.stroke();
  }
}
