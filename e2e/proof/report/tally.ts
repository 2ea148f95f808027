/** Counts a proof like tests are counted: each control, detector, mutant in each pass, limit and refusal is one. */

import { isRegistered } from './assemble-report.js';
import { describeTrace } from './describe-trace.js';
import { isShown, judgeControls } from './judge-controls.js';
import type { CleanRun, ProofOutcome } from './proof-outcome.js';

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
    ...outcome.limits.map(({ name, inForce, reason = 'it is not in force' }) =>
      // What a machine cannot do is named as not run; it is no failure of the program.
      counted(`limit: ${name}`, inForce || reason.startsWith('not here'), reason),
    ),
    ...outcome.runs.flatMap(countRun),
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
    ...detections.map(({ detector, findings }) =>
      counted(
        `${name}: ${detector} finds nothing`,
        findings.length === 0,
        findings
          .slice(0, 5)
          .map(({ place, trace }) => `${describeTrace(trace)} in ${place}`)
          .join('; '),
      ),
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

function counted(what: string, passed: boolean, because: string): Counted {
  return { what, passed, because: passed ? '' : because };
}
