/** Outcomes as tests want them; none of it was ever measured. */

import type { MatrixRow } from '../mutants/matrix.js';
import type { CleanRun, ProofOutcome } from './proof-outcome.js';

export function exampleRun(more: Partial<CleanRun> = {}): CleanRun {
  return {
    name: 'clean',
    channels: [{ channel: 'text', sha256: 'a'.repeat(64) }],
    bodies: 120,
    keys: 4,
    sentFrames: 100,
    registeredFrames: 97,
    media: [{ what: 'voice sent by the visitor', pieces: 300, bytes: 24_000 }],
    controls: [
      { name: 'chat line', foundBy: ['sql', 'image'], hiddenFrom: ['logs'], seenBy: ['sql', 'wal'] },
      { name: 'deleted row', foundBy: ['files'], hiddenFrom: ['sql'], seenBy: ['files'] },
    ],
    detections: [
      { detector: 'sql', findings: [], bytesScanned: 1000, partsNotRun: [] },
      { detector: 'files', findings: [], bytesScanned: 2000, partsNotRun: [] },
      { detector: 'files', findings: [], bytesScanned: 500, partsNotRun: [] },
    ],
    partsNotRun: [],
    faults: [],
    notes: [],
    ...more,
  };
}

export function exampleRow(more: Partial<MatrixRow> = {}): MatrixRow {
  return {
    name: 'plain-file',
    title: 'Text of the page is written to a file',
    place: 'live',
    plants: 'plaintext',
    detector: 'files',
    stoppedBy: 'permission',
    foundBy: ['files'],
    stopped: true,
    attempted: { off: true, on: true },
    codes: ['ERR_ACCESS_DENIED'],
    verdict: 'caught and stopped',
    missing: [],
    ...more,
  };
}

export function exampleOutcome(more: Partial<ProofOutcome> = {}): ProofOutcome {
  return {
    form: 'short',
    runs: [exampleRun()],
    mutants: [
      exampleRow(),
      exampleRow({
        name: 'console-log',
        title: 'A frame is printed',
        stoppedBy: 'detected only',
        detector: 'logs',
        foundBy: ['logs'],
        stopped: undefined,
        verdict: 'caught, and nothing stops it',
      }),
    ],
    limits: [{ name: 'no file may grow', inForce: true }],
    refusals: [{ what: 'DEBUG', process: 'live', refused: true }],
    faults: [],
    partsNotRun: [],
    took: [{ part: 'clean', ms: 1234.5 }],
    ...more,
  };
}
