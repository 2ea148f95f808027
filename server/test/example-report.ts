/** A report as tests want it; none of it was ever measured. */

import type { ProofReport } from '../src/http/proof/proof-report.js';

export function exampleReport(more: Partial<ProofReport> = {}): ProofReport {
  return {
    format: 'never-stored-report/2',
    form: 'full',
    date: '2026-11-22T02:00:00.000Z',
    commit: '0123456789abcdef0123456789abcdef01234567',
    modified: false,
    versions: { alongside: '0.1.0', node: 'v20.19.2', platform: 'linux-x64' },
    result: 'partial',
    channels: [
      { run: 'clean', channel: 'text', sha256: 'a'.repeat(64) },
      { run: 'clean', channel: 'input password', sha256: 'b'.repeat(64) },
    ],
    sealed: [{ run: 'clean', sentFrames: 1810, registeredFrames: 1806, bodies: 1954, keys: 6 }],
    calls: [{ run: 'clean', what: 'voice sent by the visitor', pieces: 371, bytes: 29_812 }],
    media: [
      { detector: 'sql', bytes: 812_345 },
      { detector: 'image', bytes: 4_294_967_296 },
    ],
    controls: [
      { run: 'clean', name: 'chat line', foundBy: ['sql', 'wal', 'image'], missedBy: [], wronglyFoundBy: [] },
      { run: 'clean', name: 'deleted row', foundBy: ['image'], missedBy: [], wronglyFoundBy: [] },
    ],
    mutants: [
      {
        name: 'temporary file, written and removed',
        sends: 'sealed',
        stop: 'limit',
        detectors: ['file-events', 'writes'],
        caughtBy: ['file-events', 'writes'],
        attempted: { off: true, on: true },
        codes: ['EFBIG'],
        stopped: true,
        killed: true,
      },
      {
        name: 'label of a metric',
        sends: 'sealed',
        stop: 'detectedOnly',
        detectors: ['network'],
        caughtBy: ['network'],
        attempted: { off: true, on: true },
        codes: ['done'],
        stopped: null,
        killed: true,
      },
    ],
    limits: [{ name: 'file size 0', inForce: true }],
    refusals: [{ what: 'DEBUG', process: 'live', refused: true }],
    violations: [],
    notRun: [{ part: 'redis', reason: 'Redis is not in use here, and none is installed.' }],
    outside: ['Memory, while it lasts.'],
    durations: [{ part: 'clean', ms: 93_000 }],
    tookMs: 95_000,
    publicKey: 'AAAA',
    ...more,
  };
}
