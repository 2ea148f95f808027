/** The console's end of the port to the replay: asks and awaits answers, and posts what is to be shown. */

import type { SafeEvent } from './event-grammar.js';
import type { ElementBox, FromReplay, Located, ScrollPlace, ToReplay } from './replay-messages.js';
import { CONNECT, READY, readFromReplay } from './replay-messages.js';
import { partsOf } from './snapshot-parts.js';

export interface ReplayPortHooks {
  onReady(): void;
  onSize(size: { readonly width: number; readonly height: number }): void;
  onBroken(): void;
}

const ANSWER_MS = 1_000;

export class ReplayPort {
  readonly #hooks: ReplayPortHooks;
  readonly #waiting = new Map<number, (answer: FromReplay | undefined) => void>();
  #port: MessagePort | undefined;
  #asks = 0;

  constructor(hooks: ReplayPortHooks) {
    this.#hooks = hooks;
  }

  /** Waits for the frame to say that it listens, then hands it a port; a frame that reloads gets a new one. */
  attach(frame: HTMLIFrameElement, replayOrigin: string): () => void {
    const listen = (event: MessageEvent<unknown>): void => {
      const isOurs = event.origin === replayOrigin && event.source === frame.contentWindow;
      if (!isOurs || event.data !== READY) return;
      const { port1, port2 } = new MessageChannel();
      this.#port?.close();
      this.#port = port1;
      port1.onmessage = (message: MessageEvent<unknown>) => this.#take(message.data);
      frame.contentWindow?.postMessage(CONNECT, replayOrigin, [port2]);
    };
    globalThis.addEventListener('message', listen);
    return () => {
      globalThis.removeEventListener('message', listen);
      this.#port?.close();
      this.#port = undefined;
    };
  }

  post(message: ToReplay, transfer: Transferable[] = []): void {
    if (message.kind === 'snapshot') this.#postSnapshot(message.events);
    else this.#port?.postMessage(message, transfer);
  }

  /** All of it in one go: whatever is posted later is played on the whole page. */
  #postSnapshot(events: readonly SafeEvent[]): void {
    const { events: first, parts } = partsOf(events);
    const isPart = parts.length > 0;
    this.#send({ kind: 'snapshot', events: first, isPart });
    for (const [at, branches] of parts.entries()) {
      this.#send({ kind: 'branches', branches, isLast: at === parts.length - 1 });
    }
  }

  #send(message: ToReplay): void {
    this.#port?.postMessage(message);
  }

  async locate(point: { readonly x: number; readonly y: number }): Promise<Located | undefined> {
    const answer = await this.#ask((ask) => ({ kind: 'locate', ask, ...point }));
    return answer?.kind === 'located' ? answer.found : undefined;
  }

  async scroll(wheel: {
    readonly x: number;
    readonly y: number;
    readonly dx: number;
    readonly dy: number;
  }): Promise<ScrollPlace | undefined> {
    const answer = await this.#ask((ask) => ({ kind: 'scroll', ask, ...wheel }));
    return answer?.kind === 'scrolled' ? answer.to : undefined;
  }

  /** Those that are on the page; undefined where the replay says nothing. */
  async boxes(ids: readonly number[]): Promise<ReadonlyMap<number, ElementBox> | undefined> {
    const answer = await this.#ask((ask) => ({ kind: 'boxes', ask, ids }));
    if (answer?.kind !== 'boxed') return undefined;
    const found = new Map<number, ElementBox>();
    for (const [place, id] of ids.entries()) {
      const box = answer.boxes[place];
      if (box !== undefined) found.set(id, box);
    }
    return found;
  }

  async list(): Promise<readonly Located[]> {
    const answer = await this.#ask((ask) => ({ kind: 'list', ask }));
    return answer?.kind === 'listed' ? answer.items : [];
  }

  #ask(make: (ask: number) => ToReplay): Promise<FromReplay | undefined> {
    this.#asks += 1;
    const ask = this.#asks;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(undefined), ANSWER_MS);
      const settle = (answer: FromReplay | undefined): void => {
        clearTimeout(timer);
        this.#waiting.delete(ask);
        resolve(answer);
      };
      this.#waiting.set(ask, settle);
      this.post(make(ask));
    });
  }

  #take(value: unknown): void {
    const message = readFromReplay(value);
    if (message === undefined) return;
    if (message.kind === 'ready') this.#hooks.onReady();
    else if (message.kind === 'size') this.#hooks.onSize(message);
    else if (message.kind === 'broken') this.#hooks.onBroken();
    else this.#waiting.get(message.ask)?.(message);
  }
}
