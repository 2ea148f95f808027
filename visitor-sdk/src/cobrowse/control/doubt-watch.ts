/**
 * Tells when the visitor may no longer be watching what is done with their page, is leaving it, or takes everything
 * back in a frame of it: then what was lent ends, without asking and without waiting for the server.
 */

import { focusedIn } from './acts/realm.js';

export interface DoubtWatchDeps {
  readonly window: Window & typeof globalThis;
  onDoubt(): void;
}

/** A page that was out of sight for this long has nobody who looks after it. */
export const HIDDEN_MS = 30_000;

/** As much of the browser's navigation as is asked; not every browser has it, and then the server's clock decides. */
interface NavigationLike {
  addEventListener(
    type: 'navigate',
    listener: (event: Event) => void,
    options: { signal: AbortSignal },
  ): void;
}

export class DoubtWatch {
  readonly #deps: DoubtWatchDeps;
  readonly #end = new AbortController();
  #hidden: number | undefined;
  readonly #entered = new WeakSet<Document>();

  constructor(deps: DoubtWatchDeps) {
    this.#deps = deps;
    const { window } = deps;
    const { signal } = this.#end;
    window.document.addEventListener('visibilitychange', () => this.#follow(), { signal });
    // A frozen page runs no timer; when it wakes it may be hours later.
    window.document.addEventListener('freeze', () => deps.onDoubt(), { signal });
    window.addEventListener(
      'pagehide',
      ({ persisted }) => {
        if (persisted) deps.onDoubt();
      },
      { signal },
    );
    const { navigation } = window as { navigation?: NavigationLike };
    navigation?.addEventListener('navigate', (event) => this.#leave(event), { signal });
    this.#followInto(window);
    this.#follow();
  }

  stop(): void {
    this.#end.abort();
    this.#deps.window.clearTimeout(this.#hidden);
  }

  #follow(): void {
    const { window } = this.#deps;
    window.clearTimeout(this.#hidden);
    if (window.document.visibilityState !== 'hidden') return;
    this.#hidden = window.setTimeout(() => this.#deps.onDoubt(), HIDDEN_MS);
  }

  /** The page hears no key while the visitor is in a frame of it: whichever they go into is listened to as well. */
  #followInto(window: Pick<Window, 'addEventListener' | 'document'>): void {
    const { signal } = this.#end;
    // Which frame it is shows only when the focus has arrived there.
    const enter = () => this.#deps.window.setTimeout(() => this.#enter(focusedIn(window.document)));
    window.addEventListener('blur', enter, { signal });
  }

  #enter(element: Element | undefined): void {
    const inner = element?.localName === 'iframe' ? (element as HTMLIFrameElement).contentDocument : null;
    const view = inner?.defaultView;
    if (inner === null || view === null || view === undefined || this.#entered.has(inner)) return;
    this.#entered.add(inner);
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && event.isTrusted) this.#deps.onDoubt();
    };
    view.addEventListener('keydown', key, { capture: true, signal: this.#end.signal });
    this.#followInto(view);
  }

  /** Told before the page is left; a download or a new window leaves this page where it is. */
  #leave(event: Event): void {
    const { destination, downloadRequest } = event as Event & {
      readonly destination?: { readonly url: string };
      readonly downloadRequest?: string | null;
    };
    if (destination === undefined || typeof downloadRequest === 'string') return;
    const { location } = this.#deps.window;
    if (originOf(destination.url) !== location.origin) this.#deps.onDoubt();
  }
}

function originOf(address: string): string | undefined {
  try {
    return new URL(address).origin;
  } catch {
    // What is no address leads to no site that is known, which is doubt enough.
    return undefined;
  }
}
