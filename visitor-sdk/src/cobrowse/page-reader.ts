/** The page as the recorder reads it: as a whole, at once or in parts, and then what changes in it. */

import type { PristineDom } from './masking/pristine-dom.js';
import type { PrivacyRules } from './masking/privacy-rules.js';
import { attempt } from './recording/attempt.js';
import { PageNodes } from './recording/page-nodes.js';
import { PageRecording } from './recording/page-recording.js';

export interface PageReaderDeps {
  readonly rules: PrivacyRules;
  readonly dom: PristineDom;
  onEvent(event: PageEvent): void;
  /** The page's tree has just changed. */
  onChanging(): void;
  /** A change of the page could not be followed. */
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

/** A smaller page is read in a moment. */
const FEWEST_ELEMENTS = 500;
/** Numbers of the page's nodes outlive a recording. */
const nodes = new PageNodes();

export class PageReader {
  readonly #deps: PageReaderDeps;
  #recording: PageRecording | undefined;
  #isBegun = false;
  #starting = new AbortController();
  #isForgetting = false;

  constructor(deps: PageReaderDeps) {
    this.#deps = deps;
  }

  get isReading(): boolean {
    return this.#recording !== undefined;
  }

  /** Begins with a snapshot, or with the page to be read in parts as one. */
  start(): PageReading | undefined {
    const { rules, dom, onEvent, onChanging, onFailed } = this.#deps;
    this.#recording = new PageRecording({
      window,
      dom,
      nodes,
      blockSelector: () => rules.blockSelector,
      isHidden: (node) => this.#isHidden(node),
      onUncovered: (field) => rules.keepSecret(field),
      onChanging: () => onChanging(),
      onEvent: (type, data, atMs = Date.now()) => onEvent({ type, data, timestamp: atMs }),
      onFailed: () => onFailed(),
    });
    if (document.readyState !== 'loading') {
      this.#begin();
      const reading = this.inParts();
      if (reading === undefined) this.snapshot();
      return reading;
    }
    this.#starting = new AbortController();
    const { signal } = this.#starting;
    const ready = () => {
      this.#begin();
      this.snapshot();
    };
    document.addEventListener('DOMContentLoaded', ready, { once: true, signal });
    return undefined;
  }

  /** Begins to read the page in parts; undefined where it can only be read at once. */
  inParts(): PageReading | undefined {
    const recording = this.#recording;
    if (recording === undefined || !this.#isBegun) return undefined;
    if (!attempt(() => this.#mayBeReadInParts(), false)) return undefined;
    const reading = recording.read();
    return {
      readOn: (mayGoOn) => reading.readOn(mayGoOn),
      meta: () => recording.meta(),
      whole: () => ({ node: reading.root, initialOffset: recording.offset() }),
      adopt: () => recording.adoptAgain(),
    };
  }

  /** The whole page, of this very moment. */
  snapshot(): void {
    if (this.#isBegun) this.#recording?.snapshot();
  }

  /** From now on changes are gathered and not read, until an event that is none of a change, or `letGo`. */
  hold(): void {
    this.#recording?.hold();
  }

  letGo(): void {
    if (this.#isBegun) this.#recording?.settle();
  }

  stop(): void {
    this.#starting.abort();
    this.#isBegun = false;
    this.#recording?.stop();
    this.#recording = undefined;
  }

  #begin(): void {
    this.#recording?.start();
    this.#isBegun = true;
  }

  /** What is in frames is told by itself, soon after they are read: it may not be left to a later task. */
  #mayBeReadInParts(): boolean {
    const { dom } = this.#deps;
    const elements = document.querySelectorAll('*');
    if (elements.length < FEWEST_ELEMENTS) return false;
    for (const element of elements) {
      if (dom.shadowRoot(element) !== null) return false;
      if ('contentDocument' in element && element.contentDocument !== null) return false;
    }
    return true;
  }

  /** A verdict holds until this task's end at the latest. */
  #isHidden(node: Node): boolean {
    const { exposure } = this.#deps.rules.verdictOf(node);
    this.#forgetSoon();
    return exposure === 'blocked' || exposure === 'excluded';
  }

  #forgetSoon(): void {
    if (this.#isForgetting) return;
    this.#isForgetting = true;
    queueMicrotask(() => {
      this.#isForgetting = false;
      this.#deps.rules.forget();
    });
  }
}

/** What masking asks of the numbers. */
export const pageNumbers = {
  getNode: (id: number): Node | null => nodes.nodeOf(id) ?? null,
  getId: (node: Node): number => nodes.numberOf(node) ?? -1,
};

export function nodeOf(id: number): Node | undefined {
  return nodes.nodeOf(id);
}

/** Undefined for a node that is not part of what is recorded. */
export function numberOf(node: Node): number | undefined {
  return nodes.numberOf(node);
}
