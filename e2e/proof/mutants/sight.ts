/** How well the detectors of a run with mutants saw: what they could not look at, and what they must have found. */

import type { Control } from '../control.js';
import type { Detection, PartNotRun } from '../detection.js';
import type { DetectorName } from '../finding.js';
import type { ScanGaps } from '../scan/not-looked-at.js';
import { notLookedAt } from '../scan/not-looked-at.js';

/** Named as in any other run, and with places as they lie below `root`: a report tells each part once. */
export function partsOfSight(
  detections: readonly Detection[],
  scanner: ScanGaps,
  root: string,
): readonly PartNotRun[] {
  const shown = (text: string) => text.replaceAll(`${root}/`, '');
  const all = [...detections.flatMap(({ partsNotRun }) => partsNotRun), ...notLookedAt(scanner)];
  return all.map(({ part, reason }) => ({ part: shown(part), reason: shown(reason) }));
}

/** What was said to be stored and is not found by a detector that looked: what it says of the mutants counts for nothing. */
export function missedControls(
  controls: readonly Control[],
  detections: readonly Detection[],
  controlsFound: ReadonlyMap<string, ReadonlySet<DetectorName>>,
): readonly string[] {
  const looked = new Set(
    detections.filter(({ looked: began }) => began !== false).map(({ detector }) => detector),
  );
  return controls.flatMap(({ name, foundBy }) => {
    const asked = foundBy.filter((detector) => looked.has(detector));
    if (asked.length === 0) return [`Nobody looked for the control: ${name}.`];
    return asked
      .filter((detector) => controlsFound.get(name)?.has(detector) !== true)
      .map((detector) => `The control was missed by ${detector}: ${name}.`);
  });
}
