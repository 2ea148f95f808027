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

/** A control is asked of the detectors that took part in the run. */
export function judgeControls(run: CleanRun): readonly ControlJudged[] {
  const looked = new Set(run.detections.map(({ detector }) => detector));
  return run.controls.map(({ name, foundBy, hiddenFrom, seenBy }) => {
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
