/** What is drawn on the page, by this agent, by others and by the visitor, as this console knows it. */

import type { IntentAnswer, Mark } from '@alongside/protocol';
import { colourOf, intentLimits } from '@alongside/protocol';
import { Store } from '../../app/store.js';

export type Marked = Extract<IntentAnswer, { readonly outcome: 'marked' }>;
type Drawn = Extract<Mark, { readonly anchor: number }>;

export interface PageMark {
  readonly drawer: string;
  readonly colour: string;
  readonly name: string;
  readonly mark: Drawn;
}

const OWN = 'own';
/** A laser's line is gone this long after its last piece, as on the visitor's page. */
const LASER_MS = 1800;

export class PageMarks {
  readonly marks = new Store<readonly PageMark[]>([]);
  /** This agent's place, by which the visitor's page knows them; told with the first answer. */
  #ownSlot: number | undefined;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  ownSlot(slot: number | undefined): void {
    if (slot === undefined || slot === this.#ownSlot) return;
    this.#ownSlot = slot;
    // What came back of one's own before it was known as that, and what was drawn before the colour was.
    const mine = { drawer: OWN, colour: colourOf(slot), name: '' };
    const isMine = ({ drawer }: PageMark) => drawer === OWN || drawer === String(slot);
    this.marks.update((marks) => marks.map((each) => (isMine(each) ? { ...each, ...mine } : each)));
  }

  /** At once, before the visitor's page has answered. */
  own(mark: Mark): void {
    this.#take(mark, { drawer: OWN, colour: colourOf(this.#ownSlot ?? 1), name: '' });
  }

  /** What undoing takes back, as far as it is known to be one's own. */
  get newestOwn(): number | undefined {
    return this.marks.value.findLast(({ drawer }) => drawer === OWN)?.mark.stroke;
  }

  /** The visitor's page did not take it. */
  refused(mark: Mark): void {
    if ('stroke' in mark) this.#keep((each) => each.drawer !== OWN || each.mark.stroke !== mark.stroke);
  }

  received({ mark, by }: Marked): void {
    if (by.slot === this.#ownSlot) this.own(mark);
    else this.#take(mark, { drawer: String(by.slot), colour: colourOf(by.slot), name: by.name });
  }

  /** An element has left the page, and what was drawn on it with it: the visitor's page takes none of that back. */
  gone(anchor: number): void {
    this.#keep((each) => each.mark.anchor !== anchor);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.marks.set([]);
  }

  #take(mark: Mark, who: Omit<PageMark, 'mark'>): void {
    if (mark.mark === 'clear') this.#keep((each) => each.drawer !== who.drawer);
    else if (mark.mark === 'undo') this.#undo(who.drawer, mark.stroke);
    else this.#put({ ...who, mark });
  }

  #put(placed: PageMark): void {
    const { mark, drawer } = placed;
    const isSame = (each: PageMark) => each.drawer === drawer && each.mark.stroke === mark.stroke;
    if ('points' in mark) {
      const before = this.marks.value.find((each) => isSame(each) && each.mark.anchor === mark.anchor);
      const earlier = before !== undefined && 'points' in before.mark ? before.mark.points : [];
      const whole = { ...mark, points: [...earlier, ...mark.points].slice(-intentLimits.linePoints) };
      this.#replace((each) => each === before, { ...placed, mark: whole });
      if (mark.mark === 'laser') this.#fade(isSame);
      return;
    }
    const isFormer = (each: PageMark) =>
      mark.mark === 'highlight'
        ? each.drawer === drawer && each.mark.mark === 'highlight' && each.mark.anchor === mark.anchor
        : isSame(each);
    this.#replace(isFormer, placed);
  }

  #replace(isFormer: (each: PageMark) => boolean, next: PageMark): void {
    const others = this.marks.value.filter((each) => !isFormer(each));
    this.marks.set([...others, next].slice(-intentLimits.marks));
  }

  #undo(drawer: string, stroke: number | undefined): void {
    const newest = this.marks.value.findLast(
      (each) => each.drawer === drawer && each.mark.stroke === (stroke ?? each.mark.stroke),
    );
    this.#keep((each) => each !== newest);
  }

  #fade(isMeant: (each: PageMark) => boolean): void {
    const faded = this.marks.value.find(isMeant);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      // A line that has grown meanwhile has a timer of its own.
      this.#keep((each) => each !== faded);
    }, LASER_MS);
    this.#timers.add(timer);
  }

  #keep(isKept: (mark: PageMark) => boolean): void {
    this.marks.update((marks) => marks.filter(isKept));
  }
}
