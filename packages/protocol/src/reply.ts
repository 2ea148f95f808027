/** What every command that needs an answer is acknowledged with. */

import type { Refusal, RefusalCode } from './refusal.js';

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

/** The value of a reply that only says "done". */
export type Done = Record<never, never>;

export function accept<T>(value: T): Reply<T> {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, detail?: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: detail === undefined ? { code } : { code, detail } };
}
