/**
 * Keeps the panel within reach whatever the page does: in the browser's top layer, inside a modal dialog of the
 * page while one is open (everything outside of it is inert then), and back in the page if a script removes it.
 */

import { guarded } from '../embedding/page-guard.js';

const CHECK_MS = 500;

export class HostKeeper {
  readonly #host: HTMLElement;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #check = (): void => guarded(() => this.#keep());

  constructor(host: HTMLElement) {
    this.#host = host;
    // `toggle` of a dialog does not bubble, but passes here on its way; older browsers are looked at by time.
    addEventListener('toggle', this.#check, true);
    this.#timer = setInterval(this.#check, CHECK_MS);
    host.setAttribute('popover', 'manual');
    this.#check();
  }

  close(): void {
    clearInterval(this.#timer);
    removeEventListener('toggle', this.#check, true);
  }

  #keep(): void {
    const home = topmostModal() ?? document.documentElement;
    if (this.#host.parentNode !== home) home.append(this.#host);
    // The last one shown lies on top: a popover or dialog of the page that came later is below again.
    if (typeof this.#host.showPopover === 'function' && !this.#host.matches(':popover-open')) {
      this.#host.showPopover();
    }
  }
}

/** The page's modal dialog that lies on top: the last one in the document is the best that can be known. */
function topmostModal(): Element | undefined {
  const modals = [...document.querySelectorAll('dialog[open]')].filter((dialog) => dialog.matches(':modal'));
  return modals.at(-1);
}
