/** Starts the sealing worker from an inlined blob, through a Trusted Types policy where the page demands one. */

/// <reference path="./sealing-worker.d.ts" />

import { sealingWorkerSource } from 'alongside:sealing-worker';
import type { EngineWorker } from '@alongside/frames';

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

let policy: { createScriptURL(url: string): string } | undefined;

/** A policy can be made once only; a page that names others throws here, and the page's thread does the work. */
function trusted(url: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (types === undefined) return url;
  policy ??= types.createPolicy('alongside', { createScriptURL: (own) => own });
  return policy.createScriptURL(url);
}

export function spawnSealingWorker(): EngineWorker {
  const url = URL.createObjectURL(new Blob([sealingWorkerSource], { type: 'text/javascript' }));
  try {
    return new Worker(trusted(url), { name: 'alongside' });
  } finally {
    // The worker has its own copy of the address by then.
    URL.revokeObjectURL(url);
  }
}
