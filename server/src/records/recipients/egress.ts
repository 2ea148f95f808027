/**
 * The one way out of `records`: to the endpoint of a recipient that the register lets receive, at the address that was
 * checked, without redirects. Whatever a name leads to inside a private network is not spoken to, unless whoever runs
 * this installation has named that place.
 */

import { lookup } from 'node:dns/promises';
import { type ClientRequest, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP } from 'node:net';
import { accept, type Reply, refuse } from '@alongside/protocol';
import type { RecipientRow } from '../entities/recipient-entity.js';
import { isPublicAddress } from './public-addresses.js';
import { mayReceive, mightReceive } from './recipient-state.js';

export interface Sending {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** Below the endpoint. */
  readonly path: string;
  readonly authorization: string;
  readonly body?: string;
  /** Sooner than others, where somebody waits who can do without the answer. */
  readonly withinMs?: number;
}

export interface EgressAnswer {
  readonly status: number;
  readonly text: string;
}

const ANSWER_MS = 8_000;
/** Five hundred lines of four thousand characters, each of at most six bytes in JSON. */
const ANSWER_BYTES = 12 * 1024 * 1024;

export class Egress {
  readonly #privatePlaces: ReadonlySet<string>;
  readonly #clock: () => number;

  /** `privatePlaces`: `host:port` of stores inside this installation's own network, which may do without TLS. */
  constructor({ privatePlaces, clock }: { privatePlaces: readonly string[]; clock: () => number }) {
    this.#privatePlaces = new Set(privatePlaces);
    this.#clock = clock;
  }

  /** Why an endpoint cannot be spoken to, before anybody relies on it. */
  wrongEndpoint(endpoint: string): boolean {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (
      url === undefined ||
      url.username !== '' ||
      url.password !== '' ||
      url.search !== '' ||
      url.hash !== ''
    )
      return true;
    if (this.#isPrivatePlace(url)) return false;
    const host = hostOf(url);
    return url.protocol !== 'https:' || (isIP(host) !== 0 && !isPublicAddress(host));
  }

  async send(to: RecipientRow, sending: Sending): Promise<Reply<EgressAnswer>> {
    // What was erased here is told also to whom nothing is sent any more, and holds it still.
    const isKnown = sending.method === 'DELETE' ? mightReceive : mayReceive;
    if (to.endpoint === null || !isKnown(to, this.#clock())) return refuse('notPermitted', 'recipient');
    if (this.wrongEndpoint(to.endpoint)) return refuse('notPermitted', 'endpoint');
    const url = new URL(`${to.endpoint.replace(/\/$/, '')}${sending.path}`);
    try {
      const address = await this.#addressOf(url);
      if (address === undefined) return refuse('notPermitted', 'address');
      return accept(await exchange(url, address, sending));
    } catch {
      // No name, no route, no certificate, no answer in time: the same to who waits for it.
      return refuse('storageUnavailable', 'customerStore');
    }
  }

  /** What is connected to is what was looked at: a name that answers otherwise a moment later changes nothing. */
  async #addressOf(url: URL): Promise<string | undefined> {
    const found = await lookup(hostOf(url), { all: true, verbatim: true });
    const [first] = found;
    if (first === undefined) return undefined;
    if (this.#isPrivatePlace(url)) return first.address;
    return found.every((each) => isPublicAddress(each.address)) ? first.address : undefined;
  }

  #isPrivatePlace(url: URL): boolean {
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    return this.#privatePlaces.has(`${hostOf(url)}:${port}`);
  }
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function exchange(url: URL, address: string, sending: Sending): Promise<EgressAnswer> {
  return new Promise((resolve, reject) => {
    const sent = open(url, address, sending);
    sent.once('error', reject);
    sent.once('response', (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > ANSWER_BYTES) sent.destroy(new Error('the answer is too large'));
        else parts.push(part);
      });
      response.once('error', reject);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
      );
    });
    sent.end(sending.body);
  });
}

/** By the address, and with the name for TLS and for the host header. */
function open(url: URL, address: string, { method, authorization, body, withinMs }: Sending): ClientRequest {
  const headers = {
    host: url.host,
    accept: 'application/json',
    authorization,
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
  };
  const name = hostOf(url);
  const common = {
    ...{ method, headers, host: address, path: `${url.pathname}${url.search}`, agent: false },
    signal: AbortSignal.timeout(withinMs ?? ANSWER_MS),
  };
  if (url.protocol === 'http:') return overHttp({ ...common, port: url.port || 80 });
  return overHttps({ ...common, port: url.port || 443, ...(isIP(name) === 0 ? { servername: name } : {}) });
}
