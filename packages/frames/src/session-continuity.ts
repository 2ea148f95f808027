/** Continuity secrets in the tab's `sessionStorage`, or in memory where the page may not use it. */

import type { ContinuityStorage } from './continuity.js';

/**
 * Make one per page and give it to every sender or receiver: in memory it lasts as long as the page, and the
 * code is then new on the next one, which both sides are told.
 */
export function sessionContinuity(): ContinuityStorage {
  const storage = findStorage();
  return storage === undefined ? memoryContinuity() : tabContinuity(storage);
}

/** Even looking at the storage is forbidden in a sandboxed page; elsewhere there is none at all. */
function findStorage(): Storage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    // The page's policy forbids it.
    return undefined;
  }
}

function tabContinuity(storage: Storage): ContinuityStorage {
  return {
    get: (key) => storage.getItem(key) ?? undefined,
    set: (key, value) => storage.setItem(key, value),
    delete: (key) => storage.removeItem(key),
  };
}

function memoryContinuity(): ContinuityStorage {
  const held = new Map<string, string>();
  return {
    get: (key) => held.get(key),
    set: (key, value) => void held.set(key, value),
    delete: (key) => void held.delete(key),
  };
}
