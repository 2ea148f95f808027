/** The HTTP server under the sockets: Host check, helmet, health, and the way of each upgrade. */

import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import helmet from 'helmet';
import { FRAMES_PATH } from '../frames-endpoint.js';
import type { HostVerdict } from './host-check.js';
import { judgeHost } from './host-check.js';

/** Node's default of waiting connections drops clients when thousands come at once. */
const BACKLOG = 4096;

export interface HttpDoorDeps {
  /** Host names that are ours, without port, in lower case. */
  readonly allowedHosts: readonly string[];
  readonly tls?: { readonly cert: string; readonly key: string };
  publicUrl(): string;
  health(): Readonly<Record<string, unknown>>;
  /** Takes upgrades for the frames' path. */
  frames(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** For every answer, those of socket.io's own path included. */
export const secureHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
    },
  },
  // Pages of the customers' sites speak to this origin; what it serves is refused to their documents by CSP.
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  referrerPolicy: { policy: 'no-referrer' },
});

export class HttpDoor {
  readonly server: Server;
  readonly #deps: HttpDoorDeps;

  constructor(deps: HttpDoorDeps) {
    this.#deps = deps;
    const answer: RequestListener = (request, response) => this.#answer(request, response);
    this.server = deps.tls === undefined ? createServer(answer) : createTlsServer(deps.tls, answer);
    this.server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Whether a request's `Host` is ours, for socket.io's own gate. */
  owns(request: IncomingMessage): boolean {
    return this.#judge(request) === 'ours';
  }

  listen({ host, port }: { readonly host: string; readonly port: number }): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ host, port, backlog: BACKLOG }, () => {
        this.server.off('error', reject);
        const address = this.server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  #judge(request: IncomingMessage): HostVerdict {
    const own = { names: this.#deps.allowedHosts, url: this.#deps.publicUrl() };
    return judgeHost(request.headers.host, own);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    secureHeaders(request, response, () => {
      const verdict = this.#judge(request);
      const path = request.url?.split('?', 1)[0];
      if (verdict === 'foreign') respond(response, 421);
      else if (path === '/health') this.#health(request, response);
      else if (verdict === 'loopback') redirect(response, this.#deps.publicUrl());
      else respond(response, 404);
    });
  }

  #health(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      respond(response, 405);
      return;
    }
    const body = JSON.stringify(this.#deps.health());
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(body);
  }

  /** socket.io listens for its own path; what is neither its nor the frames' is cut. */
  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = request.url?.split('?', 1)[0];
    if (path === '/socket.io/') return;
    socket.on('error', () => socket.destroy());
    if (path !== FRAMES_PATH || !this.owns(request)) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#deps.frames(request, socket, head);
  }
}

function respond(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'cache-control': 'no-store' });
  response.end();
}

/** A page that was opened by a loopback name goes to the address whose cookies and origins are right. */
function redirect(response: ServerResponse, to: string): void {
  response.writeHead(307, { location: to, 'cache-control': 'no-store' });
  response.end();
}
