/** One frame of another origin that shows itself as part of this page, as long as it has the page that it has now. */

import { assetLimits } from '../assets/asset-store.js';
import type { PageAsset } from '../assets/page-assets.js';
import type { MaskedEvent } from '../masking/masked-event.js';
import { asRecord } from '../masking/raw-record.js';
import type { FramePlace } from './frame-events.js';
import { FrameEvents, FrameFault } from './frame-events.js';
import type { FromFrame, SaidOfActs, ToFrame } from './join-words.js';
import type { FrameDoor } from './joined.js';

export interface JoinedFrameDeps {
  readonly element: HTMLIFrameElement;
  readonly port: MessagePort;
  readonly place: FramePlace;
  /** The frame's content is shown from now on, or covered again. */
  onShown(): void;
  onEvents(events: readonly MaskedEvent[]): void;
  onAsset(asset: PageAsset): void;
  /** The visitor takes back in it what they have lent. */
  onDoubt(): void;
  /** It has gone, or says what it cannot mean. */
  onLeft(): void;
}

export class JoinedFrame implements FrameDoor {
  readonly #deps: JoinedFrameDeps;
  readonly #events: FrameEvents;
  #isShown = false;
  #hasLeft = false;
  #hear: ((said: SaidOfActs | undefined) => void) | undefined;

  constructor(deps: JoinedFrameDeps) {
    this.#deps = deps;
    this.#events = new FrameEvents(deps.place);
    deps.port.onmessage = (event: MessageEvent<unknown>) => this.#take(event.data);
  }

  /** Whether agents see what is in it. */
  get isShown(): boolean {
    return this.#isShown;
  }

  get element(): HTMLIFrameElement {
    return this.#deps.element;
  }

  ownNumber(id: number): number | undefined {
    return this.#isShown ? this.#deps.place.nodes.ownOf(id) : undefined;
  }

  pageNumber(own: number): number {
    return this.#deps.place.nodes.of(own);
  }

  send(ask: ToFrame): void {
    if (!this.#hasLeft) this.#deps.port.postMessage(ask);
  }

  listen(hear: (said: SaidOfActs | undefined) => void): void {
    this.#hear = hear;
  }

  /** The page is about to be shown as a whole, without what is in the frame: that has to come again. */
  again(): void {
    this.#isShown = false;
    this.send({ ask: 'again' });
  }

  want(hashes: readonly string[]): void {
    this.send({ ask: 'assets', hashes });
  }

  /** Covers it, and takes everything out of it. */
  leave(): void {
    if (this.#hasLeft) return;
    this.send({ ask: 'stop' });
    this.#hasLeft = true;
    this.#deps.port.close();
    this.#hear?.(undefined);
    const wasShown = this.#isShown;
    this.#isShown = false;
    if (!wasShown) return;
    this.#deps.onEvents(this.#events.emptied());
    this.#deps.onShown();
  }

  #take(data: unknown): void {
    if (this.#hasLeft) return;
    try {
      this.#read(asRecord(data) as FromFrame | undefined);
    } catch (error) {
      // Only its own page can have said it: agents see a covered frame, and everything else goes on.
      if (error instanceof FrameFault) this.#goOut();
      else throw error;
    }
  }

  /** What comes over the port is read by its shape: the frame's page may say anything. */
  #read(said: FromFrame | undefined): void {
    switch (said?.kind) {
      case 'snapshot':
        this.#show(list(said.events));
        return;
      case 'events':
        // Between a whole page and the frame's own whole there is nothing that a change could belong to.
        if (this.#isShown) this.#deps.onEvents(this.#events.changes(list(said.events)));
        return;
      case 'asset':
        this.#deps.onAsset(assetOf(said));
        return;
      case 'answer':
      case 'confirm':
        this.#hear?.(said);
        return;
      case 'doubt':
        this.#deps.onDoubt();
        return;
      case 'left':
        this.#goOut();
    }
  }

  #show(events: readonly unknown[]): void {
    const shown = this.#events.snapshot(events);
    if (!this.#isShown) {
      this.#isShown = true;
      this.#deps.onShown();
    }
    this.#deps.onEvents(shown);
  }

  #goOut(): void {
    this.leave();
    this.#deps.onLeft();
  }
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new FrameFault('no list');
  return value;
}

function assetOf({ hash, contentType, bytes }: Extract<FromFrame, { kind: 'asset' }>): PageAsset {
  const isAsset = typeof hash === 'string' && /^[\w-]{43}$/.test(hash) && typeof contentType === 'string';
  if (!isAsset || contentType.length > 100) throw new FrameFault('no asset');
  const isWhole = bytes instanceof Uint8Array && bytes.byteLength <= assetLimits.bytesEach;
  return { hash, contentType, bytes: isWhole ? bytes : undefined };
}
