/** What a scanner did not look at to its end, or could not look for, as parts of a run that were not run. */

import type { PartNotRun } from '../detection.js';
import type { Scanner } from './scanner.js';

export type ScanGaps = Pick<Scanner, 'notes' | 'unsearchable' | 'leftOut'>;

export function notLookedAt({ notes, unsearchable, leftOut }: ScanGaps): readonly PartNotRun[] {
  const parts = notes.map(({ detector, place, note }) => ({
    part: `${detector}: ${place}`,
    reason: note,
  }));
  const sought: readonly (readonly [number, string])[] = [
    [unsearchable, 'are too short to be told from chance'],
    [leftOut, 'repeat so much that a whole one could be missed'],
  ];
  const left = sought
    .filter(([count]) => count > 0)
    .map(([count, why]) => ({ part: 'sealed bodies and keys: all of them', reason: `${count} ${why}` }));
  return [...parts, ...left];
}
