/** Counts a proof like tests are counted: each control, detector, mutant in each pass, limit and refusal is one. */

import type { Detection } from '../detection.js';
import type { Finding } from '../finding.js';
import { describeTrace } from './describe-trace.js';
import { isShown, judgeControls, unproven } from './judge-controls.js';
import type { CleanRun, ProofOutcome } from './proof-outcome.js';
import { isMissing, isRegistered } from './violations.js';
import { lacking, silent } from './whole-proof.js';

export interface Counted {
  readonly what: string;
  readonly passed: boolean;
  /** Why not, for a person. */
  readonly because: string;
}

export function countProof(outcome: ProofOutcome): readonly Counted[] {
  return [
    ...outcome.refusals.map(({ what, process, refused }) =>
      counted(`${process} refuses to start with ${what}`, refused, 'it started'),
    ),
    ...outcome.limits.map((limit) =>
      counted(`limit: ${limit.name}`, !isMissing(limit), limit.reason ?? 'it is not in force'),
    ),
    ...lacking(outcome).map((what) => counted('the proof is whole', false, what)),
    ...outcome.runs.flatMap((run) => [
      ...countRun(run),
      ...silent(run, outcome.form).map((detector) =>
        counted(`${run.name}: ${detector} has looked`, false, 'it did not, and nothing says why'),
      ),
    ]),
    ...outcome.mutants.flatMap((row) => {
      if (row.verdict === 'not run') return [];
      const caught = row.foundBy.includes(row.detector);
      const off = counted(`${row.name} is caught without limits`, caught, `${row.detector} did not see it`);
      if (row.stopped === undefined) {
        return [off, counted(`${row.name} was tried with limits`, row.attempted.on, 'it never tried')];
      }
      return [off, counted(`${row.name} is stopped by a ${row.stoppedBy}`, row.stopped, row.verdict)];
    }),
    ...outcome.faults.map((fault) => counted('the runs prove something', false, fault)),
  ];
}

function countRun(run: CleanRun): readonly Counted[] {
  const { name, detections, faults } = run;
  const share = `${run.registeredFrames} of ${run.sentFrames}`;
  return [
    counted(`${name}: the frames are known`, isRegistered(run), `only ${share} were registered`),
    counted(`${name}: the engagement went as it must`, faults.length === 0, faults.join(' ')),
    ...byDetector(detections).map(([detector, findings]) =>
      counted(
        `${name}: ${detector} finds nothing`,
        findings.length === 0,
        findings
          .slice(0, 5)
          .map(({ place, trace }) => `${describeTrace(trace)} in ${place}`)
          .join('; '),
      ),
    ),
    ...unproven(run).map((detector) =>
      counted(`${name}: ${detector} has something to find`, false, 'nothing was planted for it'),
    ),
    ...judgeControls(run).map((control) =>
      counted(
        `${name}: control ${control.name}`,
        isShown(control),
        `missed by ${control.missedBy.join(', ') || 'nobody'}; seen by ${control.wronglyFoundBy.join(', ') || 'nobody'} that cannot`,
      ),
    ),
  ];
}

/** A detector may have looked more than once. */
function byDetector(detections: readonly Detection[]): readonly (readonly [string, readonly Finding[]])[] {
  const found = new Map<string, readonly Finding[]>();
  for (const { detector, findings } of detections.filter(({ looked }) => looked !== false)) {
    found.set(detector, [...(found.get(detector) ?? []), ...findings]);
  }
  return [...found];
}

function counted(what: string, passed: boolean, because: string): Counted {
  return { what, passed, because: passed ? '' : because };
}
