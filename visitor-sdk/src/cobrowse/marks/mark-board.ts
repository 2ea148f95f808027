/** What everybody has drawn on the page: kept in order, taken back by whoever drew it, painted while there is any. */

import { intentLimits } from '@alongside/protocol';
import type { PageBox } from '../control/page-geometry.js';
import { LASER_MS } from './mark-look.js';
import type { MarkPainter } from './mark-painter.js';
import type { Drawer, DrawnMark, PlacedLine, PlacedMark, TakenMark } from './placed-mark.js';
import { extentOf } from './placed-mark.js';

export interface MarkBoardDeps {
  readonly window: Window & typeof globalThis;
  readonly painter: MarkPainter;
  boxOf(element: Element): PageBox;
  /** The panel gives way to what is marked, and tells what of the page it covers then. */
  clear(marks: readonly PageBox[]): readonly PageBox[];
  /** Puts what is painted above whatever the page shows. */
  raise(): void;
  /** Whether whoever drew it may still draw: what they drew goes with the lease. */
  mayStay(by: Drawer): boolean;
  /** Tells everybody who looks at the page, apart from whoever drew it unless they do not know. */
  tell(mark: DrawnMark | TakenMark, by: Drawer, how: { readonly alsoDrawer: boolean }): void;
  /** Reads out what was said with a mark, to those who do not see it. */
  say(message: string, by: Drawer): void;
}

/** Until a panel that has changed meanwhile is looked at again. */
const LOOK_AGAIN_MS = 500;

export class MarkBoard {
  readonly #deps: MarkBoardDeps;
  readonly #marks: PlacedMark[] = [];
  #frame: number | undefined;
  #painted = '';
  #covered: readonly PageBox[] = [];
  #clearedAtMs = 0;

  constructor(deps: MarkBoardDeps) {
    this.#deps = deps;
  }

  /** As it would be drawn anew, in pieces that travel; what fades is not worth it. */
  drawn(): readonly { readonly mark: DrawnMark; readonly by: Drawer }[] {
    return this.#marks.flatMap((mark) => asDrawn(mark).map((drawn) => ({ mark: drawn, by: mark.by })));
  }

  put(mark: DrawnMark, anchor: Element, by: Drawer): void {
    this.#place(mark, anchor, by);
    this.#deps.tell(mark, by, { alsoDrawer: false });
    this.#deps.raise();
    this.#paintSoon();
  }

  newestOf(slot: number, stroke?: number): PlacedMark | undefined {
    return this.#marks.findLast((each) => each.by.slot === slot && each.stroke === (stroke ?? each.stroke));
  }

  take(mark: TakenMark, by: Drawer, how = { alsoDrawer: false }): void {
    if (mark.mark === 'undo') {
      const newest = this.newestOf(by.slot, mark.stroke);
      this.#keep((each) => each !== newest);
    } else this.#keep((each) => each.by.slot !== by.slot);
    this.#deps.tell(mark, by, how);
    this.#paintSoon();
  }

  /** The page has newer ones elsewhere; those who look at it keep as many, and know by themselves. */
  forget(slot: number, stroke: number): void {
    this.#keep((each) => each.by.slot !== slot || each.stroke !== stroke);
    this.#paintSoon();
  }

  /** Somebody is gone, or may not draw any more: what they drew goes with them. */
  leave(slot: number): void {
    if (!this.#marks.some(({ by }) => by.slot === slot)) return;
    this.take({ mark: 'clear' }, { slot, name: '' }, { alsoDrawer: true });
  }

  clear(): void {
    this.#keep(() => false);
    if (this.#frame !== undefined) this.#deps.window.cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#painted = '';
    this.#deps.painter.paint([], { boxOf: () => undefined, covered: [] });
    this.#deps.clear([]);
  }

  #place(mark: DrawnMark, anchor: Element, by: Drawer): void {
    const placed = { by, stroke: mark.stroke, anchor, anchorId: mark.anchor };
    if ('points' in mark) {
      const before = this.#lineOf(mark, anchor, by);
      const drawnAtMs = this.#deps.window.performance.now();
      const more = mark.points.map((at) => ({ at, drawnAtMs }));
      const points = [...(before?.points ?? []), ...more].slice(-intentLimits.linePoints);
      // What grows is the newest again, as for those who look at the page.
      this.#keep((each) => each !== before);
      this.#add({ ...placed, mark: mark.mark, points });
    } else if (mark.mark === 'highlight') {
      // One element is pointed out once; a second message takes the first one's place.
      this.#keep((each) => each.mark !== 'highlight' || each.anchor !== anchor || each.by.slot !== by.slot);
      const { message } = mark;
      this.#add({ ...placed, mark: 'highlight', message });
      if (message !== undefined && message !== '') this.#deps.say(message, by);
    } else {
      // While it is drawn out, the newest end of it counts.
      this.#keep((each) => each.stroke !== mark.stroke || each.by.slot !== by.slot);
      this.#add({ ...placed, mark: mark.mark, from: mark.from, to: mark.to });
    }
  }

  #lineOf(mark: DrawnMark, anchor: Element, by: Drawer): PlacedLine | undefined {
    return this.#marks.find(
      (each): each is PlacedLine =>
        'points' in each &&
        each.mark === mark.mark &&
        each.stroke === mark.stroke &&
        each.anchor === anchor &&
        each.by.slot === by.slot,
    );
  }

  #add(mark: PlacedMark): void {
    this.#marks.push(mark);
    if (this.#marks.length > intentLimits.marks) this.#marks.shift();
  }

  #keep(isKept: (mark: PlacedMark) => boolean): void {
    const kept = this.#marks.filter(isKept);
    this.#marks.splice(0, this.#marks.length, ...kept);
  }

  #paintSoon(): void {
    this.#frame ??= this.#deps.window.requestAnimationFrame(() => this.#paint());
  }

  /** Again in every frame while there is something, since the page moves under it; painted only where it differs. */
  #paint(): void {
    const { window, painter } = this.#deps;
    const now = window.performance.now();
    this.#endLeases();
    this.#keep((mark) => mark.anchor.isConnected && !isFaded(mark, now));
    const boxes = new Map(this.#marks.map(({ anchor }) => [anchor, this.#deps.boxOf(anchor)]));
    const fades = this.#marks.some(({ mark }) => mark === 'laser');
    const boxOf = (anchor: Element) => boxes.get(anchor);
    const look = this.#lookOf([...boxes.values()]);
    const isCleared = look === this.#painted && now - this.#clearedAtMs < LOOK_AGAIN_MS;
    const covered = isCleared ? this.#covered : this.#clear(boxOf, now);
    if (fades || look !== this.#painted || covered !== this.#covered)
      painter.paint(this.#marks, { boxOf, covered, now });
    this.#covered = covered;
    this.#painted = look;
    this.#frame = undefined;
    if (this.#marks.length > 0) this.#paintSoon();
  }

  /** What fades is followed by the eye, and gone before the panel would be out of its way. */
  #clear(boxOf: (anchor: Element) => PageBox | undefined, now: number): readonly PageBox[] {
    this.#clearedAtMs = now;
    const lasting = this.#marks.filter(({ mark }) => mark !== 'laser');
    const covered = this.#deps.clear(
      lasting.map((mark) => extentOf(mark, boxOf(mark.anchor))).filter((box) => box !== undefined),
    );
    return JSON.stringify(covered) === JSON.stringify(this.#covered) ? this.#covered : covered;
  }

  #endLeases(): void {
    const ended = this.#marks.find(({ by }) => !this.#deps.mayStay(by));
    if (ended !== undefined) this.leave(ended.by.slot);
  }

  #lookOf(boxes: readonly PageBox[]): string {
    const { innerWidth, innerHeight, devicePixelRatio } = this.#deps.window;
    const places = boxes.map(({ left, top, width, height }) => `${left} ${top} ${width} ${height}`);
    const marks = this.#marks.map(
      (mark) =>
        `${mark.mark}${mark.stroke}${'points' in mark ? mark.points.at(-1)?.drawnAtMs : JSON.stringify('to' in mark ? [mark.from, mark.to] : mark.message)}`,
    );
    return [innerWidth, innerHeight, devicePixelRatio, ...places, ...marks].join('|');
  }
}

function isFaded(mark: PlacedMark, now: number): boolean {
  if (mark.mark !== 'laser') return false;
  return mark.points.every(({ drawnAtMs }) => drawnAtMs + LASER_MS <= now);
}

function asDrawn(mark: PlacedMark): readonly DrawnMark[] {
  const { stroke, anchorId: anchor } = mark;
  if (mark.mark === 'laser') return [];
  if (mark.mark === 'highlight') {
    const { message } = mark;
    return [{ mark: 'highlight', stroke, anchor, ...(message === undefined ? {} : { message }) }];
  }
  if (!('points' in mark)) {
    return [
      { mark: mark.mark, stroke, anchor, from: [mark.from[0], mark.from[1]], to: [mark.to[0], mark.to[1]] },
    ];
  }
  const points = mark.points.map(({ at }): [number, number] => [at[0], at[1]]);
  const pieces = Math.ceil(points.length / intentLimits.strokePoints);
  return Array.from({ length: pieces }, (_, place) => ({
    ...{ mark: 'pen' as const, stroke, anchor },
    points: points.slice(place * intentLimits.strokePoints, (place + 1) * intentLimits.strokePoints),
  }));
}
