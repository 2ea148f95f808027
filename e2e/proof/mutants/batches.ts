/** Which mutants share a run: those that leave the service alive, and few enough for each to have frames. */

import type { Mutant, Slice } from './mutant.js';

export interface PlantedMutant {
  readonly mutant: Mutant;
  readonly slice: Slice;
}

/** A short engagement has a hundred frames of the stream and more: so many mutants have eight each. */
const IN_ONE_RUN = 14;

export function batchesOf(mutants: readonly Mutant[]): readonly (readonly PlantedMutant[])[] {
  const alone = mutants.filter((mutant) => mutant.alone === true);
  const apart = mutants.filter(isApart);
  const withCall = mutants.filter(({ plants }) => plants === 'media');
  const own = new Set([...alone, ...apart, ...withCall]);
  const together = mutants.filter((mutant) => !own.has(mutant));
  const batches: (readonly Mutant[])[] = [];
  const count = Math.ceil(together.length / IN_ONE_RUN);
  for (let batch = 0; batch < count; batch += 1) {
    batches.push(together.filter((_, index) => index % count === batch));
  }
  const shared = [...batches, withCall, apart].filter((batch) => batch.length > 0);
  return [...shared, ...alone.map((mutant) => [mutant])].map(inSlices);
}

/** Some detectors look at a medium and a network that nobody else uses: their mutants share a run set apart. */
export function isApart({ needs = [] }: Mutant): boolean {
  return needs.includes('arena');
}

/** One class more than there are mutants: what nobody takes must be found nowhere. */
function inSlices(mutants: readonly Mutant[]): readonly PlantedMutant[] {
  const of = mutants.length + 1;
  return mutants.map((mutant, own) => ({ mutant, slice: { own, of } }));
}
