/** News of the visitor for those who watch, sealed like everything else: which tabs there are, and a trip elsewhere. */

import type { IntentAnswer, VisitorTab } from '@alongside/protocol';

export interface PageNewsDeps {
  readonly tell: (slot: number, news: IntentAnswer) => void;
  /** Places of the agents who see the page now. */
  readonly watchers: () => readonly number[];
}

export class PageNews {
  readonly #deps: PageNewsDeps;
  #tabs: readonly VisitorTab[] = [];
  #told = '';

  constructor(deps: PageNewsDeps) {
    this.#deps = deps;
  }

  /** Says it again only when it has changed. */
  tabs(tabs: readonly VisitorTab[]): void {
    const text = JSON.stringify(tabs);
    if (text === this.#told) return;
    this.#told = text;
    this.#tabs = tabs;
    for (const slot of this.#deps.watchers()) this.greet(slot);
  }

  /** Somebody has come to see the page. */
  greet(slot: number): void {
    if (this.#tabs.length > 0) this.#deps.tell(slot, { outcome: 'tabs', tabs: [...this.#tabs] });
  }

  trip(away: boolean): void {
    for (const slot of this.#deps.watchers()) this.#deps.tell(slot, { outcome: 'trip', away });
  }
}
