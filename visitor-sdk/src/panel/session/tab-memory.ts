/** Small facts of this tab that outlive a page: what was open, what was stopped, which call was here. */

import type { TabStorage } from '../../return/return-store.js';

type TabFact =
  | 'open'
  | 'stopped'
  | 'takenBack'
  | 'call'
  | 'given'
  | 'survey'
  | 'rules'
  | 'tab'
  | 'trip'
  | 'folded';

export class TabMemory {
  readonly #storage: TabStorage | undefined;
  readonly #key: string;
  #values: Record<string, string>;

  constructor(storage: TabStorage | undefined, site: string) {
    this.#storage = storage;
    this.#key = `alongside_tab_${site.slice(5, 13)}`;
    this.#values = this.#load();
  }

  get(name: TabFact): string | undefined {
    return this.#values[name];
  }

  set(name: TabFact, value: string | undefined): void {
    const { [name]: _, ...rest } = this.#values;
    this.#values = value === undefined ? rest : { ...rest, [name]: value };
    this.#save();
  }

  forget(): void {
    this.#values = {};
    this.#save();
  }

  #load(): Record<string, string> {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(this.#key) ?? '{}');
      const entries = Object.entries(value ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
      return Object.fromEntries(entries);
    } catch {
      // Forbidden, or written by somebody else: nothing is remembered.
      return {};
    }
  }

  #save(): void {
    try {
      if (Object.keys(this.#values).length === 0) this.#storage?.removeItem(this.#key);
      else this.#storage?.setItem(this.#key, JSON.stringify(this.#values));
    } catch {
      // Forbidden or full: it is then remembered for this page only.
    }
  }
}
