/** The WebSocket to `records`: proves who calls, and calls again when the connection is lost. */

import { createHmac } from 'node:crypto';
import type { LiveHello, LiveToRecords, RecordsToLive } from '@alongside/engagement';
import { journalCloses, SaidInTurn, saidIn } from '@alongside/engagement';
import { WebSocket } from 'ws';
import type { LiveLogger } from '../live-logger.js';

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 1000;
/** A connection that answers nothing for two of these is as good as lost. */
const PING_MS = 5000;
/** Nothing that `records` says is longer. */
const MESSAGE_BYTES = 1024 * 1024;

export interface JournalLineDeps {
  readonly url: string | undefined;
  readonly secret: string;
  readonly hello: () => Omit<LiveHello, 'proof'>;
  readonly logger: LiveLogger;
  onMessage(message: RecordsToLive): void;
  onLost(): void;
  /** Another node, which is named, serves alone: there is no place for this one, and no use in calling again. */
  onNotAlone(other: string): void;
}

export class JournalLine {
  readonly #deps: JournalLineDeps;
  #url: string | undefined;
  #socket: WebSocket | undefined;
  readonly #said = new SaidInTurn<LiveToRecords>((text) => {
    if (this.#admitted) this.#socket?.send(text);
  });
  #retry: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #admitted = false;
  #closed = false;

  constructor(deps: JournalLineDeps) {
    this.#deps = deps;
    this.#url = deps.url;
  }

  /** The other side has answered the proof: entries may be sent. */
  get isOpen(): boolean {
    return this.#admitted;
  }

  /** Nothing is called until an address is known. */
  open(url?: string): void {
    this.#url ??= url;
    if (this.#closed || this.#socket !== undefined || this.#url === undefined) return;
    const socket = new WebSocket(this.#url, { perMessageDeflate: false, maxPayload: MESSAGE_BYTES });
    this.#socket = socket;
    socket.on('message', (data, isBinary) => {
      if (!isBinary && this.#socket === socket) this.#read(String(data));
    });
    // A failed connection also closes; the close handler tries again.
    socket.on('error', () => undefined);
    const stopAsking = watchAlive(socket);
    socket.on('close', (code, reason) => {
      stopAsking();
      this.#lost(socket);
      this.#refused(code, reason.toString());
    });
  }

  send(message: LiveToRecords): void {
    if (this.#admitted) this.#said.say(message);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#admitted = false;
    this.#socket?.terminate();
  }

  #read(text: string): void {
    let said: readonly RecordsToLive[];
    try {
      said = saidIn(text) as readonly RecordsToLive[];
    } catch {
      // What answers on that address is not `records`; the next attempt may find it.
      this.#deps.logger.error('journal:unreadable');
      this.#socket?.terminate();
      return;
    }
    for (const message of said) this.#take(message);
  }

  #take(message: RecordsToLive): void {
    if ('challenge' in message) {
      const proof = createHmac('sha256', this.#deps.secret).update(message.challenge).digest('base64url');
      this.#socket?.send(JSON.stringify({ hello: { ...this.#deps.hello(), proof } } satisfies LiveToRecords));
      return;
    }
    if ('hello' in message) {
      this.#admitted = true;
      this.#retryMs = FIRST_RETRY_MS;
    }
    this.#deps.onMessage(message);
  }

  #refused(code: number, reason: string): void {
    const { logger, onNotAlone } = this.#deps;
    if (code === journalCloses.notAdmitted) logger.error('journal:notAdmitted');
    if (code === journalCloses.wait) logger.info('journal:waiting', { other: reason });
    if (code !== journalCloses.notAlone || this.#closed) return;
    this.close();
    onNotAlone(reason);
  }

  #lost(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    const admitted = this.#admitted;
    this.#admitted = false;
    if (this.#closed) return;
    if (admitted) {
      this.#deps.logger.warn('journal:lost');
      this.#deps.onLost();
    }
    this.#retry = setTimeout(() => this.open(), this.#retryMs * (0.5 + Math.random() / 2));
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }
}

/** A peer that vanished without a word leaves a socket that takes entries and never answers. */
function watchAlive(socket: WebSocket): () => void {
  let unanswered = 0;
  socket.on('pong', () => {
    unanswered = 0;
  });
  const timer = setInterval(() => {
    if (unanswered >= 2) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.ping();
    unanswered += 1;
  }, PING_MS);
  timer.unref();
  return () => clearInterval(timer);
}
