/** Runs every mutant with limits and without, and hands back the matrix. */

import { basename } from 'node:path';
import type { PartNotRun } from '../detection.js';
import { findingsOf, mediaOfNobody } from './attribution.js';
import type { PlantedMutant } from './batches.js';
import { batchesOf } from './batches.js';
import { missingNeeds, reasons } from './machine-needs.js';
import type { Matrix, MatrixRow, Shown } from './matrix.js';
import { detectorsOf, matrixOf, rowNotRun, rowOf } from './matrix.js';
import type { Mutant } from './mutant.js';
import type { MutantRun } from './mutant-run.js';
import { runBatch } from './mutant-run.js';
import { mutants } from './mutants.js';
import type { MutantsOptions } from './mutants-options.js';

export interface MutantsResult {
  readonly matrix: Matrix;
  readonly partsNotRun: readonly PartNotRun[];
  /** What makes a run prove nothing, or a leak that no mutant made. */
  readonly faults: readonly string[];
}

export async function runMutants(options: MutantsOptions): Promise<MutantsResult> {
  const { form, only } = options;
  const chosen = mutants.filter(({ name, short }) => only?.includes(name) ?? (form === 'full' || short));
  const missing = await missingNeeds(options.mediaWorkerBin);
  const isMissing = (mutant: Mutant) => (mutant.needs ?? []).filter((need) => missing.has(need));
  const notRun = chosen.filter((mutant) => isMissing(mutant).length > 0);
  const batches = batchesOf(chosen.filter((mutant) => isMissing(mutant).length === 0));
  const rows: MatrixRow[] = notRun.map((mutant) => rowNotRun(mutant, isMissing(mutant)));
  const faults: string[] = [];
  for (const [index, batch] of batches.entries()) {
    const runs = await bothPasses(options, batch, `${index + 1} of ${batches.length}`);
    for (const planted of batch)
      rows.push(rowOf(planted.mutant, shown(planted, runs.off), shown(planted, runs.on)));
    for (const [limits, run] of Object.entries(runs)) {
      faults.push(
        ...[...run.faults, ...strays(batch, run)].map(
          (fault) => `Mutants ${index + 1}, limits ${limits}: ${fault}`,
        ),
      );
    }
  }
  const order = new Map(mutants.map(({ name }, at) => [name, at]));
  rows.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  const partsNotRun = notRun.map((mutant) => ({
    part: `mutant ${mutant.name}`,
    reason: isMissing(mutant)
      .map((need) => reasons[need])
      .join('; '),
  }));
  return { matrix: matrixOf(rows), partsNotRun, faults };
}

async function bothPasses(
  options: MutantsOptions,
  batch: readonly PlantedMutant[],
  number: string,
): Promise<{ readonly off: MutantRun; readonly on: MutantRun }> {
  const run = async (limits: 'on' | 'off') => {
    options.onProgress?.(
      `mutants ${number}, limits ${limits}: ${batch.map(({ mutant }) => mutant.name).join(', ')}`,
    );
    return runBatch(options, batch, { limits, name: `mutants-${number.split(' ')[0]}-${limits}` });
  };
  const off = await run('off');
  return { off, on: await run('on') };
}

function shown(planted: PlantedMutant, run: MutantRun): Shown {
  const { mutant } = planted;
  const found = findingsOf(planted, run.findings, run.wanted);
  const codes = [...(run.told.get(mutant.name) ?? [])].filter((code) => code !== 'attempted');
  const refused = run.refusedStart && mutant.refusesStart === true;
  return {
    // What a browser does is told by what is found of it alone.
    attempted: refused || run.told.has(mutant.name) || found.length > 0,
    codes: refused ? ['refusesStart'] : codes,
    foundBy: detectorsOf(found),
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
