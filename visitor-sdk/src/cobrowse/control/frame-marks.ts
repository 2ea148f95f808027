/**
 * What is drawn on the page and in joined frames: painted there, and known here for whoever comes, and to be taken
 * away. Both sides keep the newest marks of all places together.
 */

import type { Mark } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import type { Drawer, DrawnMark } from '../marks/placed-mark.js';

/** `at`: where it was drawn, a frame or, undefined, the page itself. */
export interface PlaceOfMark<T> {
  readonly at: T | undefined;
  readonly mark: DrawnMark;
  readonly by: Drawer;
}

const MOST_PIECES = Math.ceil(intentLimits.linePoints / intentLimits.strokePoints);

export class FrameMarks<T> {
  /** What grew last comes last; a line comes in pieces, as long as they may be on their way. */
  #drawn: PlaceOfMark<T>[] = [];

  /** The mark that has to go for it, if there is one. What fades by itself is not worth to be known. */
  add(at: T | undefined, mark: Mark, by: Drawer): PlaceOfMark<T> | undefined {
    if (!('anchor' in mark) || mark.mark === 'laser') return undefined;
    const added = { at, mark, by };
    const before = this.#drawn.filter((each) => isSame(each, added));
    this.#drawn = this.#drawn.filter((each) => !isSame(each, added) && !isReplaced(each, added));
    this.#drawn.push(...grown(before, added));
    const [oldest] = this.#drawn;
    if (oldest === undefined || this.#count() <= intentLimits.marks) return undefined;
    this.#forget(oldest);
    return oldest;
  }

  /** Forgets the newest mark of one's own, or the one that is named, and says where it was drawn. */
  undo(slot: number, stroke?: number): T | undefined {
    const newest = this.#drawn.findLast(
      ({ by, mark }) => by.slot === slot && mark.stroke === (stroke ?? mark.stroke),
    );
    if (newest !== undefined) this.#forget(newest);
    return newest?.at;
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

  #forget(mark: PlaceOfMark<T>): void {
    this.#drawn = this.#drawn.filter((each) => !isSame(each, mark));
  }

  #count(): number {
    return this.#drawn.filter((each, at) => at === 0 || !isSame(each, this.#drawn[at - 1] ?? each)).length;
  }
}

function isSame<T>(one: PlaceOfMark<T>, other: PlaceOfMark<T>): boolean {
  return one.at === other.at && one.by.slot === other.by.slot && one.mark.stroke === other.mark.stroke;
}

/** One element is pointed out once; a second message takes the first one's place. */
function isReplaced<T>(each: PlaceOfMark<T>, by: PlaceOfMark<T>): boolean {
  const areHighlights = each.mark.mark === 'highlight' && by.mark.mark === 'highlight';
  return areHighlights && each.by.slot === by.by.slot && each.mark.anchor === by.mark.anchor;
}

/** A shape is what it was drawn out to last; the points of a line add up. */
function grown<T>(before: readonly PlaceOfMark<T>[], added: PlaceOfMark<T>): readonly PlaceOfMark<T>[] {
  const newest = before.at(-1);
  if (!('points' in added.mark) || newest === undefined || !('points' in newest.mark)) return [added];
  const points = [...newest.mark.points, ...added.mark.points];
  if (points.length > intentLimits.strokePoints) return [...before, added].slice(-MOST_PIECES);
  return [...before.slice(0, -1), { ...added, mark: { ...added.mark, points } }];
}
