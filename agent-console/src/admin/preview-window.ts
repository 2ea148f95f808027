/**
 * The window in which a customer's own page shows itself to its officer: opened here, answered here, and checked as
 * if it came from a stranger. Nothing of it leaves this browser.
 */

import type { MaskingPolicy, PreviewAsk } from '@alongside/protocol';
import { PREVIEW_OPEN, PREVIEW_READY, PREVIEW_WINDOW, readPreviewShown } from '@alongside/protocol';
import { Store } from '../app/store.js';
import { AssetShelf } from '../engagement/player/asset-shelf.js';
import { checkEvents, checkSnapshot } from '../engagement/player/event-grammar.js';
import type { ReplayPort } from '../engagement/player/replay-port.js';

/** `silent`: the page has not answered. `faulty`: it sent what may not be played. `gone`: the window was closed. */
export type PreviewState = 'waiting' | 'shown' | 'silent' | 'faulty' | 'gone';

export interface PreviewWindowDeps {
  readonly replay: ReplayPort;
  readonly origins: readonly string[];
  readonly masking: MaskingPolicy;
}

const SILENT_MS = 8_000;
const LOOK_MS = 1_000;
/** A page that sends the same fault each time is asked for again no more often than this. */
const AGAIN_MS = 1_000;

export class PreviewWindow {
  readonly state = new Store<PreviewState>('waiting');
  readonly #deps: PreviewWindowDeps;
  readonly #shelf: AssetShelf;
  readonly #styles = new Set<number>();
  readonly #window: Window;
  readonly #stopListening = new AbortController();
  readonly #watch: ReturnType<typeof setInterval>;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #port: MessagePort | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(opened: Window, deps: PreviewWindowDeps) {
    this.#window = opened;
    this.#deps = deps;
    this.#shelf = new AssetShelf({
      want: (hashes) => this.#ask({ ask: 'assets', hashes: [...hashes] }),
      deliver: (asset) => deps.replay.post({ kind: 'asset', ...asset }, [asset.bytes.buffer]),
    });
    const { signal } = this.#stopListening;
    globalThis.addEventListener('message', (event) => this.#greet(event), { signal });
    this.#wait();
    this.#watch = setInterval(() => {
      if (this.#window.closed) this.#end('gone');
    }, LOOK_MS);
  }

  /** Undefined when the browser opens no window. Has to be called while a press is being handled. */
  static open(url: string, deps: PreviewWindowDeps): PreviewWindow | undefined {
    const opened = globalThis.open(url, PREVIEW_WINDOW, 'popup,width=1280,height=800');
    return opened === null ? undefined : new PreviewWindow(opened, deps);
  }

  close(): void {
    this.#end('gone');
    this.#window.close();
  }

  /** Each page of the window says anew that it is there; the one before has gone with its port. */
  #greet(event: MessageEvent<unknown>): void {
    if (event.source !== this.#window || event.data !== PREVIEW_READY) return;
    if (!this.#deps.origins.includes(event.origin)) return;
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#take(data);
    // Browsers that tell of it: the page has gone, and what is shown of it is no longer there.
    port1.addEventListener('close', () => {
      if (this.#port === port1) this.#wait();
    });
    this.#window.postMessage({ [PREVIEW_OPEN]: this.#deps.masking }, event.origin, [port2]);
  }

  #wait(): void {
    clearTimeout(this.#silence);
    this.state.set('waiting');
    this.#silence = setTimeout(() => {
      if (this.state.value === 'waiting') this.state.set('silent');
    }, SILENT_MS);
  }

  #take(data: unknown): void {
    const shown = readPreviewShown(data);
    if (shown === undefined) {
      this.#faulty();
      return;
    }
    if (shown.kind === 'asset') {
      const { hash, contentType, bytes } = shown;
      this.#shelf.received({
        hash,
        contentType,
        bytes: bytes === undefined ? undefined : new Uint8Array(bytes),
      });
      return;
    }
    const { kind, events } = shown;
    const checked =
      kind === 'snapshot' ? checkSnapshot(events, this.#styles) : checkEvents(events, this.#styles);
    if (!checked.ok) {
      this.#faulty();
      return;
    }
    this.#shelf.need(checked);
    this.#deps.replay.post({ kind, events: checked.events });
    if (kind === 'snapshot') this.state.set('shown');
  }

  /** What passed the check could not be played either. */
  broken(): void {
    if (this.#port !== undefined) this.#faulty();
  }

  #faulty(): void {
    this.state.set('faulty');
    this.#again ??= setTimeout(() => {
      this.#again = undefined;
      this.#ask({ ask: 'again' });
    }, AGAIN_MS);
  }

  #ask(ask: PreviewAsk): void {
    this.#port?.postMessage(ask);
  }

  #end(state: 'gone'): void {
    clearTimeout(this.#silence);
    clearInterval(this.#watch);
    clearTimeout(this.#again);
    this.#stopListening.abort();
    this.#shelf.close();
    this.#port?.close();
    this.#port = undefined;
    this.state.set(state);
  }
}
