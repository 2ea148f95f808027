/** Why something the console asked for did not happen: a refusal by name, or that nobody could be reached. */

import type { Refusal, RefusalCode } from '@alongside/protocol';
import { isRetryable } from '@alongside/protocol';

export interface Failure {
  readonly code: RefusalCode | 'unreachable' | 'notLoaded' | 'mediaUnreachable';
  readonly detail?: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export const unreachable: { readonly ok: false; readonly failure: Failure } = {
  ok: false,
  failure: { code: 'unreachable' },
};

/** A part of the console did not come; some browsers remember that until the page is loaded anew, others ask again. */
export const notLoaded: { readonly ok: false; readonly failure: Failure } = {
  ok: false,
  failure: { code: 'notLoaded' },
};

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(refusal: Refusal): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: refusal };
}

/** Whether the same request may succeed later without anybody changing it. */
export function isWorthRetrying(failure: Failure): boolean {
  const { code } = failure;
  const isOurs = code === 'unreachable' || code === 'notLoaded' || code === 'mediaUnreachable';
  return isOurs || isRetryable(code);
}
