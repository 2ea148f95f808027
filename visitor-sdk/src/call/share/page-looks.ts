/**
 * Looks at the page again and again, each time in the moment before it is drawn: where what is private lies, under a
 * number that is drawn with it. In moments without a look no number is drawn.
 */

import type { LayoutState } from '@alongside/engagement';
import { layoutCode } from '@alongside/engagement';
import type { CodeStrip } from './code-strip.js';
import type { Covered } from './covered-elements.js';

export interface PageLooksDeps {
  readonly window: Window & typeof globalThis;
  readonly strip: CodeStrip;
  readonly secret: number;
  readonly find: () => Covered;
  readonly onLook: () => void;
}

/** Of a state: where its strips were drawn, too. */
export interface Look extends LayoutState {
  readonly strips: readonly DOMRect[];
}

/** After the last of it the page is taken to stand still. */
const SCROLL_REST_MS = 150;
/** Looking takes at most this part of the page's time. */
const SHARE = 3;
const LEAST_EVERY_MS = 30;
const KEPT_MS = 4000;

export class PageLooks {
  readonly #deps: PageLooksDeps;
  readonly #listeners = new AbortController();
  readonly #sizes: ResizeObserver;
  #looks: Look[] = [];
  #frame = 0;
  #number = 0;
  #lastMs = 0;
  #tookMs = 0;
  #scrolledMs = Number.NEGATIVE_INFINITY;
  #isDue = false;
  #isWide = false;

  constructor(deps: PageLooksDeps) {
    this.#deps = deps;
    const { window, strip } = deps;
    // Its callback comes after everything else of a moment has been laid out, and before that is drawn.
    this.#sizes = new window.ResizeObserver(() => this.#look());
    this.#sizes.observe(strip.pulse);
    const scrolled = (): void => {
      this.#scrolledMs = window.performance.now();
    };
    const options = { capture: true, passive: true, signal: this.#listeners.signal };
    for (const name of ['scroll', 'wheel', 'touchmove', 'resize']) {
      window.addEventListener(name, scrolled, options);
    }
    window.visualViewport?.addEventListener('scroll', scrolled, options);
    window.visualViewport?.addEventListener('resize', scrolled, options);
    this.#next();
  }

  get looks(): readonly Look[] {
    return this.#looks;
  }

  stop(): void {
    this.#listeners.abort();
    this.#sizes.disconnect();
    this.#deps.window.cancelAnimationFrame(this.#frame);
  }

  #next(): void {
    this.#frame = this.#deps.window.requestAnimationFrame(() => {
      this.#next();
      const { strip, secret, window } = this.#deps;
      const everyMs = Math.max(LEAST_EVERY_MS, this.#tookMs * SHARE);
      // Not in step with whoever takes the pictures, who might else never meet a moment with a number.
      this.#isDue = window.performance.now() - this.#lastMs >= everyMs * (0.75 + Math.random() / 2);
      strip.show(undefined, secret);
      this.#isWide = !this.#isWide;
      strip.pulse.style.width = this.#isWide ? '2px' : '1px';
    });
  }

  #look(): void {
    if (!this.#isDue) return;
    this.#isDue = false;
    const { window, strip, secret, find, onLook } = this.#deps;
    const atMs = window.performance.now();
    const found = find();
    this.#number = (this.#number + 1) % layoutCode.numbers;
    const strips = strip.boxes();
    this.#lastMs = window.performance.now();
    this.#tookMs = this.#lastMs - atMs;
    const isSure = found !== undefined && this.#standsStill(atMs);
    const { innerWidth: width, innerHeight: height } = window;
    const look = { number: this.#number, atMs, width, height, isSure, boxes: found ?? [], strips };
    this.#looks = [...this.#looks.filter((each) => atMs - each.atMs < KEPT_MS), look];
    strip.show(this.#number, secret);
    onLook();
  }

  #standsStill(nowMs: number): boolean {
    const { window } = this.#deps;
    const scale = window.visualViewport?.scale ?? 1;
    return (
      nowMs - this.#scrolledMs > SCROLL_REST_MS &&
      Math.abs(scale - 1) < 0.001 &&
      !isPassingOver(window.document.documentElement)
    );
  }
}

/** While one look of the page passes over into another, pictures of the former lie where no element is. */
function isPassingOver(root: Element): boolean {
  try {
    return root.matches(':active-view-transition');
  } catch {
    return false;
  }
}
