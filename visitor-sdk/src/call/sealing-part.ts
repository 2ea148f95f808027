/** What a call that is sealed from end to end needs besides: loaded for those alone. */

/// <reference path="./call-worker.d.ts" />

import { callWorkerSource } from 'alongside:call-worker';
import type { CallSealing, CallSealingStart, MediaWorker } from '@alongside/frames';
import { startCallSealing } from '@alongside/frames';

export interface SealingPart {
  startSealing(start: Omit<CallSealingStart, 'party' | 'spawn'>): Promise<CallSealing | undefined>;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

/** Of the worker, and of the policy: co-browsing has one of its own, and no name can be taken twice. */
const NAME = 'alongside-call';

export const startSealing: SealingPart['startSealing'] = (start) =>
  startCallSealing({ ...start, party: 'visitor', spawn: spawnCallWorker });

let policy: { createScriptURL(url: string): string } | undefined;

/** From an inlined blob, through a Trusted Types policy where the page demands one. */
function spawnCallWorker(): MediaWorker {
  const url = URL.createObjectURL(new Blob([callWorkerSource], { type: 'text/javascript' }));
  try {
    return new Worker(trusted(url), { name: NAME });
  } finally {
    // The worker has its own copy of the address by then.
    URL.revokeObjectURL(url);
  }
}

/** A policy can be made once only; a page that names others throws here, and there is no sealed call on it. */
function trusted(url: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (types === undefined) return url;
  policy ??= types.createPolicy(NAME, { createScriptURL: (own) => own });
  return policy.createScriptURL(url);
}
