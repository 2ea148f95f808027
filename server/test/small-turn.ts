/**
 * A TURN server that needs nothing installed: over TCP towards browsers and IPv4 towards one media server, with
 * passwords as participants get them (RFC 8656). What ours allows and refuses is tested with coturn itself.
 */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { RelayedClient, type SmallTurnOptions } from './relayed-client.js';

export class SmallTurn {
  readonly secret = randomBytes(32).toString('hex');
  readonly #options: SmallTurnOptions;
  readonly #clients = new Set<RelayedClient>();
  #server: Server | undefined;
  #port = 0;

  private constructor(options: SmallTurnOptions) {
    this.#options = options;
  }

  static async start(options: SmallTurnOptions): Promise<SmallTurn> {
    const turn = new SmallTurn(options);
    await turn.begin();
    return turn;
  }

  get port(): number {
    return this.#port;
  }

  /** Once more after it was killed: on the same port, with the same secret. */
  async begin(): Promise<void> {
    this.#server = createServer((socket) => {
      const client = new RelayedClient(socket, { ...this.#options, secret: this.secret });
      this.#clients.add(client);
      socket.once('close', () => this.#clients.delete(client));
    }).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Without a word to anybody. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    for (const client of this.#clients) client.close();
    await closed;
  }
}
