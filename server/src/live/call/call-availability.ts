/** How calls stand, as it is told: by what became of the worker's program, and then by how its workers keep. */

import type { CallAvailability } from '@alongside/protocol';
import type { PoolState } from './media-worker-pool.js';

/** How the worker's program stands; told whenever it changes. */
export type MediaProgram =
  | { readonly state: 'building'; readonly done?: number | undefined; readonly total?: number | undefined }
  | { readonly state: 'ready'; readonly bin: string }
  | { readonly state: 'unavailable'; readonly remedy?: string | undefined };

export const noWorker: CallAvailability = {
  state: 'unavailable',
  remedy: 'The media worker does not keep running.',
};

export function availabilityWith(pool: PoolState): CallAvailability {
  if (pool.state === 'usable') return { state: 'ready' };
  return pool.state === 'paused' ? pool : noWorker;
}

export function availabilityOf(program: Exclude<MediaProgram, { state: 'ready' }>): CallAvailability {
  if (program.state === 'unavailable') {
    const { remedy } = program;
    return remedy === undefined ? { state: 'unavailable' } : { state: 'unavailable', remedy };
  }
  const { done: finished, total } = program;
  return {
    state: 'building',
    ...(finished === undefined ? {} : { done: finished }),
    ...(total === undefined ? {} : { total }),
  };
}
