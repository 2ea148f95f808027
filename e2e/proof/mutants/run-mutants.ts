/** Runs every mutant with limits and without, and hands back the matrix. */

import type { PartNotRun } from '../detection.js';
import type { PlantedMutant } from './batches.js';
import { batchesOf, isApart } from './batches.js';
import { missingNeeds, reasons } from './machine-needs.js';
import type { Matrix, MatrixRow, Shown } from './matrix.js';
import { matrixOf, rowNotRun, rowOf } from './matrix.js';
import type { Mutant, Need } from './mutant.js';
import { mutants } from './mutants.js';
import type { MutantsOptions } from './mutants-options.js';
import type { PassShown } from './play-pass.js';
import { playPass } from './play-pass.js';

export interface MutantsResult {
  readonly matrix: Matrix;
  readonly partsNotRun: readonly PartNotRun[];
  /** What makes a run prove nothing, or a leak that no mutant made. */
  readonly faults: readonly string[];
}

export async function runMutants(options: MutantsOptions): Promise<MutantsResult> {
  const { form, only } = options;
  const chosen = mutants.filter(({ name, short }) => only?.includes(name) ?? (form === 'full' || short));
  const missing = new Set(await missingNeeds(options.mediaWorkerBin));
  if (options.playApart === undefined) missing.add('arena');
  const isMissing = (mutant: Mutant) => (mutant.needs ?? []).filter((need) => missing.has(need));
  const notRun = chosen.filter((mutant) => isMissing(mutant).length > 0);
  const batches = batchesOf(chosen.filter((mutant) => isMissing(mutant).length === 0));
  const rows: MatrixRow[] = notRun.map((mutant) => rowNotRun(mutant, isMissing(mutant)));
  const faults: string[] = [];
  const partsNotRun: PartNotRun[] = partsOf(notRun, isMissing);
  for (const [index, batch] of batches.entries()) {
    const passes = await bothPasses(options, batch, `${index + 1} of ${batches.length}`);
    for (const { mutant } of batch) {
      const { off, on } = passes;
      rows.push(rowOf(mutant, off.shown[mutant.name] ?? nothing, on.shown[mutant.name] ?? nothing));
    }
    for (const [limits, pass] of Object.entries(passes)) {
      faults.push(...pass.faults.map((fault) => `Mutants ${index + 1}, limits ${limits}: ${fault}`));
      partsNotRun.push(...pass.partsNotRun);
    }
  }
  const order = new Map(mutants.map(({ name }, at) => [name, at]));
  rows.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  return { matrix: matrixOf(rows), partsNotRun, faults };
}

const nothing: Shown = { attempted: false, answered: true, codes: [], foundBy: [], broke: [] };

/** A detector of which no mutant could be run has not been shown to see anything planted, and is named for itself. */
function partsOf(notRun: readonly Mutant[], isMissing: (mutant: Mutant) => readonly Need[]): PartNotRun[] {
  const why = (mutant: Mutant) =>
    isMissing(mutant)
      .map((need) => reasons[need])
      .join('; ');
  const blind = new Map(notRun.filter(isApart).map((mutant) => [mutant.detector, why(mutant)]));
  return [
    ...notRun.map((mutant) => ({ part: `mutant ${mutant.name}`, reason: why(mutant) })),
    ...[...blind].map(([detector, reason]) => ({ part: `mutants: what ${detector} has to see`, reason })),
  ];
}

async function bothPasses(
  options: MutantsOptions,
  batch: readonly PlantedMutant[],
  number: string,
): Promise<{ readonly off: PassShown; readonly on: PassShown }> {
  const names = batch.map(({ mutant }) => mutant.name);
  const play = async (limits: 'on' | 'off'): Promise<PassShown> => {
    options.onProgress?.(`mutants ${number}, limits ${limits}: ${names.join(', ')}`);
    const name = `mutants-${number.split(' ')[0]}-${limits}`;
    if (!batch.some(({ mutant }) => isApart(mutant))) return playPass(options, batch, { limits, name });
    if (options.playApart === undefined) throw new Error('Nobody sets these mutants apart.');
    return options.playApart({ names, limits, name }).catch((error: unknown) => ({
      shown: {},
      // The words of an error may quote the page; the report gets its name alone.
      faults: [`The run set apart broke off with ${error instanceof Error ? error.name : 'something'}.`],
      partsNotRun: [],
    }));
  };
  const off = await play('off');
  return { off, on: await play('on') };
}
