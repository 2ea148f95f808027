/** The page of the proof's customer: every channel planted in it, and served so that only the page holds it. */

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import type { Canaries } from './channels.js';
import { channels } from './channels.js';

const HOST = 'proof.localhost';
/** No other picture of the page has this size, so that the agent's replay can be asked for it. */
export const pictureSize = { width: 37, height: 23 } as const;

/** Where the page keeps the names of the channels whose scripts threw. */
const UNPLANTED = 'proofFaults';

export interface Embedded {
  readonly consoleOrigin: string;
  readonly siteKey: string;
}

export class ProofPage {
  readonly origin: string;
  readonly #server: Server;
  readonly #canaries: Canaries;
  #embedded: Embedded | undefined;
  readonly #strangers = new Set<string>();

  private constructor(server: Server, canaries: Canaries) {
    this.#server = server;
    this.#canaries = canaries;
    this.origin = `http://${HOST}:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => this.#answer(request, response));
  }

  static async serve(canaries: Canaries): Promise<ProofPage> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new ProofPage(server, canaries);
  }

  /** From now on the page carries the script tag of this site. */
  embed(embedded: Embedded): void {
    this.#embedded = embedded;
  }

  get address(): string {
    const token = (name: string) => this.#canaries.token(name);
    return `${this.origin}/loan/${token('path')}?account=${token('query')}#${token('fragment')}`;
  }

  /**
   * Where requests came from that the page itself, or whoever opened it, has not made. An agent's browser has
   * nothing to ask here.
   */
  get strangers(): readonly string[] {
    return [...this.#strangers].sort();
  }

  /** Channels that were not planted in this page though they should be; undefined where its script has not run. */
  async unplanted(page: Page): Promise<readonly string[] | undefined> {
    return page.evaluate((name) => Reflect.get(window, name) as string[] | undefined, UNPLANTED);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.origin);
    const site = request.headers['sec-fetch-site'];
    const isOpened = site === 'none' && url.pathname.startsWith('/loan/');
    if (site !== 'same-origin' && !isOpened) this.#strangers.add(String(site ?? 'a client without a name'));
    // The visitor's browser shall keep of the page only what browsers keep of every page.
    response.setHeader('cache-control', 'no-store');
    const send = (type: string, body: string | Uint8Array) => {
      response.setHeader('content-type', type);
      response.end(body);
    };
    if (url.pathname === '/proof.css') send('text/css', this.#styles());
    else if (url.pathname === '/proof.js') send('text/javascript', this.#script());
    else if (url.pathname === '/font') send('font/woff2', fontWith(this.#canaries.token('body of a font')));
    else if (url.pathname === '/picture') this.#picture(request, response);
    else if (url.pathname === '/frame')
      send('text/html', `<p>${this.#canaries.token('text in a frame of the same origin')}</p>`);
    else if (url.pathname.startsWith('/loan/')) {
      response.setHeader('set-cookie', 'signed-in=yes; Path=/; SameSite=Lax');
      send('text/html; charset=utf-8', this.#html());
    } else response.writeHead(404).end();
  }

  #picture(request: IncomingMessage, response: ServerResponse): void {
    if (!(request.headers.cookie ?? '').includes('signed-in=yes')) {
      response.writeHead(403).end();
      return;
    }
    response.setHeader('content-type', 'image/png');
    response.end(pictureWith(this.#canaries.token('body of a picture behind a cookie')));
  }

  #html(): string {
    const parts = channels.flatMap(({ name, html }) => (html === undefined ? [] : [this.#plant(html, name)]));
    const sdk = this.#embedded;
    const tag =
      sdk === undefined
        ? ''
        : `<script async src="${sdk.consoleOrigin}/sdk/v1/loader.js" data-alongside-site="${sdk.siteKey}"></script>`;
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Proof</title>
      <link rel="icon" href="data:,"><link rel="stylesheet" href="/proof.css">${tag}</head><body>
      <button id="act" type="button">Act</button>
      <p><input id="for-agent" data-alongside="allow" aria-label="For the agent"></p>
      <p><input id="typed-shown" data-alongside="allow"><input id="typed-masked"><input id="typed-secret" type="password"></p>
      <p id="pressed">0</p><p id="ticks">0</p><div id="late"></div>
      ${parts.join('\n')}<script src="/proof.js"></script></body></html>`;
  }

  /** A channel that throws or is not to be had in this browser leaves the others as they are, and is told. */
  #script(): string {
    const planted = channels.flatMap(({ name, script }) =>
      script === undefined ? [] : [`run(${JSON.stringify(name)}, () => { ${this.#plant(script, name)} });`],
    );
    return `window.${UNPLANTED} = [];
      const run = (name, plant) => { try { plant(); } catch { window.${UNPLANTED}.push(name); } };
      document.getElementById('act').addEventListener('click', () => {
        document.getElementById('pressed').textContent = 'pressed';
      });
      ${planted.join('\n')}`;
  }

  #styles(): string {
    const planted = channels.flatMap(({ name, css }) => (css === undefined ? [] : [this.#plant(css, name)]));
    return `body { margin: 8px; font-family: sans-serif } #act { width: 160px; height: 40px }
      #for-agent { width: 300px; height: 30px } iframe { width: 300px; height: 40px }
      #ticks, #late, #pressed { height: 20px; overflow: hidden } h2 { font-family: proof, serif }
      ${planted.join('\n')}`;
  }

  #plant(template: string, name: string): string {
    return template.replaceAll('$', this.#canaries.token(name));
  }
}

/** Browsers know fonts by their first bytes; nobody has to be able to draw with it. */
function fontWith(token: string): Uint8Array {
  return Buffer.concat([Buffer.from('wOF2'), Buffer.alloc(44), Buffer.from(token)]);
}

/** A real PNG of one colour that carries the token as text beside the picture. */
export function pictureWith(token: string): Uint8Array {
  const { width, height } = pictureSize;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3), 0x80);
  for (let row = 0; row < height; row += 1) rows[row * (1 + width * 3)] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${token}`, 'latin1')),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(typed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}
