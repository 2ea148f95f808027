/** One pass of a batch, with limits or without: what it has shown of each mutant, in words that hold no token. */

import { basename } from 'node:path';
import type { PartNotRun } from '../detection.js';
import { findingsOf, mediaOfNobody, rulesBrokenByNobody } from './attribution.js';
import type { PlantedMutant } from './batches.js';
import type { Shown } from './matrix.js';
import { detectorsOf, rulesOf } from './matrix.js';
import type { Mutant } from './mutant.js';
import type { MutantRun } from './mutant-run.js';
import { runBatch } from './mutant-run.js';
import type { MutantsOptions } from './mutants-options.js';
import { hasAnswered, untold } from './told.js';

export interface PassShown {
  /** By the name of the mutant. */
  readonly shown: Readonly<Record<string, Shown>>;
  /** What makes it prove nothing, or a leak that no mutant made. */
  readonly faults: readonly string[];
  readonly partsNotRun: readonly PartNotRun[];
}

export async function playPass(
  options: MutantsOptions,
  batch: readonly PlantedMutant[],
  pass: { readonly limits: 'on' | 'off'; readonly name: string },
): Promise<PassShown> {
  const run = await runBatch(options, batch, pass);
  return {
    shown: Object.fromEntries(batch.map((planted) => [planted.mutant.name, shown(planted, run)])),
    faults: [...run.faults, ...strays(batch, run), ...(pass.limits === 'on' ? broken(batch, run) : [])],
    partsNotRun: run.partsNotRun,
  };
}

function shown(planted: PlantedMutant, run: MutantRun): Shown {
  const { mutant } = planted;
  const found = findingsOf(planted, run.findings, run.wanted);
  const told = run.told.get(mutant.name) ?? untold;
  const refused = run.refusedStart && mutant.refusesStart === true;
  return {
    // What a browser does is told by what is found of it alone.
    attempted: refused || told.begun > 0 || found.length > 0,
    answered: hasAnswered(told),
    codes: refused ? ['refusesStart'] : [...told.codes].sort(),
    foundBy: detectorsOf(found),
    broke: rulesOf(found),
  };
}

/**
 * Sealed frames of the class that no mutant takes: they would be a leak of the product itself. A core holds whatever
 * was in memory, which is why nothing may write one; what it holds is no leak of its own.
 */
function strays(batch: readonly PlantedMutant[], run: MutantRun): readonly string[] {
  const of = batch.length + 1;
  const nobodys = { mutant: unplanted, slice: { own: of - 1, of } };
  const dumped = batch.some(({ mutant }) => mutant.detector === 'dumps');
  const dumps = new Set(
    run.findings.filter(({ detector }) => dumped && detector === 'dumps').map(({ place }) => basename(place)),
  );
  const found = [
    ...findingsOf(nobodys, run.findings, run.wanted),
    ...mediaOfNobody(
      batch.map(({ mutant }) => mutant),
      run.findings,
    ),
  ].filter(({ place }) => !dumps.has(basename(place)));
  return detectorsOf(found).map((detector) => `a frame that no mutant took was found (${detector})`);
}

/** Rules of the system, with limits on. */
function broken(batch: readonly PlantedMutant[], run: MutantRun): readonly string[] {
  const all = rulesBrokenByNobody(
    batch.map(({ mutant }) => mutant),
    run.findings,
  );
  const told = all.map(({ detector, place, trace }) =>
    trace.kind === 'rule' ? `${detector}: ${trace.rule}: ${place}` : detector,
  );
  return [...new Set(told)];
}

const unplanted: Mutant = {
  name: 'nobody',
  title: '',
  place: 'live',
  plants: 'sealed',
  detector: 'files',
  stoppedBy: 'detected only',
  short: false,
  patches: () => [],
};
