/** The matrix of mutants and detectors: who saw each planted leak, and whether the limits kept it out. */

import type { DetectorName, Finding } from '../finding.js';
import type { Mutant, Need, StoppedBy } from './mutant.js';

/** What one pass showed of one mutant. */
export interface Shown {
  /** It tried, or it refused to start where that is what stops it. */
  readonly attempted: boolean;
  /** Every attempt came to an end: one that hangs has neither leaked nor been stopped. */
  readonly answered: boolean;
  /** Codes with which its attempts ended: of errors, or `done`. */
  readonly codes: readonly string[];
  readonly foundBy: readonly DetectorName[];
  /** Rules of the system that it has broken. */
  readonly broke: readonly string[];
}

export type Verdict =
  | 'caught and stopped'
  | 'caught, and nothing stops it'
  | 'not caught'
  | 'caught, but not stopped'
  | 'stopped by something else'
  | 'never tried'
  | 'no answer'
  | 'not run';

export interface MatrixRow {
  readonly name: string;
  readonly title: string;
  readonly place: Mutant['place'];
  readonly plants: Mutant['plants'];
  readonly detector: DetectorName;
  /** Others that have to see it as well. */
  readonly alsoBy: readonly DetectorName[];
  readonly stoppedBy: StoppedBy;
  /** Every detector that saw it in the pass without limits. */
  readonly foundBy: readonly DetectorName[];
  /** In the pass with limits; undefined for what is only detected. */
  readonly stopped: boolean | undefined;
  readonly attempted: { readonly off: boolean; readonly on: boolean };
  /** How its attempts ended in the pass with limits. */
  readonly codes: readonly string[];
  readonly verdict: Verdict;
  /** What this machine has not, where it was not run. */
  readonly missing: readonly Need[];
}

export interface Matrix {
  readonly rows: readonly MatrixRow[];
  /** Of those that were run. */
  readonly judged: number;
  readonly asWanted: number;
  /** Every mutant that was run was caught, and stopped where something has to stop it. */
  readonly complete: boolean;
}

/** What is on its way is no store: a stopped leak may still have been seen there. */
const ON_ITS_WAY: ReadonlySet<DetectorName> = new Set(['writes', 'network', 'file-events', 'start-up']);

export function rowOf(mutant: Mutant, off: Shown, on: Shown): MatrixRow {
  const { name, title, place, plants, detector, alsoBy = [], stoppedBy } = mutant;
  const stop = stopOf(mutant, on);
  const stopped = stoppedBy === 'detected only' ? undefined : stop === 'as it must';
  return {
    ...{ name, title, place, plants, detector, alsoBy, stoppedBy, stopped },
    foundBy: off.foundBy,
    attempted: { off: off.attempted, on: on.attempted },
    codes: on.codes,
    verdict: verdictOf(mutant, { off, on, stop }),
    missing: [],
  };
}

export function rowNotRun(mutant: Mutant, missing: readonly Need[]): MatrixRow {
  const { name, title, place, plants, detector, alsoBy = [], stoppedBy } = mutant;
  return {
    ...{ name, title, place, plants, detector, alsoBy, stoppedBy, missing },
    foundBy: [],
    stopped: undefined,
    attempted: { off: false, on: false },
    codes: [],
    verdict: 'not run',
  };
}

export function matrixOf(rows: readonly MatrixRow[]): Matrix {
  const judged = rows.filter(({ verdict }) => verdict !== 'not run');
  const asWanted = judged.filter(
    ({ verdict }) => verdict === 'caught and stopped' || verdict === 'caught, and nothing stops it',
  );
  return {
    rows,
    judged: judged.length,
    asWanted: asWanted.length,
    complete: judged.length > 0 && asWanted.length === judged.length,
  };
}

type Stop = 'as it must' | 'not at all' | 'by something else';

/** That nothing is found is not enough: something other than what is named may have kept it from leaking. */
function stopOf({ detector, stopsWith = [] }: Mutant, on: Shown): Stop {
  const isKept = on.foundBy.some((found) => found === detector || !ON_ITS_WAY.has(found));
  if (isKept || on.broke.length > 0 || !on.attempted || !on.answered) return 'not at all';
  const isExpected = on.codes.length > 0 && on.codes.every((code) => stopsWith.includes(code));
  return isExpected ? 'as it must' : 'by something else';
}

/** What passes on its way to a leak is seen as well: a broken rule has to be seen as such. */
function isCaught({ detector, alsoBy = [], breaks = [] }: Mutant, off: Shown): boolean {
  return (
    [detector, ...alsoBy].every((each) => off.foundBy.includes(each)) &&
    breaks.every(({ rule }) => off.broke.includes(rule))
  );
}

function verdictOf(
  mutant: Mutant,
  { off, on, stop }: { readonly off: Shown; readonly on: Shown; readonly stop: Stop },
): Verdict {
  if (!off.attempted || !on.attempted) return 'never tried';
  if (!off.answered || !on.answered) return 'no answer';
  if (!isCaught(mutant, off)) return 'not caught';
  if (mutant.stoppedBy === 'detected only') return 'caught, and nothing stops it';
  if (stop === 'as it must') return 'caught and stopped';
  return stop === 'not at all' ? 'caught, but not stopped' : 'stopped by something else';
}

/** The rules that are broken in them, each once. */
export function rulesOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ trace }) => (trace.kind === 'rule' ? [trace.rule] : [])))].sort();
}

/** Findings by mutant come from `findingsOf`; here only their detectors count. */
export function detectorsOf(findings: readonly Finding[]): readonly DetectorName[] {
  return [...new Set(findings.map(({ detector }) => detector))].sort();
}
