/** A small client for tests: it calls the shop by any name over loopback and keeps the shop's cookie. */
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../build.mjs';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A body whose type is among the headers. */
  readonly bytes?: Buffer;
}

export class ShopClient {
  readonly #port: number;
  cookie: string | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  get host(): string {
    return `shop.localhost:${this.#port}`;
  }

  async ask(path: string, ask: Ask = {}): Promise<Reply> {
    const body = bodyOf(ask);
    const headers: Record<string, string> = {
      host: ask.host ?? this.host,
      ...(this.cookie !== undefined && { cookie: this.cookie }),
      ...(body !== undefined && { 'content-type': body.type, 'content-length': String(body.bytes.length) }),
      ...ask.headers,
    };
    const method = ask.method ?? (body === undefined ? 'GET' : 'POST');
    const reply = await send({ port: this.#port, path, method, headers }, body?.bytes);
    const set = reply.headers['set-cookie']?.[0];
    if (set !== undefined) this.cookie = set.split(';')[0];

    return reply;
  }
}

function bodyOf({ form, json, bytes }: Ask): { readonly type: string; readonly bytes: Buffer } | undefined {
  if (bytes !== undefined) return { type: 'application/octet-stream', bytes };
  if (form !== undefined) {
    const text = new URLSearchParams(form).toString();

    return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(text) };
  }

  return json === undefined
    ? undefined
    : { type: 'application/json', bytes: Buffer.from(JSON.stringify(json)) };
}

interface Sent {
  readonly port: number;
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
}

function send(sent: Sent, body: Buffer | undefined): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname: '127.0.0.1', agent: false, ...sent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A build of its own, so that no test depends on what was built before or disturbs a running shop. */
export async function freshBuild(): Promise<{ readonly directory: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'demo-shop-'));
  await build({ outDirectory: directory });

  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
