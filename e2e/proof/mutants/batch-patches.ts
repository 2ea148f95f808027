/** The patches of one run: those of its mutants, what they share, and, without limits, what else keeps them out. */

import type { Patch } from '../copy/patch.js';
import type { PlantedMutant } from './batches.js';
import { consoleKit, sealedConsoleKit, unsealedSnapshots } from './browser-plant.js';
import { attemptKit } from './live-plant.js';
import type { Planting } from './mutant.js';

export function patchesOf(
  batch: readonly PlantedMutant[],
  planting: Omit<Planting, 'slice'>,
  limits: 'on' | 'off',
): readonly Patch[] {
  const own = batch.flatMap(({ mutant, slice }) => {
    const given = { ...planting, slice };
    return [...mutant.patches(given), ...(limits === 'off' ? (mutant.lifted?.(given) ?? []) : [])];
  });
  const unsealed = batch.some(({ mutant }) => mutant.plants === 'plaintext');
  const kit = [attemptKit, ...(unsealed ? [consoleKit, ...unsealedSnapshots] : [sealedConsoleKit])];
  return distinct([...kit, ...own]);
}

/** What several mutants need stands there once. */
function distinct(patches: readonly Patch[]): readonly Patch[] {
  const known = new Map(patches.map((patch) => [JSON.stringify(patch), patch]));
  return [...known.values()];
}
