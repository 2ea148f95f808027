/**
 * Remembers which elements lack a class, id or attribute because no style sheet had named it yet, so that a
 * sheet that comes later (a part of the page loaded on demand) makes them look right.
 */

const MAX_ENTRIES = 50_000;

export interface Withheld {
  readonly id: number;
  readonly attribute: string;
}

export class WithheldNames {
  readonly #byName = new Map<string, Set<number>>();
  #entries = 0;

  /** `name` is as the vocabulary calls it: `.class`, `#id` or `[attribute`. */
  note(name: string, id: number): void {
    if (this.#entries >= MAX_ENTRIES) return;
    const ids = this.#byName.get(name);
    if (ids === undefined) this.#byName.set(name, new Set([id]));
    else if (ids.has(id)) return;
    else ids.add(id);
    this.#entries += 1;
  }

  /** The attributes to look at again now that these names are known. */
  take(names: readonly string[]): readonly Withheld[] {
    const found = new Map<string, Withheld>();
    for (const name of names) {
      const ids = this.#byName.get(name);
      if (ids === undefined) continue;
      this.#byName.delete(name);
      this.#entries -= ids.size;
      const attribute = attributeOf(name);
      for (const id of ids) found.set(`${id} ${attribute}`, { id, attribute });
    }
    return [...found.values()];
  }

  /** Forgets elements that are gone, where many are remembered. */
  prune(isThere: (id: number) => boolean): void {
    if (this.#entries < MAX_ENTRIES / 2) return;
    for (const [name, ids] of this.#byName) {
      const left = new Set([...ids].filter(isThere));
      this.#entries -= ids.size - left.size;
      if (left.size > 0) this.#byName.set(name, left);
      else this.#byName.delete(name);
    }
  }

  clear(): void {
    this.#byName.clear();
    this.#entries = 0;
  }
}

function attributeOf(name: string): string {
  if (name.startsWith('.')) return 'class';
  return name.startsWith('#') ? 'id' : name.slice(1);
}
