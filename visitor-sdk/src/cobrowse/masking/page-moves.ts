/** Notices when the page has moved, without a load, to an address for which the site has other rules. */

import type { PrivacyRules } from './privacy-rules.js';

interface Navigations {
  readonly navigation?: EventTarget;
}

export class PageMoves {
  readonly #window: Window;
  readonly #rules: PrivacyRules;
  #address: string;
  #standing: string;
  #removeListeners = new AbortController();

  constructor(window: Window, rules: PrivacyRules) {
    this.#window = window;
    this.#rules = rules;
    this.#address = window.location.href;
    this.#standing = rules.standing;
  }

  /** Whether other rules hold than when this was asked last. */
  haveChanged(): boolean {
    const { href } = this.#window.location;
    if (href === this.#address) return false;
    this.#address = href;
    const before = this.#standing;
    this.#standing = this.#rules.standing;
    return this.#standing !== before;
  }

  /** A route may change while nothing on the page does; browsers that do not tell are asked at the next change. */
  watch(onChange: () => void): void {
    this.unwatch();
    const { signal } = this.#removeListeners;
    const look = (): void => {
      if (this.haveChanged()) onChange();
    };
    const { navigation } = this.#window as Window & Navigations;
    navigation?.addEventListener('currententrychange', look, { signal });
    for (const event of ['popstate', 'hashchange']) this.#window.addEventListener(event, look, { signal });
  }

  unwatch(): void {
    this.#removeListeners.abort();
    this.#removeListeners = new AbortController();
  }
}
