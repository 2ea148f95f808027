/** Counts whoever comes: a request here has left a page that was to send none. */

import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export class LeakServer {
  readonly #server: Server;
  readonly #paths: string[] = [];
  #connections = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<LeakServer> {
    const server = createServer();
    const leaks = new LeakServer(server);
    server.on('connection', () => {
      leaks.#connections += 1;
    });
    server.on('request', (request, response) => {
      leaks.#paths.push(new URL(request.url ?? '/', 'http://leak').pathname);
      response.setHeader('access-control-allow-origin', '*');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return leaks;
  }

  get origin(): string {
    return `http://leak.localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Those without a request as well. */
  get connections(): number {
    return this.#connections;
  }

  /** What has come for one run: the names of the ways that led here. */
  of(run: string): readonly string[] {
    const [start, ours] = [`/${run}/`, (path: string) => path.startsWith(`/${run}/`)] as const;
    return [...new Set(this.#paths.filter(ours).map((path) => path.slice(start.length)))].sort();
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
