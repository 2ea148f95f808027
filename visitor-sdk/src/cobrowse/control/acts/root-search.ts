/** Finds every document and open shadow root of a page, those that come while it looks as well. */

import type { PristineDom } from '../../masking/pristine-dom.js';
import type { Realm } from './realm.js';

type Root = Document | ShadowRoot;

export interface RootSearchDeps {
  readonly dom: Pick<PristineDom, 'shadowRoot' | 'observer'>;
  readonly signal: AbortSignal;
  onRoot(root: Root): void;
}

export class RootSearch {
  readonly #deps: RootSearchDeps;
  readonly #seen = new WeakSet<Root>();
  readonly #observer: MutationObserver;

  constructor(deps: RootSearchDeps) {
    this.#deps = deps;
    this.#observer = new deps.dom.observer((records) => {
      for (const { addedNodes } of records) {
        for (const node of addedNodes) if (node.nodeType === 1) this.#searchIn(node as Element);
      }
    });
    deps.signal.addEventListener('abort', () => this.#observer.disconnect());
  }

  follow(root: Root): void {
    if (this.#seen.has(root)) return;
    this.#seen.add(root);
    this.#deps.onRoot(root);
    this.#observer.observe(root, { childList: true, subtree: true });
    // Each document that comes into a frame has listeners of its own, and mostly classes of its own.
    const { signal } = this.#deps;
    root.addEventListener('load', ({ target }) => this.#enter(target as Element), { capture: true, signal });
    this.#searchIn(root);
  }

  #searchIn(part: Root | Element): void {
    if ('tagName' in part) this.#enter(part);
    for (const element of part.querySelectorAll('*')) this.#enter(element);
  }

  #enter(element: Element): void {
    const root = this.#deps.dom.shadowRoot(element) ?? documentIn(element);
    if (root !== null) this.follow(root);
  }
}

/** Only of frames of the same origin; one that is not in a page has no window, and nothing is sent from it. */
function documentIn(element: Element): Document | null {
  if (element.localName !== 'iframe') return null;
  const document = (element as HTMLIFrameElement).contentDocument;
  return document !== null && (document.defaultView as Realm | null) !== null ? document : null;
}
