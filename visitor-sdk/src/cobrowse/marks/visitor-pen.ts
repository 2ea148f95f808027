/** The visitor draws on their own page: a layer takes the pointer for as long as they wish, and the page gets none. */

import { intentLimits } from '@alongside/protocol';
import type { PageGeometry, PagePoint } from '../control/page-geometry.js';
import type { MarkBoard } from './mark-board.js';
import { VISITOR_SLOT } from './mark-look.js';
import type { StrokePoint } from './placed-mark.js';

export interface VisitorPenDeps {
  readonly window: Window & typeof globalThis;
  readonly geometry: PageGeometry;
  readonly board: MarkBoard;
  /** The layer in the overlay; it takes the pointer only while the pen is in hand. */
  readonly layer: HTMLElement;
  /** The element's number for those who see a copy, and undefined for what they do not see. */
  numberOf(element: Element): number | undefined;
  raise(): void;
}

/** As far from its anchor as a line may go, in boxes. */
const FARTHEST = 50;

export class VisitorPen {
  readonly #deps: VisitorPenDeps;
  readonly #by = { slot: VISITOR_SLOT, name: '' };
  #stroke = 0;
  #anchor: { readonly element: Element; readonly id: number } | undefined;
  #waiting: StrokePoint[] = [];
  #frame: number | undefined;

  constructor(deps: VisitorPenDeps) {
    this.#deps = deps;
    const { layer } = deps;
    layer.addEventListener('pointerdown', (event) => this.#begin(event));
    layer.addEventListener('pointermove', (event) => this.#continue(event));
    for (const name of ['pointerup', 'pointercancel'] as const) {
      layer.addEventListener(name, () => this.#end());
    }
  }

  hold(inHand: boolean): void {
    this.#deps.raise();
    this.#deps.layer.classList.toggle('drawing', inHand);
    if (!inHand) this.#end();
  }

  undo(): void {
    const { board } = this.#deps;
    const newest = board.newestOf(VISITOR_SLOT);
    if (newest !== undefined) board.take({ mark: 'undo', stroke: newest.stroke }, this.#by);
  }

  clear(): void {
    this.#deps.board.take({ mark: 'clear' }, this.#by);
  }

  #begin(event: PointerEvent): void {
    if (!event.isTrusted || event.button !== 0) return;
    event.preventDefault();
    this.#deps.layer.setPointerCapture(event.pointerId);
    const at = { x: event.clientX, y: event.clientY };
    this.#anchor = this.#anchorAt(at);
    this.#stroke = (this.#stroke + 1) >>> 0;
    this.#add(at);
  }

  #continue(event: PointerEvent): void {
    if (this.#anchor === undefined || !event.isTrusted) return;
    for (const each of event.getCoalescedEvents?.() ?? [event])
      this.#add({ x: each.clientX, y: each.clientY });
  }

  #end(): void {
    this.#flush();
    this.#anchor = undefined;
  }

  /** What lies below the layer, or around it, that others see as well. */
  #anchorAt(at: PagePoint): { readonly element: Element; readonly id: number } | undefined {
    const { layer, geometry, numberOf, window } = this.#deps;
    layer.classList.remove('drawing');
    let element: Element | null | undefined = geometry.hitAt(at);
    layer.classList.add('drawing');
    for (; element; element = element.parentElement) {
      const id = numberOf(element);
      if (id !== undefined) return { element, id };
    }
    const root = window.document.documentElement;
    const id = numberOf(root);
    return id === undefined ? undefined : { element: root, id };
  }

  #add(at: PagePoint): void {
    if (this.#anchor === undefined) return;
    const { left, top, width, height } = this.#deps.geometry.boxOf(this.#anchor.element);
    const within = (value: number) => Math.min(FARTHEST, Math.max(-FARTHEST, value));
    const point: StrokePoint = [
      within((at.x - left) / Math.max(1, width)),
      within((at.y - top) / Math.max(1, height)),
    ];
    this.#waiting.push(point);
    if (this.#waiting.length >= intentLimits.strokePoints) this.#flush();
    else this.#frame ??= this.#deps.window.requestAnimationFrame(() => this.#flush());
  }

  /** What was drawn since the last frame goes to both sides at once. */
  #flush(): void {
    if (this.#frame !== undefined) this.#deps.window.cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const points = this.#waiting.map(([fx, fy]): [number, number] => [fx, fy]);
    this.#waiting = [];
    if (points.length === 0 || this.#anchor === undefined) return;
    const { element, id } = this.#anchor;
    this.#deps.board.put({ mark: 'pen', stroke: this.#stroke, anchor: id, points }, element, this.#by);
  }
}
