/**
 * Numbers for the nodes and style sheets of joined frames, which count from one as the page does. They begin far
 * above the page's own, so that nothing a frame says can ever mean an element of the page around it.
 */

/** Half of what a number of the stream may be: a page never has so many nodes. */
export const FIRST_FRAME_NUMBER = 0x40000000;
const LAST_FRAME_NUMBER = 0x7ffffffe;

export function isFrameNumber(id: number): boolean {
  return id >= FIRST_FRAME_NUMBER;
}

/** Hands out each number once in the life of a page. */
export class NumberRange {
  #next = FIRST_FRAME_NUMBER;

  take(): number {
    if (this.#next > LAST_FRAME_NUMBER) throw new Error('There are no numbers left.');
    const taken = this.#next;
    this.#next += 1;
    return taken;
  }
}

/** The numbers of one frame's page: the same one for the same node, as long as the frame has that page. */
export class FrameNumbers {
  readonly #range: NumberRange;
  readonly #known = new Map<number, number>();
  readonly #own = new Map<number, number>();

  constructor(range: NumberRange) {
    this.#range = range;
  }

  of(id: number): number {
    let number = this.#known.get(id);
    if (number === undefined) {
      number = this.#range.take();
      this.#known.set(id, number);
      this.#own.set(number, id);
    }
    return number;
  }

  /** What the frame itself calls it; undefined for what is not of this frame. */
  ownOf(number: number): number | undefined {
    return this.#own.get(number);
  }
}
