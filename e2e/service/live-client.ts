/** A client of the live sockets without a browser: it sends what it likes, and remembers every fact it hears. */

import { PROTOCOL_VERSION, type Reply } from '@alongside/protocol';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { until } from './until.js';

export interface LiveClientOptions {
  readonly namespace: 'visitor' | 'agent';
  readonly liveUrl: string;
  readonly ticket: string;
  /** Of the page that it claims to be. */
  readonly origin: string;
}

export interface HeardFact {
  readonly name: string;
  readonly fact: unknown;
}

export class LiveClient {
  readonly facts: HeardFact[] = [];
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.onAny((name: string, fact: unknown) => this.facts.push({ name, fact }));
  }

  static async connect({ namespace, liveUrl, ticket, origin }: LiveClientOptions): Promise<LiveClient> {
    const url = new URL(liveUrl);
    const socket = io(`http://127.0.0.1:${url.port}/${namespace}`, {
      transports: ['websocket'],
      auth: { protocol: PROTOCOL_VERSION, ticket },
      reconnection: false,
      forceNew: true,
      extraHeaders: { host: url.host, origin },
    });
    const client = new LiveClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('session:opened', () => resolve());
      socket.once('connect_error', (error) => reject(error));
    });
    return client;
  }

  send(command: string, body: object): Promise<Reply<unknown>> {
    return this.#socket.timeout(5_000).emitWithAck(command, body) as Promise<Reply<unknown>>;
  }

  hear(name: string): Promise<HeardFact> {
    return until(`the fact ${name}`, () => this.facts.find((heard) => heard.name === name));
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  close(): void {
    this.#socket.disconnect();
  }
}
