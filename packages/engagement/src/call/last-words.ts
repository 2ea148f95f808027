/** The newest word on each matter that the other end has to hear at last: what was not heard is said again when told to. */

/** Answers whether it was heard, be it with a no that will not change. */
export type Saying = () => Promise<boolean>;

export class LastWords {
  readonly #unheard = new Map<string, Saying>();

  async say(matter: string, saying: Saying): Promise<void> {
    // The newest comes last, also where something is said of several matters again.
    this.#unheard.delete(matter);
    this.#unheard.set(matter, saying);
    const isHeard = await saying().catch(() => false);
    if (isHeard && this.#unheard.get(matter) === saying) this.#unheard.delete(matter);
  }

  sayAgain(): void {
    for (const [matter, saying] of [...this.#unheard]) void this.say(matter, saying);
  }
}
