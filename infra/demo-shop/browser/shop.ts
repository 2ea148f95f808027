/** The script of every page: each part looks for its own elements and does nothing where there are none. */
import { keepCartLive } from './cart-forms.js';
import { startFinder } from './finder.js';
import { defineFrameFit } from './frame-fit.js';
import { openModals } from './modals.js';
import { keepQuoteLive } from './quote-range.js';

defineFrameFit();
openModals();
keepCartLive();
keepQuoteLive();
startFinder();

// A form that came back with problems says so where a screen reader and a keyboard begin.
document.querySelector<HTMLElement>('[data-focus-first]')?.focus();
