/** A customer's own store for tests: takes what is put there, checks who sends it, and can be down or say no. */
import { createHash, createPublicKey } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';

interface Put {
  readonly path: string;
  readonly body: ReturnType<typeof JSON.parse>;
}

export class CustomerStoreServer {
  readonly #server: Server;
  /** In the order in which they were taken. */
  readonly puts: Put[] = [];
  readonly erased: string[] = [];
  #held: string[] = [];
  asked = 0;
  /** What it answers instead of taking anything. */
  refuses: number | undefined;
  /** The same, for one path alone. */
  refusesAt: { readonly path: string; readonly status: number } | undefined;
  /** Before it takes what is put there; it may take long. */
  beforeTaking: (path: string) => Promise<unknown> = () => Promise.resolve();
  /** Whether it answers what an engagement began with, or does not know the question. */
  tellsBeginnings = true;
  /** Of the service, as it publishes it. */
  jwk: Record<string, unknown> = {};
  readonly wrong: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<CustomerStoreServer> {
    const store = new CustomerStoreServer();
    await new Promise<void>((resolve) => store.#server.listen(0, '127.0.0.1', resolve));
    return store;
  }

  get place(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get endpoint(): string {
    return `http://${this.place}/alongside`;
  }

  /** What was put at a path last. */
  at(path: string): Put['body'] {
    return this.puts.findLast((each) => each.path === path)?.body;
  }

  linesOf(engagementId: string): readonly Put['body'][] {
    const under = `/engagements/${engagementId}/lines/`;
    const latest = new Map(
      this.puts.filter(({ path }) => path.startsWith(under)).map((each) => [each.path, each.body]),
    );
    return [...latest.values()].toSorted((one, other) => one.number - other.number);
  }

  /** Paths of what it has of an engagement: what was put there and not erased since. */
  heldOf(engagementId: string): readonly string[] {
    return this.#held.filter((path) => path.startsWith(`/engagements/${engagementId}`));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked += 1;
    const body = await textOf(request);
    const fault = this.#fault(request, body);
    if (fault !== undefined) this.wrong.push(fault);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://store');
    const path = pathname.replace('/alongside', '');
    const refused = path === this.refusesAt?.path ? this.refusesAt.status : this.refuses;
    const status = fault === undefined ? refused : 401;
    if (status !== undefined) response.writeHead(status).end();
    else if (request.method === 'GET' && !path.endsWith('/lines')) {
      const begun = this.tellsBeginnings ? this.at(path) : undefined;
      response.writeHead(begun === undefined ? 404 : 200).end(JSON.stringify(begun ?? {}));
    } else if (request.method === 'GET') {
      const engagementId = path.split('/')[2] ?? '';
      const lines = this.linesOf(engagementId).filter(
        (each) => each.number > Number(searchParams.get('after')),
      );
      response.writeHead(200).end(JSON.stringify({ lines }));
    } else {
      if (request.method === 'PUT') {
        await this.beforeTaking(path);
        this.puts.push({ path, body: JSON.parse(body) });
        this.#held.push(path);
      } else this.#erase(path.replace('/engagements/', ''));
      response.writeHead(204).end();
    }
  }

  #erase(what: string): void {
    this.erased.push(what);
    this.#held = this.#held.filter((path) => !`${path}/`.startsWith(`/engagements/${what}/`));
  }

  /** As a customer would check it: who, to whom, what and when. */
  #fault({ headers, method, url }: IncomingMessage, body: string): string | undefined {
    try {
      const key = createPublicKey({ key: this.jwk, format: 'jwk' });
      const token = headers.authorization?.replace('Bearer ', '') ?? '';
      const options = { algorithms: ['ES256' as const], audience: this.endpoint, complete: true as const };
      const { header, payload } = jwt.verify(token, key, options);
      if (header.typ !== 'alongside-delivery+jwt' || typeof payload === 'string') return 'type';
      if (payload.htm !== method || payload.htu !== `http://${headers.host}${url?.split('?')[0]}`)
        return 'request';
      const sha256 = createHash('sha256').update(body).digest('base64url');
      return payload.bodySha256 === sha256 ? undefined : 'body';
    } catch (error) {
      return error instanceof Error ? error.message : 'unknown';
    }
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
