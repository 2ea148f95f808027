/** The visitor's requests to `records`. The return secret goes into a header, never into an address. */

import type {
  EngagementOpened,
  EngagementReturned,
  EngagementStart,
  Language,
  LinesAfter,
  RefusalCode,
  SiteConfig,
  SiteKey,
} from '@alongside/protocol';
import { firstVisitorPaths, isRetryable, refusals } from '@alongside/protocol';
import type { SiteAddress } from '../../embedding/site-client.js';
import { requestPrivacy } from '../../embedding/site-client.js';
import type { ReturnEntry } from '../../return/return-store.js';

/** `unreachable`: no answer came at all. */
export type Failure = RefusalCode | 'unreachable';
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  /** `detail` names what it is about, where one code stands for several things. */
  | { readonly ok: false; readonly failure: Failure; readonly detail?: string };

const TIMEOUT_MS = 15_000;

export function mayPass(failure: Failure): boolean {
  return failure === 'unreachable' || isRetryable(failure);
}

export class VisitorHttp {
  readonly #address: SiteAddress;
  readonly #fetch: typeof fetch;

  constructor(address: SiteAddress, pageFetch: typeof fetch) {
    this.#address = address;
    this.#fetch = pageFetch;
  }

  /** Asked of the service itself, whatever the browser's cache still holds. */
  siteConfig(language: Language): Promise<Answer<SiteConfig>> {
    return this.ask(`${firstVisitorPaths.config(this.#address.site as SiteKey)}?language=${language}`, {});
  }

  begin(body: EngagementStart): Promise<Answer<EngagementOpened>> {
    // The key was checked for its shape before anything was asked of the service.
    return this.ask(firstVisitorPaths.start(this.#address.site as SiteKey), { body });
  }

  comeBack(entry: ReturnEntry): Promise<Answer<EngagementReturned>> {
    return this.ask(firstVisitorPaths.comeBack, { entry, body: {} });
  }

  linesAfter(entry: ReturnEntry, number: number): Promise<Answer<LinesAfter>> {
    return this.ask(`${firstVisitorPaths.lines}?after=${number}`, { entry });
  }

  /** Where the service's own pages are. */
  get service(): string {
    return this.#address.service;
  }

  /** The answer is taken as it is declared: both ends are built from one protocol. */
  async ask<T>(
    path: string,
    what: { entry?: ReturnEntry; body?: unknown; asText?: true },
  ): Promise<Answer<T>> {
    const headers: Record<string, string> = {};
    if (what.body !== undefined) headers['content-type'] = 'application/json';
    if (what.entry !== undefined) {
      headers.authorization = `Alongside ${what.entry.engagementId}.${what.entry.secret}`;
    }
    const request: RequestInit = {
      ...requestPrivacy,
      method: what.body === undefined ? 'GET' : 'POST',
      headers,
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    if (what.body !== undefined) request.body = JSON.stringify(what.body);
    try {
      const pageFetch = this.#fetch;
      const answer = await pageFetch(`${this.#address.service}${path}`, request);
      const value: unknown = await (what.asText && answer.ok ? answer.text() : answer.json());
      return answer.ok ? { ok: true, value: value as T } : readRefusal(value);
    } catch {
      // No network, no answer in time, or not what was asked for: nothing was learned.
      return { ok: false, failure: 'unreachable' };
    }
  }
}

function readRefusal(value: unknown): Answer<never> {
  const refusal = (value as { refusal?: { code?: unknown; detail?: unknown } } | null)?.refusal;
  const code = refusal?.code;
  const known = typeof code === 'string' && Object.hasOwn(refusals, code);
  const failure: Failure = known ? (code as RefusalCode) : 'internal';
  return typeof refusal?.detail === 'string'
    ? { ok: false, failure, detail: refusal.detail }
    : { ok: false, failure };
}
