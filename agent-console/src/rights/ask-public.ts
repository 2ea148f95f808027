/** Asks `records` what nobody signs in for: with the key of a case, which goes into a header and never into an address. */

import type { Result } from '../app/failure.js';
import { succeed, unreachable } from '../app/failure.js';
import { readRefusal } from '../session/api.js';

const REQUEST_MS = 15_000;

interface Asked {
  readonly caseKey?: string;
  readonly body?: object;
  /** The answer is a table and no JSON. */
  readonly asText?: true;
}

export async function askPublic<T>(path: string, { caseKey, body, asText }: Asked): Promise<Result<T>> {
  const headers = new Headers({ accept: asText ? 'text/csv' : 'application/json' });
  if (caseKey !== undefined) headers.set('authorization', `Case ${caseKey}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  try {
    const response = await fetch(path, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    const answer: unknown = await (asText && response.ok ? response.text() : response.json());
    return response.ok ? succeed(answer as T) : { ok: false, failure: readRefusal(answer, response.status) };
  } catch {
    // No network, no answer in time, or none that can be read: nothing was learned.
    return unreachable;
  }
}
