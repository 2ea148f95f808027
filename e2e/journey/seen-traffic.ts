/** What a person's browser has sent, to whom, and with which cookies. */

import type { BrowserContext, Page, Request } from '@playwright/test';

export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

export class SeenTraffic {
  readonly #requests: Promise<SentRequest>[] = [];
  readonly #sockets: URL[] = [];

  constructor(context: BrowserContext) {
    context.on('request', (request) => this.#requests.push(read(request)));
    const follow = (page: Page) =>
      page.on('websocket', (socket) => this.#sockets.push(new URL(socket.url())));
    for (const page of context.pages()) follow(page);
    context.on('page', follow);
  }

  /** Those that left the browser: pictures made in a page do not. */
  async requests(): Promise<readonly SentRequest[]> {
    const all = await Promise.all(this.#requests);
    return all.filter(({ url }) => url.protocol === 'http:' || url.protocol === 'https:');
  }

  async requestsTo(origin: string): Promise<readonly SentRequest[]> {
    return (await this.requests()).filter(({ url }) => url.origin === origin);
  }

  get sockets(): readonly URL[] {
    return this.#sockets;
  }

  forget(): void {
    this.#requests.length = 0;
    this.#sockets.length = 0;
  }
}

async function read(request: Request): Promise<SentRequest> {
  // The headers as they were sent, with the cookies that a page cannot see.
  const headers = await request.allHeaders().catch(() => request.headers());
  return { method: request.method(), url: new URL(request.url()), headers };
}
