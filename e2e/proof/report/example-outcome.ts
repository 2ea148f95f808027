/** Outcomes as tests want them; none of it was ever measured. */

import type { Detection } from '../detection.js';
import type { DetectorName } from '../finding.js';
import type { MatrixRow } from '../mutants/matrix.js';
import { SHORT_DETECTORS } from '../short/short-detectors.js';
import type { CleanRun, ProofOutcome } from './proof-outcome.js';

const apart: readonly DetectorName[] = ['sql', 'files'];
const others = [...SHORT_DETECTORS].filter((detector) => !apart.includes(detector));

export function exampleDetection(detector: DetectorName, more: Partial<Detection> = {}): Detection {
  return { detector, findings: [], bytesScanned: 0, partsNotRun: [], ...more };
}

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
      { name: 'chat line', foundBy: ['sql', 'image'], hiddenFrom: ['names'], seenBy: ['sql', 'wal'] },
      { name: 'deleted row', foundBy: ['files'], hiddenFrom: ['sql'], seenBy: ['files'] },
      { name: 'of the others', foundBy: others, hiddenFrom: [], seenBy: others },
    ],
    detections: [
      exampleDetection('sql', { bytesScanned: 1000 }),
      exampleDetection('files', { bytesScanned: 2000 }),
      exampleDetection('files', { bytesScanned: 500 }),
      ...others.map((detector) => exampleDetection(detector)),
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
    alsoBy: [],
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

/** As many as the short form has to have, with these at their head. */
export function exampleRows(...first: readonly MatrixRow[]): readonly MatrixRow[] {
  const more = Array.from({ length: 12 - first.length }, (_, at) => exampleRow({ name: `other-${at}` }));
  return [...first, ...more];
}

export function exampleOutcome(more: Partial<ProofOutcome> = {}): ProofOutcome {
  return {
    form: 'short',
    runs: [exampleRun()],
    mutants: exampleRows(
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
    ),
    limits: [{ name: 'no file may grow', inForce: true }],
    refusals: [{ what: 'DEBUG', process: 'live', refused: true }],
    faults: [],
    partsNotRun: [],
    took: [{ part: 'clean', ms: 1234.5 }],
    ...more,
  };
}
