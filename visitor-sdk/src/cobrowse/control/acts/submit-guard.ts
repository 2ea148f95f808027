/**
 * Holds every form that is sent while an agent acts on the page, or within a moment of it, until the visitor has
 * pressed for it: whoever sends it, be it a button, a key or a script of the page.
 */

import type { PristineDom } from '../../masking/pristine-dom.js';
import { beforeCalls } from '../../recording/patched-method.js';
import type { Realm } from './realm.js';
import { RootSearch } from './root-search.js';

export interface SubmitGuardDeps {
  readonly window: Realm;
  readonly dom: Pick<PristineDom, 'shadowRoot' | 'observer'>;
  /** Asks the visitor; the label is what the form's button says. */
  ask(form: HTMLFormElement, submitter: HTMLElement | undefined): Promise<boolean>;
  /** For how long after an act forms are still held. */
  readonly holdMs: number;
}

/** What the visitor presses themselves is theirs to send. */
const OWN_PRESSES = ['pointerdown', 'keydown'] as const;

export class SubmitGuard {
  readonly #deps: SubmitGuardDeps;
  #acts = 0;
  /** The visitor has said yes to this act's own sending. */
  #allowed = false;
  #release: (() => void) | undefined;
  #timer: number | undefined;
  readonly #asking = new WeakSet<HTMLFormElement>();
  readonly #agreed = new WeakSet<HTMLFormElement>();

  constructor(deps: SubmitGuardDeps) {
    this.#deps = deps;
  }

  /** Does an act under guard; `confirmed` lets the forms of the act itself go, since the visitor has agreed. */
  async during<T>(act: () => T | Promise<T>, { confirmed }: { readonly confirmed: boolean }): Promise<T> {
    this.#begin();
    this.#allowed = confirmed;
    try {
      return await act();
    } finally {
      this.#allowed = false;
      this.#endLater();
    }
  }

  stop(): void {
    this.#deps.window.clearTimeout(this.#timer);
    this.#release?.();
    this.#release = undefined;
  }

  #begin(): void {
    this.#acts += 1;
    this.#deps.window.clearTimeout(this.#timer);
    if (this.#release !== undefined) return;
    const ends = new AbortController();
    const held: (() => void)[] = [];
    const { dom, window } = this.#deps;
    const search = new RootSearch({
      ...{ dom, signal: ends.signal },
      onRoot: (root) => {
        root.addEventListener('submit', (event) => this.#submitted(event), {
          capture: true,
          signal: ends.signal,
        });
        const realm = 'defaultView' in root ? (root.defaultView as Realm | null) : null;
        if (realm !== null) held.push(...this.#hold(realm, search, ends.signal));
      },
    });
    this.#release = () => {
      ends.abort();
      for (const release of held.reverse()) release();
    };
    search.follow(window.document);
  }

  #endLater(): void {
    this.#acts -= 1;
    if (this.#acts > 0) return;
    this.#timer = this.#deps.window.setTimeout(() => this.stop(), this.#deps.holdMs);
  }

  #hold(realm: Realm, search: RootSearch, signal: AbortSignal): readonly (() => void)[] {
    const options = { capture: true, signal };
    realm.addEventListener('submit', (event) => this.#submitted(event), options);
    for (const name of OWN_PRESSES) {
      realm.addEventListener(
        name,
        (event) => {
          // From here on it is the visitor who acts; the agent's next act holds again.
          if (event.isTrusted && this.#acts === 0) this.stop();
        },
        options,
      );
    }
    // A root that shows itself to nobody is found by what is called in it, before anything is sent from there.
    const found = (self: unknown) => {
      const root = self instanceof realm.Node ? self.getRootNode() : undefined;
      if (root instanceof realm.ShadowRoot) search.follow(root);
    };
    const places = [
      [realm.HTMLFormElement.prototype, 'requestSubmit'],
      [realm.HTMLElement.prototype, 'click'],
      [realm.EventTarget.prototype, 'dispatchEvent'],
    ] as const;
    return [
      this.#holdCalls(realm),
      ...places.map(([owner, name]) => beforeCalls(owner, { name, of: 'value' }, found)),
    ];
  }

  #submitted(event: Event): void {
    const form = event.target as HTMLFormElement;
    if (this.#allowed || this.#agreed.has(form) || onlyCloses(form, event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event as SubmitEvent;
    const isElement = submitter !== null && submitter !== undefined;
    void this.#ask(form, isElement ? submitter : undefined, () => form.requestSubmit(submitter ?? undefined));
  }

  /** `form.submit()` tells nobody, so it is held where it is called; only while it has to be. */
  #holdCalls(realm: Realm): () => void {
    const { prototype } = realm.HTMLFormElement;
    const own = Object.getOwnPropertyDescriptor(prototype, 'submit');
    const submit: unknown = own?.value;
    if (own === undefined || typeof submit !== 'function' || own.configurable === false)
      return () => undefined;
    const guard = this;
    const held = {
      submit(this: HTMLFormElement): void {
        const send = () => void Reflect.apply(submit, this, []);
        if (guard.#allowed || guard.#agreed.has(this)) send();
        else void guard.#ask(this, undefined, send);
      },
    }.submit;
    Object.defineProperty(prototype, 'submit', { ...own, value: held });
    return () => {
      // What the page has put there meanwhile is the page's.
      if (prototype.submit === held) Object.defineProperty(prototype, 'submit', own);
    };
  }

  async #ask(form: HTMLFormElement, submitter: HTMLElement | undefined, send: () => void): Promise<void> {
    if (this.#asking.has(form)) return;
    this.#asking.add(form);
    try {
      if (!(await this.#deps.ask(form, submitter)) || !form.isConnected) return;
      this.#agreed.add(form);
      send();
    } finally {
      this.#agreed.delete(form);
      this.#asking.delete(form);
    }
  }
}

/** A form that only closes its dialog sends nothing. */
function onlyCloses(form: HTMLFormElement, event: Event): boolean {
  const by = (event as SubmitEvent).submitter?.getAttribute('formmethod') ?? form.getAttribute('method');
  return by?.trim().toLowerCase() === 'dialog';
}
