/** What is on the replay's stage: the page now, and while a new one is built, the old one in front of it. */

import type { SafeEvent } from '../engagement/player/event-grammar.js';
import type { FromReplay, ToReplay } from '../engagement/player/replay-messages.js';
import { AssetSwapper } from './asset-swapper.js';
import { DrivenReplayer } from './driven-replayer.js';
import { MessageTurns } from './message-turns.js';
import { PointFinder } from './point-finder.js';
import { showState } from './shown-states.js';

type ScrollOffset = { readonly left: number; readonly top: number };

export class ReplayStage {
  readonly #parent: HTMLElement;
  readonly #port: MessagePort;
  readonly #assets = new AssetSwapper();
  readonly #turns = new MessageTurns<ToReplay>((message) => this.#guard(message));
  #replayer: DrivenReplayer | undefined;
  /** A page of which something is still to come; the one before is shown meanwhile. */
  #growing: { readonly replayer: DrivenReplayer; readonly offset: ScrollOffset } | undefined;
  #finder: PointFinder | undefined;

  constructor(parent: HTMLElement, port: MessagePort) {
    this.#parent = parent;
    this.#port = port;
    port.onmessage = (event: MessageEvent<ToReplay>) =>
      this.#turns.came(event, { mayWait: this.#growing !== undefined });
    this.#say({ kind: 'ready' });
  }

  close(): void {
    this.#port.close();
    this.#turns.close();
    this.#dropGrowing();
    this.#replayer?.close();
    this.#assets.close();
  }

  /** A page that cannot be played is told to the console once, which asks for it anew. */
  #guard(message: ToReplay): void {
    try {
      this.#take(message);
    } catch {
      this.#dropGrowing();
      this.#say({ kind: 'broken' });
    }
  }

  #take(message: ToReplay): void {
    switch (message.kind) {
      case 'snapshot':
        this.#rebuild(message);
        break;
      case 'branches':
        this.#grow(message);
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

  #rebuild({ events, isPart = false }: Extract<ToReplay, { kind: 'snapshot' }>): void {
    this.#dropGrowing();
    const replayer = new DrivenReplayer(this.#parent);
    this.#growing = { replayer, offset: offsetOf(events) };
    this.#assets.forgetPlaces();
    this.#play(replayer, events);
    if (!isPart) this.#present();
  }

  #grow({ branches, isLast }: Extract<ToReplay, { kind: 'branches' }>): void {
    // Without it something before has failed, and the console knows.
    if (this.#growing === undefined) return;
    const { replayer, offset } = this.#growing;
    replayer.grow(this.#assets.swapInBranches(branches));
    this.#showStates(replayer);
    if (!isLast) return;
    replayer.scrollAnew(offset);
    this.#present();
  }

  #present(): void {
    const next = this.#growing?.replayer;
    const old = this.#replayer;
    if (next === undefined) return;
    this.#growing = undefined;
    this.#replayer = next;
    this.#finder = new PointFinder(next);
    next.show();
    old?.close();
    this.#tellSize();
  }

  #dropGrowing(): void {
    this.#growing?.replayer.close();
    this.#growing = undefined;
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
    this.#showStates(replayer);
  }

  #showStates(replayer: DrivenReplayer): void {
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

/** Where the page was scrolled to in a snapshot. */
function offsetOf(events: readonly SafeEvent[]): ScrollOffset {
  const { left, top } = (events.at(-1)?.data.initialOffset ?? {}) as Partial<ScrollOffset>;
  return { left: left ?? 0, top: top ?? 0 };
}
