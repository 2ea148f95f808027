/** The line on which this page shows itself: loaded with the first need, let in by a pass, opened again when lost. */

import { unattended } from '../../embedding/page-guard.js';
import type { Sharing } from '../../sharing/sharing-part.js';
import { backOffMs } from '../session/back-off.js';

export interface PageLineDeps {
  readonly load: () => Promise<Sharing>;
  /** A one-time admission; undefined when none can be had now. */
  readonly pass: () => Promise<{ readonly pass: string; readonly url: string } | undefined>;
  /** Whether this is the tab that shows itself, and there is a connection to ask for a pass. */
  readonly isWanted: () => boolean;
}

export class PageLine {
  readonly #deps: PageLineDeps;
  #sharing: Promise<Sharing> | undefined;
  #loaded: Sharing | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #attaching: Promise<void> | undefined;
  #attached = false;
  #resting = false;

  constructor(deps: PageLineDeps) {
    this.#deps = deps;
  }

  /** The same, once it is loaded. */
  get loaded(): Sharing | undefined {
    return this.#loaded;
  }

  /** What shows the page, once it has been needed and until it is dropped. */
  get sharing(): Promise<Sharing> | undefined {
    return this.#sharing;
  }

  open(): void {
    const isBusy = this.#attached || this.#attaching !== undefined || this.#resting;
    if (isBusy || !this.#deps.isWanted()) return;
    clearTimeout(this.#retry);
    const attaching = this.#attach().finally(() => {
      if (this.#attaching === attaching) this.#attaching = undefined;
    });
    this.#attaching = attaching;
    unattended(attaching);
  }

  /** The network was away: what there is may be dead without a word, and a new line costs little. */
  renew(): void {
    this.#attached = false;
    this.#failures = 0;
    this.open();
  }

  /** It is gone, and comes again by itself unless another tab has taken it. */
  lost(how: { readonly again: boolean }): void {
    this.#attached = false;
    if (how.again) this.#again();
  }

  /** A page that is put away keeps what it has shown, and no connection: that would cost it its place. */
  rest(): void {
    this.#resting = true;
    this.#attached = false;
    clearTimeout(this.#retry);
    // At once: after this turn the page stands still.
    this.#loaded?.detach();
  }

  wake(): void {
    this.#resting = false;
    this.#failures = 0;
    this.open();
  }

  drop(how: { readonly ended: boolean }): void {
    clearTimeout(this.#retry);
    const sharing = this.#sharing;
    this.#sharing = undefined;
    this.#loaded = undefined;
    this.#attached = false;
    // What is under way is of what was dropped: the next one does not wait for it.
    this.#attaching = undefined;
    if (sharing !== undefined) unattended(sharing.then((each) => each.stop(how)));
  }

  async #attach(): Promise<void> {
    this.#sharing ??= this.#deps.load();
    const started = this.#sharing;
    try {
      const sharing = await started.catch((error: unknown) => {
        // What did not load is loaded anew, not waited for a second time.
        if (this.#sharing === started) this.#loadAgain();
        throw error;
      });
      if (this.#sharing !== started) return;
      this.#loaded = sharing;
      const pass = await this.#deps.pass();
      if (this.#sharing !== started) return;
      if (pass === undefined) return this.#again();
      await sharing.attach(pass);
      if (this.#sharing !== started) return;
      // Put away while the socket was opening: it is closed with the page.
      if (this.#resting) return sharing.detach();
      this.#attached = true;
      this.#failures = 0;
    } catch {
      if (this.#sharing !== started) return;
      this.#again();
    }
  }

  #loadAgain(): void {
    this.#sharing = undefined;
    this.#again();
  }

  #again(): void {
    clearTimeout(this.#retry);
    if (this.#resting) return;
    this.#retry = setTimeout(
      () => {
        if (document.visibilityState === 'visible') this.open();
      },
      backOffMs(this.#failures++, Math.random),
    );
  }
}
