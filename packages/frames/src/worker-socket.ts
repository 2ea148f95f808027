/**
 * The frames' WebSocket where it lies in the worker, beside the engine: what is sealed leaves at once, instead of
 * waiting until the page's thread, which has just changed something and draws it, comes to hand it on.
 */

import type { Bytes } from './bytes.js';
import type { FrameSocket } from './frame-socket.js';

type Message = Bytes | string;

/** Page to worker. `carry`: what the engine is asked for from here on leaves over this socket. */
export type SocketAct = 'carry' | 'close' | { readonly send: readonly Message[] };

/** Worker to page. */
export type SocketNews =
  | { readonly message: Message }
  | { readonly closed: { readonly code: number; readonly reason: string } }
  | { readonly bufferedAmount: number };

/** Less than this is of no interest to a page, which gathers its events from much more on. */
const TOLD_BYTES = 16 * 1024;
/** What waits is looked at again after so long: a socket does not say when it has been sent. */
const AGAIN_MS = 16;

/** The page's side of one socket. */
export class WorkerSocket implements FrameSocket {
  onMessage: ((message: Message) => void) | undefined;
  onClose: ((code: number, reason: string) => void) | undefined;
  bufferedAmount = 0;
  readonly #act: (act: SocketAct) => void;

  constructor(act: (act: SocketAct) => void) {
    this.#act = act;
  }

  send(...messages: readonly Message[]): void {
    this.#act({ send: messages });
  }

  carry(): boolean {
    this.#act('carry');
    return true;
  }

  close(): void {
    this.#act('close');
  }

  take(news: SocketNews): void {
    if ('message' in news) this.onMessage?.(news.message);
    else if ('closed' in news) this.onClose?.(news.closed.code, news.closed.reason);
    else this.bufferedAmount = news.bufferedAmount;
  }
}

/** The worker's side of one socket. */
class HeldSocket {
  readonly #socket: FrameSocket;
  readonly #tell: (news: SocketNews) => void;
  #isTold = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: FrameSocket, tell: (news: SocketNews) => void) {
    this.#socket = socket;
    this.#tell = tell;
    socket.onMessage = (message) => tell({ message });
    socket.onClose = (code, reason) => tell({ closed: { code, reason } });
  }

  send(messages: readonly Message[]): void {
    this.#socket.send(...messages);
    this.#look();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#socket.close();
  }

  #look(): void {
    const { bufferedAmount } = this.#socket;
    const isMuch = bufferedAmount > TOLD_BYTES;
    if (isMuch || this.#isTold) this.#tell({ bufferedAmount });
    this.#isTold = isMuch;
    clearTimeout(this.#timer);
    if (isMuch) this.#timer = setTimeout(() => this.#look(), AGAIN_MS);
  }
}

/** The worker's sockets, by the number that the page has given each. */
export class HeldSockets {
  readonly #open: (url: string) => Promise<FrameSocket>;
  readonly #tell: (socket: number, news: SocketNews) => void;
  readonly #held = new Map<number, HeldSocket>();
  #carrier: HeldSocket | undefined;

  constructor(open: (url: string) => Promise<FrameSocket>, tell: (socket: number, news: SocketNews) => void) {
    this.#open = open;
    this.#tell = tell;
  }

  async open(number: number, url: string): Promise<number> {
    const socket = await this.#open(url);
    this.#held.set(number, new HeldSocket(socket, (news) => this.#tell(number, news)));
    return number;
  }

  act(number: number, act: SocketAct): void {
    const held = this.#held.get(number);
    if (act === 'carry') this.#carrier = held;
    else if (act !== 'close') held?.send(act.send);
    else {
      held?.close();
      this.#held.delete(number);
      if (this.#carrier === held) this.#carrier = undefined;
    }
  }

  /** Sends what is asked for now over the socket that carries now; over a later one never. */
  outlet(): (frames: readonly Bytes[]) => void {
    const carrier = this.#carrier;
    return (frames) => {
      if (frames.length > 0 && carrier === this.#carrier) carrier?.send(frames);
    };
  }
}
