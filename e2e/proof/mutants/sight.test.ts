/** What counts against the sight of a run's detectors. */

import { expect, test } from 'vitest';
import type { Control } from '../control.js';
import type { Detection } from '../detection.js';
import type { DetectorName } from '../finding.js';
import { missedControls, partsOfSight } from './sight.js';

const seen = (detector: DetectorName, given: Partial<Detection> = {}): Detection => ({
  ...{ detector, findings: [], bytesScanned: 1, partsNotRun: [] },
  ...given,
});
const line: Control = { name: 'chat line', token: 'x', foundBy: ['sql', 'wal', 'image'], hiddenFrom: [] };

test('What a detector could not look at is handed on, without the folder of the run', () => {
  const detections = [
    seen('files', { partsNotRun: [{ part: 'files: /run/of/data/a', reason: 'it cannot be read' }] }),
  ];
  const note = { detector: 'logs', place: '/run/of/logs/b', note: 'was gone' } as const;
  expect(partsOfSight(detections, { notes: [note], unsearchable: 2, leftOut: 0 }, '/run/of')).toEqual([
    { part: 'files: data/a', reason: 'it cannot be read' },
    { part: 'logs: logs/b', reason: 'was gone' },
    {
      part: 'sealed bodies and keys: all of them',
      reason: '2 are too short to be told from chance',
    },
  ]);
});

test('A control is asked of every detector that looked, and of one at least', () => {
  const looked = [seen('sql'), seen('wal'), seen('image', { looked: false })];
  const foundBy = (...detectors: DetectorName[]) => new Map([['chat line', new Set(detectors)]]);
  expect(missedControls([line], looked, foundBy('sql', 'wal'))).toEqual([]);
  expect(missedControls([line], looked, foundBy('sql'))).toEqual([
    'The control was missed by wal: chat line.',
  ]);
  expect(missedControls([line], looked, new Map())).toHaveLength(2);
  expect(missedControls([line], [seen('dumps')], foundBy())).toEqual([
    'Nobody looked for the control: chat line.',
  ]);
});
