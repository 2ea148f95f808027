/** A proxy of one browser that reads how each WebSocket begins, whichever thread of a page opens it. */

import type { Server } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';

export interface Handshake {
  /** As the browser named it: host and port. */
  readonly host: string;
  readonly path: string;
  readonly cookie: string | undefined;
}

export class WatchingProxy {
  readonly handshakes: Handshake[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((asked, answer) => {
      const { pathname, search, port } = new URL(asked.url ?? '');
      const { method, headers } = asked;
      const onward = request(
        { host: '127.0.0.1', port, path: pathname + search, method, headers },
        (given) => {
          answer.writeHead(given.statusCode ?? 502, given.rawHeaders);
          given.pipe(answer);
        },
      );
      onward.on('error', () => answer.destroy());
      asked.pipe(onward);
    });
    this.#server.on('connect', ({ url = '' }, near: Socket) => this.#tunnel(url, near));
  }

  static async open(): Promise<WatchingProxy> {
    const proxy = new WatchingProxy();
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject);
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Its tunnels end with the sockets of the browser. */
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** A browser asks for a tunnel per socket, and its first bytes are the request that begins it. */
  #tunnel(host: string, near: Socket): void {
    const far = connect(Number(new URL(`ws://${host}`).port), '127.0.0.1', () => {
      near.write('HTTP/1.1 200 OK\r\n\r\n');
      near.pipe(far);
      far.pipe(near);
    });
    near.once('data', (first: Buffer) => {
      const head = first.toString('latin1');
      const path = /^GET (\S+)/.exec(head)?.[1] ?? '';
      this.handshakes.push({ host, path, cookie: /^cookie: (.*)$/im.exec(head)?.[1] });
    });
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  }
}
