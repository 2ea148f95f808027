/** What a call that is sealed from end to end needs besides: loaded for those alone. */

import type { CallSealing, CallSealingStart } from '@alongside/frames';
import { startCallSealing } from '@alongside/frames';
import { Worker } from './trusted-worker.js';

export function startSealing(
  start: Omit<CallSealingStart, 'party' | 'spawn'>,
): Promise<CallSealing | undefined> {
  const spawn = (): globalThis.Worker =>
    new Worker(new URL('./sealing-worker.ts', import.meta.url), { type: 'module' });
  return startCallSealing({ ...start, party: 'agent', spawn });
}
