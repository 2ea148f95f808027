/** What agents have drawn in joined frames: painted there, and known here for whoever comes, and to be taken away. */

import type { Mark } from '@alongside/protocol';
import type { Drawer, DrawnMark } from '../marks/placed-mark.js';

/** `at`: where it was drawn, a frame or, undefined, the page itself. */
interface Drawn<T> {
  readonly at: T | undefined;
  readonly mark: DrawnMark;
  readonly by: Drawer;
}

/** Pieces of lines count each. */
const MOST_PIECES = 400;

export class FrameMarks<T> {
  #drawn: Drawn<T>[] = [];

  /** What fades by itself is not worth to be known. */
  add(at: T | undefined, mark: Mark, by: Drawer): void {
    if (!('anchor' in mark) || mark.mark === 'laser') return;
    this.#drawn.push({ at, mark, by });
    if (this.#drawn.length > MOST_PIECES) this.#drawn.shift();
  }

  /** Forgets the newest mark of one's own, and says where it was drawn. */
  undo(slot: number): T | undefined {
    const newest = this.#drawn.findLast(({ by }) => by.slot === slot);
    if (newest === undefined) return undefined;
    const { at, mark } = newest;
    this.#drawn = this.#drawn.filter(
      (each) => each.by.slot !== slot || each.at !== at || each.mark.stroke !== mark.stroke,
    );
    return at;
  }

  /** Forgets all of somebody's, and says whether any of it was in a frame. */
  clear(slot: number): boolean {
    const wasInFrame = this.inFrames().some(({ by }) => by.slot === slot);
    this.#drawn = this.#drawn.filter(({ by }) => by.slot !== slot);
    return wasInFrame;
  }

  gone(at: T): void {
    this.#drawn = this.#drawn.filter((each) => each.at !== at);
  }

  inFrames(): readonly { readonly mark: DrawnMark; readonly by: Drawer }[] {
    return this.#drawn.filter(({ at }) => at !== undefined);
  }

  drawers(): readonly number[] {
    return [...new Set(this.inFrames().map(({ by }) => by.slot))];
  }
}
