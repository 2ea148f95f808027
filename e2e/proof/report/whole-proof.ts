/** What a proof of each form has to consist of: what is not in it has shown nothing, however clean the rest is. */

import type { DetectorName } from '../finding.js';
import { SHORT_DETECTORS } from '../short/short-detectors.js';
import type { CleanRun, ProofOutcome } from './proof-outcome.js';

export const SHORT_RUN = 'clean';
export const fullRuns = [
  'limits-on',
  'limits-off',
  'killed',
  'killed-off',
  'aborted',
  'handlers-throw',
  'statements-logged',
] as const;
export type FullRun = (typeof fullRuns)[number];

interface Whole {
  readonly runs: readonly string[];
  readonly leastMutants: number;
  readonly mostMutants: number;
  /** Those of the short form need nothing of the machine; of the others some may need what it has not. */
  readonly leastPlayed: number;
  readonly detectors: readonly DetectorName[];
}

const wholes: Readonly<Record<ProofOutcome['form'], Whole>> = {
  short: {
    runs: [SHORT_RUN],
    ...{ leastMutants: 12, mostMutants: 12, leastPlayed: 12 },
    detectors: [...SHORT_DETECTORS],
  },
  full: {
    runs: fullRuns,
    ...{ leastMutants: 28, mostMutants: Number.POSITIVE_INFINITY, leastPlayed: 12 },
    detectors: [...SHORT_DETECTORS, 'image', 'writes', 'network', 'file-events', 'memory-files'],
  },
};

/** What a machine that cannot set a run apart is told of; the detectors that need it are excused by that alone. */
const NOT_APART = ['arena: all writable media on one image', 'arena: mounts and network of its own'];
/** Whole parts, as the detectors name them: one that has looked at less than all of it has looked. */
const excuses: Readonly<Partial<Record<DetectorName, readonly string[]>>> = {
  image: NOT_APART,
  'file-events': NOT_APART,
  network: [...NOT_APART, 'network: a capture of every connection'],
  writes: ['writes: calls of the service’s processes'],
};

/** In words for a person; none where all of it is there. */
export function lacking({ form, runs, mutants, refusals, limits }: ProofOutcome): readonly string[] {
  const whole = wholes[form];
  const names = runs.map(({ name }) => name);
  const played = mutants.filter(({ verdict }) => verdict !== 'not run').length;
  const isCounted = mutants.length >= whole.leastMutants && mutants.length <= whole.mostMutants;
  return [
    ...whole.runs.filter((name) => !names.includes(name)).map((name) => `the run ${name} is missing`),
    ...(new Set(names).size === names.length ? [] : ['two runs have the same name']),
    ...(isCounted ? [] : [`it has ${mutants.length} mutants`]),
    ...(played >= whole.leastPlayed ? [] : [`only ${played} mutants were played`]),
    ...(refusals.length > 0 ? [] : ['no start was tried that has to be refused']),
    ...(limits.length > 0 ? [] : ['no limit was read']),
  ];
}

/** Detectors of the form that did not look in the run, and of which no part that was not run says why. */
export function silent(run: CleanRun, form: ProofOutcome['form']): readonly DetectorName[] {
  const looked = new Set(
    run.detections.filter((each) => each.looked !== false).map(({ detector }) => detector),
  );
  const parts = new Set(run.detections.flatMap(({ partsNotRun }) => partsNotRun.map(({ part }) => part)));
  return wholes[form].detectors.filter(
    (detector) => !looked.has(detector) && !excuses[detector]?.some((part) => parts.has(part)),
  );
}
