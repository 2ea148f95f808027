/** rrweb as the recorder uses it: it notices what changes, with its own masks as the first layer over it. */

import { record } from '@rrweb/record';
import { MASKED_VALUE, maskToken } from './masking/mask-token.js';
import type { PristineDom } from './masking/pristine-dom.js';
import type { PrivacyRules, Verdict } from './masking/privacy-rules.js';
import { isValueShown } from './masking/privacy-rules.js';

export interface PageReaderDeps {
  readonly rules: PrivacyRules;
  readonly dom: PristineDom;
  onEvent(event: PageEvent): void;
  /** rrweb could not follow a change of the page. */
  onFailed(): void;
}

export interface PageEvent {
  readonly type: number;
  readonly data?: unknown;
  readonly timestamp?: number;
}

/** The page as it is read in parts; nothing of it may change until all is read. */
export interface PageReading {
  /** Reads on while it may; true once all is read. */
  readOn(mayGoOn: () => boolean): boolean;
  /** The page's address and size, as they are now. */
  meta(): unknown;
  whole(): { readonly node: unknown; readonly initialOffset: unknown };
  /** Tells of the sheets that the document adopts, which are no part of a snapshot. */
  adopt(): void;
}

/** What the build adds to rrweb (`read-in-parts.mjs`); without it a page is read at once. */
const { readInParts } = record as typeof record & { readonly readInParts?: () => PageReading };

/** Half a frame, so that none of a browser's positions is left out; rrweb would gather half a second. */
const POINTER_MS = 8;
const SCROLL_MS = 33;
/** A smaller page is read in a moment. */
const FEWEST_ELEMENTS = 500;
/** rrweb lets go of what it holds before any event that is none of a change: this one says nothing else. */
const LET_GO = 'alongside';
const CUSTOM_EVENT = 5;

export class PageReader {
  readonly #deps: PageReaderDeps;
  #stop: (() => void) | undefined;
  #forgetting = false;

  constructor(deps: PageReaderDeps) {
    this.#deps = deps;
  }

  get isReading(): boolean {
    return this.#stop !== undefined;
  }

  /** Begins with a snapshot, or with the page to be read in parts as one. */
  start(): PageReading | undefined {
    let reading: PageReading | undefined;
    const onReading = (begun: PageReading) => {
      reading = begun;
    };
    this.#stop = record({
      ...(this.#mayBeReadInParts() && { onReading }),
      emit: (event) => {
        if (event.type !== CUSTOM_EVENT) this.#deps.onEvent(event);
      },
      // rrweb's own masks are the first layer; what they miss the masker drops.
      blockSelector: this.#deps.rules.blockSelector,
      maskAllInputs: true,
      maskInputFn: (value, element) => (this.#isValueShown(element) ? value : MASKED_VALUE),
      maskTextSelector: '*',
      maskTextFn: (text, element) => (text.trim() === '' || this.#isTextShown(element) ? text : maskToken(0)),
      slimDOMOptions: 'all',
      inlineStylesheet: true,
      recordCanvas: false,
      recordCrossOriginIframes: false,
      collectFonts: false,
      inlineImages: false,
      keepIframeSrcFn: () => false,
      recordAfter: 'DOMContentLoaded',
      sampling: { mousemove: POINTER_MS, mousemoveCallback: POINTER_MS, scroll: SCROLL_MS, media: 500 },
      errorHandler: () => {
        this.#deps.onFailed();
        return true;
      },
    });
    return reading;
  }

  /** Begins to read the page in parts; undefined where it can only be read at once. */
  inParts(): PageReading | undefined {
    return this.isReading && this.#mayBeReadInParts() ? readInParts?.() : undefined;
  }

  /** The whole page, of this very moment. */
  snapshot(): void {
    // rrweb would stamp the snapshot first and let go of what is held then, so that it seemed to come after it.
    this.letGo();
    record.takeFullSnapshot(true);
  }

  /** From now on changes are gathered and not read, until an event that is none of a change, or `letGo`. */
  hold(): void {
    if (this.isReading) record.freezePage();
  }

  letGo(): void {
    if (this.isReading) record.addCustomEvent(LET_GO, 0);
  }

  stop(): void {
    const stop = this.#stop;
    this.#stop = undefined;
    stop?.();
  }

  /**
   * What is in shadow roots is not listened to from the beginning of a snapshot on until they are read, and what is in
   * frames is told by itself, soon after they are read: neither may be left to a later task.
   */
  #mayBeReadInParts(): boolean {
    const { dom } = this.#deps;
    // rrweb begins once the document is there.
    if (document.readyState === 'loading') return false;
    const elements = document.querySelectorAll('*');
    if (elements.length < FEWEST_ELEMENTS) return false;
    for (const element of elements) {
      if (dom.shadowRoot(element) !== null) return false;
      if ('contentDocument' in element && element.contentDocument !== null) return false;
    }
    return true;
  }

  #isValueShown(element: Element): boolean {
    return isValueShown(this.#verdictOf(element));
  }

  #isTextShown(element: Element | null): boolean {
    if (element === null) return false;
    // The text of a style sheet is not text of the page: the masker knows how to read it.
    if (this.#deps.dom.localName(element) === 'style') return true;
    return this.#deps.rules.isTextShown(this.#verdictOf(element));
  }

  /** A verdict for rrweb holds until this task's end at the latest. */
  #verdictOf(element: Element): Verdict {
    const verdict = this.#deps.rules.verdictOf(element);
    this.#forgetSoon();
    return verdict;
  }

  #forgetSoon(): void {
    if (this.#forgetting) return;
    this.#forgetting = true;
    queueMicrotask(() => {
      this.#forgetting = false;
      this.#deps.rules.forget();
    });
  }
}

/** rrweb's numbers of the page's nodes, which outlive a recording. */
export const pageNumbers = {
  getNode: (id: number): Node | null => record.mirror.getNode(id),
  getId: (node: Node): number => record.mirror.getId(node),
};

export function nodeOf(id: number): Node | undefined {
  return record.mirror.getNode(id) ?? undefined;
}

/** Undefined for a node that is not part of what is recorded. */
export function numberOf(node: Node): number | undefined {
  const id = record.mirror.getId(node);
  return id > 0 ? id : undefined;
}
