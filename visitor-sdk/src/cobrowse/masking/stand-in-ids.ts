/** Gives each id of the page that may not be shown a stand-in, so that what points at it still does. */

const MAX_IDS = 50_000;

export class StandInIds {
  readonly #isPublic: (id: string) => boolean;
  readonly #numbers = new Map<string, number>();

  /** `isPublic` says that a style sheet names the id, so that it can be shown as it is. */
  constructor(isPublic: (id: string) => boolean) {
    this.#isPublic = isPublic;
  }

  standIn(id: string): string {
    if (this.#isPublic(id)) return id;
    let number = this.#numbers.get(id);
    if (number === undefined) {
      if (this.#numbers.size >= MAX_IDS) return 'alongside-0';
      number = this.#numbers.size + 1;
      this.#numbers.set(id, number);
    }
    return `alongside-${number}`;
  }
}
