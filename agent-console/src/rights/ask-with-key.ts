/** Asks `records` with the key of a case, which goes into a header and never into an address. */

import type { Result } from '../app/failure.js';
import { succeed, unreachable } from '../app/failure.js';
import { readRefusal } from '../session/api.js';

const REQUEST_MS = 15_000;

export async function askWithKey<T>(path: string, caseKey: string): Promise<Result<T>> {
  try {
    const response = await fetch(path, {
      headers: { accept: 'application/json', authorization: `Case ${caseKey}` },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    const answer: unknown = await response.json();
    return response.ok ? succeed(answer as T) : { ok: false, failure: readRefusal(answer, response.status) };
  } catch {
    // No network, no answer in time, or none that is JSON: nothing was learned.
    return unreachable;
  }
}
