/** Requests to `records` over HTTP: one place that sets the access token, and reads answers and refusals. */

import type { Refusal } from '@alongside/protocol';
import { refusals } from '@alongside/protocol';
import type { Failure, Result } from '../app/failure.js';
import { succeed, unreachable } from '../app/failure.js';

export interface AccessTokens {
  readonly current: string | undefined;
  /** Resolves to whether a new token is there. */
  renew(): Promise<boolean>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const REQUEST_MS = 15_000;

/** Sends one request without any session. */
export async function request<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Result<T>> {
  const headers = new Headers({ accept: 'application/json' });
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`);
  try {
    const response = await fetch(`/api${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_MS),
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const answer: unknown = response.status === 204 ? {} : await response.json();
    if (response.ok) return succeed(answer as T);
    return { ok: false, failure: readRefusal(answer, response.status) };
  } catch {
    // No network, no server, no answer in time, or an answer that is not JSON: all the same to a person.
    return unreachable;
  }
}

interface RequestOptions {
  readonly body?: unknown;
  readonly token?: string;
}

/** Requests in the name of the person who is signed in. */
export class Api {
  readonly #tokens: AccessTokens;

  constructor(tokens: AccessTokens) {
    this.#tokens = tokens;
  }

  get<T>(path: string): Promise<Result<T>> {
    return this.#send('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<Result<T>> {
    return this.#send('POST', path, body);
  }

  put<T>(path: string, body: unknown): Promise<Result<T>> {
    return this.#send('PUT', path, body);
  }

  delete<T>(path: string): Promise<Result<T>> {
    return this.#send('DELETE', path);
  }

  /** A token that has just run out is renewed once; a second refusal is the answer. */
  async #send<T>(method: Method, path: string, body?: unknown): Promise<Result<T>> {
    const first = await this.#once<T>(method, path, body);
    if (first.ok || first.failure.code !== 'notAdmitted') return first;
    return (await this.#tokens.renew()) ? this.#once(method, path, body) : first;
  }

  #once<T>(method: Method, path: string, body: unknown): Promise<Result<T>> {
    const token = this.#tokens.current;
    return request<T>(method, path, { body, ...(token === undefined ? {} : { token }) });
  }
}

/** A proxy in between may answer in its own words; what it says is then told from the status alone. */
export function readRefusal(answer: unknown, status: number): Failure {
  const refusal = (answer as { refusal?: Partial<Refusal> } | null)?.refusal;
  const code = refusal?.code;
  if (code !== undefined && Object.hasOwn(refusals, code)) {
    return typeof refusal?.detail === 'string' ? { code, detail: refusal.detail } : { code };
  }
  if (status === 404) return { code: 'notFound' };
  return status >= 502 ? { code: 'unreachable' } : { code: 'internal' };
}
