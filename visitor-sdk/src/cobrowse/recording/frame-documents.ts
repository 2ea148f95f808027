/** Follows the documents in the page's frames: each is told of once it is there, and whenever another one comes. */

export interface FrameDocumentsDeps {
  isShown(frame: Node): boolean;
  /** A document is in the frame; undefined when it is of another origin. */
  onDocument(frame: HTMLIFrameElement, document: Document): void;
}

/** A frame whose document takes longer is shown as far as it has come. */
const LONGEST_LOAD_MS = 5_000;

export class FrameDocuments {
  readonly #deps: FrameDocumentsDeps;
  #timers = new Map<HTMLIFrameElement, number>();
  #signals = new WeakMap<HTMLIFrameElement, AbortSignal>();

  constructor(deps: FrameDocumentsDeps) {
    this.#deps = deps;
  }

  /** The frame has been told of, and what is in it is to be told soon. */
  note(frame: HTMLIFrameElement, signal: AbortSignal): void {
    if (this.#signals.get(frame) !== signal) {
      this.#signals.set(frame, signal);
      frame.addEventListener('load', () => this.#tell(frame), { signal });
    }
    const document = documentIn(frame);
    if (document === undefined) return;
    const { href } = document.location;
    const isEmpty = href === 'about:blank' && frame.src !== '' && frame.src !== href;
    // Another document is on its way, and its load is told.
    if (document.readyState === 'complete' && isEmpty) return;
    this.#later(frame, document.readyState === 'complete' ? 0 : LONGEST_LOAD_MS);
  }

  stop(): void {
    for (const timer of this.#timers.values()) window.clearTimeout(timer);
    this.#timers = new Map();
  }

  #later(frame: HTMLIFrameElement, afterMs: number): void {
    window.clearTimeout(this.#timers.get(frame));
    this.#timers.set(
      frame,
      window.setTimeout(() => this.#tell(frame), afterMs),
    );
  }

  #tell(frame: HTMLIFrameElement): void {
    window.clearTimeout(this.#timers.get(frame));
    this.#timers.delete(frame);
    const document = documentIn(frame);
    if (document !== undefined && this.#deps.isShown(frame)) this.#deps.onDocument(frame, document);
  }
}

function documentIn(frame: HTMLIFrameElement): Document | undefined {
  try {
    return frame.contentDocument ?? undefined;
  } catch {
    // It is of another origin.
    return undefined;
  }
}
