/** Everything that makes a proof a violated one, each by its name: where there is one, the result says so. */

import type { ProofReport } from '../../../server/src/http/proof/proof-report.js';
import type { Finding } from '../finding.js';
import type { Verdict } from '../mutants/matrix.js';
import { describeTrace } from './describe-trace.js';
import { isShown, judgeControls, unproven } from './judge-controls.js';
import type { CleanRun, LimitShown, ProofOutcome } from './proof-outcome.js';
import { shortened } from './shortened.js';
import { lacking, silent } from './whole-proof.js';

export const REGISTERED_SHARE = 0.95;
const NOT_HERE = 'not here';

type Violation = ProofReport['violations'][number];

export function violationsOf(outcome: ProofOutcome): readonly Violation[] {
  const { form, runs, mutants, limits, refusals, faults } = outcome;
  const all: readonly Violation[] = [
    ...runs.flatMap((run) => [...inRun(run), ...silent(run, form).map((detector) => mute(run, detector))]),
    ...mutants
      .filter(({ verdict }) => verdict !== 'not run' && !isKilled(verdict))
      .map(({ name, detector, verdict }) => ({ run: 'mutants', detector, place: name, trace: verdict })),
    ...limits.filter(isMissing).map(({ name }) => of('limit', name, 'it is not in force')),
    ...refusals
      .filter(({ refused }) => !refused)
      .map(({ process, what }) => of('start-up', process, `it did not refuse to start with ${what}`)),
    ...lacking(outcome).map((what) => of('fault', '', what)),
    ...faults.map((fault) => of('fault', '', fault)),
  ];
  return all.map(({ run, detector, place, trace }) => ({
    run,
    detector,
    place: shortened(place),
    trace: shortened(trace),
  }));
}

/** What this machine cannot set is a part that was not run; what it could and has not is a fault. */
export function isMissing({ inForce, reason = '' }: LimitShown): boolean {
  return !inForce && !reason.startsWith(NOT_HERE);
}

export function isKilled(verdict: Verdict): boolean {
  return verdict === 'caught and stopped' || verdict === 'caught, and nothing stops it';
}

export function isRegistered({ sentFrames, registeredFrames }: CleanRun): boolean {
  return sentFrames > 0 && registeredFrames >= sentFrames * REGISTERED_SHARE;
}

function inRun(run: CleanRun): readonly Violation[] {
  const { name, detections, faults, registeredFrames, sentFrames } = run;
  const found = ({ detector, place, trace }: Finding): Violation => ({
    ...{ run: name, detector, place },
    trace: describeTrace(trace),
  });
  const engagement = (trace: string): Violation => ({ run: name, detector: 'engagement', place: '', trace });
  return [
    ...detections.flatMap(({ findings }) => findings.map(found)),
    ...faults.map(engagement),
    ...(isRegistered(run)
      ? []
      : [engagement(`only ${registeredFrames} of ${sentFrames} frames were registered`)]),
    ...unproven(run).map((detector) => ({
      ...{ run: name, detector, place: '' },
      trace: 'nothing was planted that it has to find',
    })),
    ...judgeControls(run)
      .filter((control) => !isShown(control))
      .map(({ name: control, missedBy, wronglyFoundBy }) => ({
        ...{ run: name, detector: [...missedBy, ...wronglyFoundBy].join(', '), place: '' },
        trace: `the control ${control} was not found as it has to be`,
      })),
  ];
}

function mute({ name }: CleanRun, detector: string): Violation {
  return { run: name, detector, place: '', trace: 'it did not look, and nothing says why' };
}

function of(detector: string, place: string, trace: string): Violation {
  return { run: '', detector, place, trace };
}
