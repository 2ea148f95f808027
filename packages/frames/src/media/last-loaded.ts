/** What is loaded for one kind of call is there for the next, as long as that is of the same kind. */

export class LastLoaded<Kind, Loaded> {
  readonly #load: (kind: Kind) => Promise<Loaded>;
  #last: { readonly name: string; readonly loading: Promise<Loaded> } | undefined;

  constructor(load: (kind: Kind) => Promise<Loaded>) {
    this.#load = load;
  }

  of(kind: Kind): Promise<Loaded> {
    const name = JSON.stringify(kind);
    if (this.#last !== undefined && this.#last.name === name) return this.#last.loading;
    const last = { name, loading: this.#load(kind) };
    this.#last = last;
    last.loading.catch(() => {
      if (this.#last === last) this.#last = undefined;
    });
    return last.loading;
  }
}
