/** What a call that is sealed from end to end needs besides: loaded for those alone. */

import type { CallSealing, CallSealingStart } from '@alongside/frames';
import { startCallSealing } from '@alongside/frames';

export function startSealing(
  start: Omit<CallSealingStart, 'party' | 'spawn'>,
): Promise<CallSealing | undefined> {
  const spawn = (): Worker => new Worker(new URL('./sealing-worker.ts', import.meta.url), { type: 'module' });
  return startCallSealing({ ...start, party: 'agent', spawn });
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

/** The console takes scripts by trusted addresses alone. Named as the browser's own, by which the build finds workers. */
class Worker extends globalThis.Worker {
  constructor(address: URL, options: WorkerOptions) {
    super(trusted(address.href), options);
  }
}

function trusted(address: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  const policy = types?.createPolicy('alongside-call', {
    createScriptURL: (url) => {
      if (new URL(url).origin !== location.origin)
        throw new TypeError('A worker comes from the console itself.');
      return url;
    },
  });
  return policy?.createScriptURL(address) ?? address;
}
