/** The return store of the page the SDK runs in. */

import type { ReturnPlace, TabStorage } from './return-store.js';
import { ReturnStore } from './return-store.js';

export function pageReturnStore(of: Pick<ReturnPlace, 'site' | 'holds'>): ReturnStore {
  return new ReturnStore({
    ...of,
    hostname: location.hostname,
    secure: location.protocol === 'https:',
    jar: {
      read: () => document.cookie,
      write: (cookie) => {
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in two of the three engines.
        document.cookie = cookie;
      },
    },
    tab: tabStorage(),
    now: () => Date.now(),
  });
}

/** Undefined where even looking at the storage is forbidden, as in a sandboxed page. */
export function tabStorage(): TabStorage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    // Forbidden by the page's policy; callers do without.
    return undefined;
  }
}
