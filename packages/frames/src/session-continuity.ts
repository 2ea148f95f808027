/** Continuity secrets in the tab's `sessionStorage`, where the page may use it. */

import type { ContinuityStorage } from './continuity.js';

/** Undefined where even looking at the storage is forbidden, as in a sandboxed page. */
export function sessionContinuity(): ContinuityStorage | undefined {
  let storage: Storage;
  try {
    storage = globalThis.sessionStorage;
  } catch {
    // The page's policy forbids it; the code is then new on each page, which both sides are told.
    return undefined;
  }
  if (storage === undefined) return undefined;
  return {
    get: (key) => storage.getItem(key) ?? undefined,
    set: (key, value) => storage.setItem(key, value),
    delete: (key) => storage.removeItem(key),
  };
}
