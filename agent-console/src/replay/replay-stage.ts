/** What is on the replay's stage: the page now, and while a new one is built, the old one in front of it. */

import type { SafeEvent } from '../engagement/player/event-grammar.js';
import type { FromReplay, ToReplay } from '../engagement/player/replay-messages.js';
import { AssetSwapper } from './asset-swapper.js';
import { DrivenReplayer } from './driven-replayer.js';
import { PointFinder } from './point-finder.js';
import { showState } from './shown-states.js';

export class ReplayStage {
  readonly #parent: HTMLElement;
  readonly #port: MessagePort;
  readonly #assets = new AssetSwapper();
  #replayer: DrivenReplayer | undefined;
  #finder: PointFinder | undefined;

  constructor(parent: HTMLElement, port: MessagePort) {
    this.#parent = parent;
    this.#port = port;
    port.onmessage = (event: MessageEvent<ToReplay>) => this.#guard(event.data);
    this.#say({ kind: 'ready' });
  }

  close(): void {
    this.#port.close();
    this.#replayer?.close();
    this.#assets.close();
  }

  /** A page that cannot be played is told to the console once, which asks for it anew. */
  #guard(message: ToReplay): void {
    try {
      this.#take(message);
    } catch {
      this.#say({ kind: 'broken' });
    }
  }

  #take(message: ToReplay): void {
    switch (message.kind) {
      case 'snapshot':
        this.#rebuild(message);
        break;
      case 'events':
        this.#apply(message);
        break;
      case 'asset':
        this.#assets.add(message, this.#replayer);
        break;
      case 'locate':
        this.#say({ kind: 'located', ask: message.ask, found: this.#finder?.locate(message) });
        break;
      case 'scroll':
        this.#say({ kind: 'scrolled', ask: message.ask, to: this.#finder?.scroll(message) });
        break;
      case 'boxes':
        this.#say({ kind: 'boxed', ask: message.ask, boxes: this.#finder?.boxes(message.ids) ?? [] });
        break;
      case 'list':
        this.#say({ kind: 'listed', ask: message.ask, items: this.#finder?.list() ?? [] });
        break;
    }
  }

  #rebuild({ events }: Extract<ToReplay, { kind: 'snapshot' }>): void {
    const old = this.#replayer;
    const next = new DrivenReplayer(this.#parent);
    this.#replayer = next;
    this.#finder = new PointFinder(next);
    this.#assets.forgetPlaces();
    this.#play(next, events);
    next.show();
    old?.close();
    this.#tellSize();
  }

  #apply({ events }: Extract<ToReplay, { kind: 'events' }>): void {
    const replayer = this.#replayer;
    if (replayer === undefined) return;
    this.#play(replayer, events);
    this.#tellSize();
  }

  #play(replayer: DrivenReplayer, events: readonly SafeEvent[]): void {
    const isSheetText = (id: number) => replayer.nodeOf(id)?.parentNode?.nodeName === 'STYLE';
    replayer.apply(this.#assets.swapIn(events, isSheetText));
    this.#assets.drawPictures(replayer);
    for (const id of this.#assets.takeStated()) {
      const node = replayer.nodeOf(id);
      if (node?.nodeType === Node.ELEMENT_NODE) showState(node as Element);
    }
  }

  #size = '';
  #tellSize(): void {
    const width = Number(this.#replayer?.frame.getAttribute('width'));
    const height = Number(this.#replayer?.frame.getAttribute('height'));
    const size = `${width}x${height}`;
    if (size === this.#size || !(width > 0) || !(height > 0)) return;
    this.#size = size;
    this.#say({ kind: 'size', width, height });
  }

  #say(message: FromReplay): void {
    this.#port.postMessage(message);
  }
}
