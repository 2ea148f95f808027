/** What was stored on purpose: which detectors found it, which did not, and which should not have been able to. */

import type { DetectorName } from '../finding.js';
import type { CleanRun } from './proof-outcome.js';

export interface ControlJudged {
  readonly run: string;
  readonly name: string;
  readonly foundBy: readonly DetectorName[];
  readonly missedBy: readonly DetectorName[];
  /** A compressed value that a raw search sees is no control of the search that takes it apart. */
  readonly wronglyFoundBy: readonly DetectorName[];
}

/** A control is asked of the detectors that looked in the run; one that none of them claims to see, of nobody. */
export function judgeControls(run: CleanRun): readonly ControlJudged[] {
  const looked = detectorsOf(run);
  return run.controls
    .filter(({ foundBy }) => foundBy.some((detector) => looked.has(detector)))
    .map(({ name, foundBy, hiddenFrom, seenBy }) => {
      const found = new Set(seenBy);
      return {
        run: run.name,
        name,
        foundBy: [...found].sort(),
        missedBy: foundBy.filter((detector) => looked.has(detector) && !found.has(detector)),
        wronglyFoundBy: hiddenFrom.filter((detector) => found.has(detector)),
      };
    });
}

export function isShown({ foundBy, missedBy, wronglyFoundBy }: ControlJudged): boolean {
  return foundBy.length > 0 && missedBy.length === 0 && wronglyFoundBy.length === 0;
}

/** Detectors that looked and were given nothing that they have to find: what they say counts for nothing. */
export function unproven(run: CleanRun): readonly DetectorName[] {
  const asked = new Set(run.controls.flatMap(({ foundBy }) => foundBy));
  return [...detectorsOf(run)].filter((detector) => !asked.has(detector)).sort();
}

function detectorsOf({ detections }: CleanRun): ReadonlySet<DetectorName> {
  return new Set(detections.filter(({ looked }) => looked !== false).map(({ detector }) => detector));
}
