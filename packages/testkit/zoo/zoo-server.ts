/** Serves the zoo on two origins: the pages on one, what is foreign to them on the other. */

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { innerPages } from './inner-pages.js';
import { zoo } from './zoo.js';
import { zooAssets } from './zoo-assets.js';
import type { ZooPage } from './zoo-page.js';

export interface ZooSdk {
  readonly scriptUrl: string;
  readonly siteKey: string;
  readonly liveOrigin: string;
}

/** What the server draws of a framework's page, and the script that takes it over. */
export interface ZooApp {
  readonly html: string;
  readonly script: string;
}

const PAGE_HOST = 'zoo.localhost';
const FAR_HOST = 'far-zoo.localhost';

export class ZooServer {
  readonly #server: Server;
  readonly #apps: ReadonlyMap<string, ZooApp>;
  #sdk: ZooSdk | undefined;
  /** Requests for anything of the zoo without the visitor's cookie: nobody but the visitor may ever ask. */
  readonly strangers: string[] = [];

  private constructor(server: Server, apps: ReadonlyMap<string, ZooApp>) {
    this.#server = server;
    this.#apps = apps;
    server.on('request', (request: IncomingMessage, response: ServerResponse) =>
      this.#answer(request, response),
    );
  }

  static async start(apps: ReadonlyMap<string, ZooApp>): Promise<ZooServer> {
    const server = createServer();
    const zooServer = new ZooServer(server, apps);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return zooServer;
  }

  get origin(): string {
    return `http://${PAGE_HOST}:${this.#port}`;
  }

  get farOrigin(): string {
    return `http://${FAR_HOST}:${this.#port}`;
  }

  /** Every page from now on carries this script tag. */
  embed(sdk: ZooSdk): void {
    this.#sdk = sdk;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', this.origin);
    const isMember = request.headers.cookie?.includes('member=1') ?? false;
    response.setHeader('cache-control', 'no-store');
    if (pathname.startsWith('/page/')) {
      this.#page(pathname, response);
      return;
    }
    const host = request.headers.host ?? '';
    if (!isMember && host.startsWith(PAGE_HOST)) this.strangers.push(pathname);
    const asset = zooAssets.get(pathname);
    const body = asset?.body ?? this.#script(pathname);
    if (body === undefined || (pathname.startsWith('/member/') && !isMember)) {
      response.writeHead(body === undefined ? 404 : 403).end();
      return;
    }
    // Sheets and pages of the far origin may be read by all, its pictures by nobody.
    if (!pathname.startsWith('/image/')) response.setHeader('access-control-allow-origin', '*');
    const filled = innerPages.has(pathname) ? this.#filled(String(body)) : body;
    response.writeHead(200, { 'content-type': asset?.contentType ?? 'text/javascript' }).end(filled);
  }

  #script(pathname: string): string | undefined {
    const [, folder, name = ''] = pathname.split('/');
    if (folder === 'app') return this.#apps.get(name)?.script;
    return folder === 'script' ? zoo.find((page) => page.name === name)?.script : undefined;
  }

  #page(pathname: string, response: ServerResponse): void {
    const page = zoo.find(({ name }) => pathname === `/page/${name}`);
    if (page === undefined) {
      response.writeHead(404).end();
      return;
    }
    if (page.policy !== undefined) response.setHeader('content-security-policy', this.#filled(page.policy));
    response.setHeader('set-cookie', 'member=1; Path=/; SameSite=Lax');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(this.#html(page));
  }

  #html(page: ZooPage): string {
    const allow = page.masked === true ? '' : ' data-alongside="allow"';
    const doctype = page.name === 'document-written' ? '' : '<!doctype html>';
    const app = /\{app:(\w+)\}/.exec(page.body)?.[1];
    const scripts = [
      page.script === undefined ? '' : `<script src="/script/${page.name}"></script>`,
      app === undefined ? '' : `<script src="/app/${app}"></script>`,
      this.#sdk === undefined
        ? ''
        : `<script async src="${this.#sdk.scriptUrl}" data-alongside-site="${this.#sdk.siteKey}"></script>`,
    ];
    const body = page.body.replace(/\{app:\w+\}/, app === undefined ? '' : (this.#apps.get(app)?.html ?? ''));
    // Room for what tells the visitor that they are watched, which the steps must not press upon.
    const room = page.policy === undefined ? '<style>body { padding-top: 170px }</style>' : '';
    return this.#filled(
      `${doctype}<html lang="en"${allow} ${page.attributes ?? ''}><head><meta charset="utf-8"><title>${page.name}</title>${room}${page.head ?? ''}</head><body><h1>${page.name}</h1>${body}${scripts.join('')}</body></html>`,
    );
  }

  #filled(text: string): string {
    const loader = this.#sdk?.scriptUrl ?? '';
    const origin = loader === '' ? '' : new URL(loader).origin;
    const live = this.#sdk?.liveOrigin ?? '';
    return text
      .replaceAll('{cdn}', this.farOrigin)
      .replaceAll('{zoo}', this.origin)
      .replaceAll('{loader}', loader)
      .replaceAll('{frame}', loader.replace(/loader\.js$/, 'frame.js'))
      .replaceAll('{site}', this.#sdk?.siteKey ?? '')
      .replaceAll('{sdk}', origin)
      .replaceAll('{live}', `${live} ${live.replace('http', 'ws')}`);
  }
}
