/** What makes a proof clean, partial or violated, and how it is counted. */

import { describe, expect, it } from 'vitest';
import { readProofReport } from '../../../server/src/http/proof/proof-report.js';
import { assembleReport } from './assemble-report.js';
import { exampleDetection, exampleOutcome, exampleRow, exampleRows, exampleRun } from './example-outcome.js';
import { judgeControls } from './judge-controls.js';
import type { ProofOutcome } from './proof-outcome.js';
import { setApart } from './set-apart.js';
import { countProof } from './tally.js';
import { fullRuns } from './whole-proof.js';

const facts = {
  commit: '0123456789abcdef0123456789abcdef01234567',
  modified: false,
  versions: { alongside: '0.1.0' },
  date: new Date('2026-11-22T02:00:00Z'),
  publicKey: 'AAAA',
  tookMs: 2_000.4,
};
const reported = (outcome: ProofOutcome) => assembleReport(outcome, facts);
const failures = (outcome: ProofOutcome) => countProof(outcome).filter(({ passed }) => !passed);

const finding = {
  detector: 'files',
  place: '/data/x',
  trace: { kind: 'canary', channel: 'text', form: 'utf-8' },
} as const;
const whole = exampleRun();
const found = { detections: [...whole.detections, exampleDetection('files', { findings: [finding] })] };
const without = (detector: string) => whole.detections.filter((each) => each.detector !== detector);
const row = { name: 'deleted row', foundBy: ['files'], hiddenFrom: ['sql'] } as const;
const lost = { controls: [...whole.controls, { ...row, seenBy: [] }] };

describe('The report', () => {
  it('of a clean proof has the form that is served', () => {
    const report = reported(exampleOutcome());
    expect(readProofReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(report.result).toBe('clean');
    expect(report.channels).toEqual([{ run: 'clean', channel: 'text', sha256: 'a'.repeat(64) }]);
    expect(report.violations).toEqual([]);
    expect(report.media.slice(0, 2)).toEqual([
      { detector: 'sql', bytes: 1000 },
      { detector: 'files', bytes: 2500 },
    ]);
    expect(report.durations).toEqual([{ part: 'clean', ms: 1235 }]);
    expect(report.tookMs).toBe(2_000);
    expect(report.outside.join(' ')).toMatch(/Redis.*Postgres|Postgres.*Redis/s);
    expect(report.mutants[0]).toMatchObject({
      attempted: { off: true, on: true },
      codes: ['ERR_ACCESS_DENIED'],
    });
  });

  it('is partial for each part that was not run, told once', () => {
    const part = { part: 'arena', reason: 'only root can mount an image' };
    const detection = { detector: 'sql' as const, findings: [], bytesScanned: 1, partsNotRun: [part] };
    const run = exampleRun();
    const outcome = exampleOutcome({
      runs: [{ ...run, detections: [...run.detections, detection], notes: ['No call was made.'] }],
      partsNotRun: [part],
      limits: [{ name: 'an account', inForce: false, reason: 'not here: only root' }],
    });
    const report = reported(outcome);
    expect(report.result).toBe('partial');
    expect(report.notRun).toEqual([
      part,
      { part: 'engagement clean', reason: 'No call was made.' },
      { part: 'limit: an account', reason: 'not here: only root' },
    ]);
    expect(failures(outcome)).toEqual([]);
  });

  const violated: Readonly<Record<string, Partial<ProofOutcome>>> = {
    'something was found': { runs: [exampleRun(found)] },
    'a control was not found': { runs: [exampleRun(lost)] },
    'too few frames were registered': { runs: [exampleRun({ registeredFrames: 94 })] },
    'nothing was sent': { runs: [exampleRun({ sentFrames: 0, registeredFrames: 0 })] },
    'the engagement went wrong': { runs: [exampleRun({ faults: ['It never arrived: text.'] })] },
    'a mutant was not caught': { mutants: exampleRows(exampleRow({ verdict: 'not caught', foundBy: [] })) },
    'a mutant was not stopped': {
      mutants: exampleRows(exampleRow({ verdict: 'caught, but not stopped', stopped: false })),
    },
    'a mutant never tried': {
      mutants: exampleRows(exampleRow({ verdict: 'never tried', stopped: false, foundBy: [] })),
    },
    'a start was not refused': { refusals: [{ what: 'DEBUG', process: 'live', refused: false }] },
    'a limit is not in force': { limits: [{ name: 'no file may grow', inForce: false }] },
    'a detector was given nothing to find': {
      runs: [
        exampleRun({
          detections: [...exampleRun().detections, exampleDetection('network')],
        }),
      ],
    },
    'a detector did not look': { runs: [exampleRun({ detections: without('dumps') })] },
    'no start was tried': { refusals: [] },
    'no limit was read': { limits: [] },
    'a mutant is missing': { mutants: exampleRows().slice(1) },
    'a mutant of the short form was not played': {
      mutants: exampleRows(exampleRow({ verdict: 'not run', foundBy: [] })),
    },
    'a run is missing': { runs: [exampleRun({ name: 'another' })] },
    'a run proves nothing': { faults: ['the browsers did not start'] },
  };

  it.each(Object.entries(violated))('is violated when %s, and the count fails', (_, more) => {
    const outcome = exampleOutcome(more);
    const report = reported(outcome);
    expect(report.result).toBe('violated');
    expect(report.violations).not.toEqual([]);
    expect(failures(outcome)).not.toEqual([]);
  });

  it('without any run is violated', () => {
    expect(reported(exampleOutcome({ runs: [] })).result).toBe('violated');
  });

  it('names a mutant that was not killed, and frames that were not registered', () => {
    const mutants = exampleRows(exampleRow({ verdict: 'not caught', foundBy: [] }));
    const runs = [exampleRun({ registeredFrames: 94 })];
    expect(reported(exampleOutcome({ mutants, runs })).violations).toEqual([
      { run: 'clean', detector: 'engagement', place: '', trace: 'only 94 of 100 frames were registered' },
      { run: 'mutants', detector: 'files', place: 'plain-file', trace: 'not caught' },
    ]);
  });
});

describe('The full form', () => {
  const later = ['image', 'writes', 'network', 'file-events', 'memory-files'] as const;
  const control = { name: 'of the full form', foundBy: later, hiddenFrom: [], seenBy: later };
  const run = exampleRun({
    controls: [
      ...whole.controls.filter(({ name }) => name !== 'chat line'),
      control,
      { name: 'chat line', foundBy: ['sql'], hiddenFrom: [], seenBy: ['sql'] },
    ],
    detections: [...whole.detections, ...later.map((detector) => exampleDetection(detector))],
  });
  const not = exampleRow({ verdict: 'not run', foundBy: [] });
  const full = (more: Partial<ProofOutcome> = {}) =>
    exampleOutcome({
      form: 'full',
      runs: fullRuns.map((name) => ({ ...run, name })),
      mutants: [...exampleRows(), ...Array.from({ length: 16 }, () => not)],
      ...more,
    });

  it('is clean with all its runs and mutants, leaves out those that were not run and counts none of them', () => {
    const outcome = full();
    expect(reported(outcome)).toMatchObject({ result: 'clean', violations: [] });
    expect(reported(outcome).mutants).toHaveLength(12);
    expect(failures(outcome)).toEqual([]);
  });

  it('is violated with a mutant, or one of its runs, less', () => {
    expect(reported(full({ mutants: full().mutants.slice(1) })).result).toBe('violated');
    expect(reported(full({ runs: full().runs.slice(0, -1) })).result).toBe('violated');
  });

  it('takes a detector that did not look where the part that says why was not run, and nowhere else', () => {
    const withoutImage = run.detections.filter(({ detector }) => detector !== 'image');
    const runs = (part: string) =>
      full().runs.map((each) => ({
        ...each,
        detections: [...withoutImage, exampleDetection('files', { partsNotRun: [{ part, reason: 'why' }] })],
      }));
    expect(reported(full({ runs: runs('arena: all writable media on one image') })).result).toBe('partial');
    expect(reported(full({ runs: runs('swap') })).result).toBe('violated');
  });
});

describe('A control', () => {
  it('is asked of the detectors that looked, and of no other', () => {
    expect(judgeControls(exampleRun())).toEqual([
      { run: 'clean', name: 'chat line', foundBy: ['sql', 'wal'], missedBy: [], wronglyFoundBy: [] },
      { run: 'clean', name: 'deleted row', foundBy: ['files'], missedBy: [], wronglyFoundBy: [] },
      expect.objectContaining({ name: 'of the others', missedBy: [], wronglyFoundBy: [] }),
    ]);
  });

  it('is not asked of a detector that could not begin, nor judged where none that claims to see it looked', () => {
    const part = { part: 'network: a capture', reason: 'tcpdump is missing' };
    const detection = {
      ...{ detector: 'network' as const, looked: false as const, findings: [], bytesScanned: 0 },
      partsNotRun: [part],
    };
    const run = exampleRun({
      detections: [...exampleRun().detections, detection],
      controls: [
        ...exampleRun().controls,
        { name: 'sent by mail', foundBy: ['network'], hiddenFrom: [], seenBy: [] },
      ],
    });
    const outcome = exampleOutcome({ runs: [run] });
    expect(judgeControls(run).map(({ name }) => name)).toEqual(['chat line', 'deleted row', 'of the others']);
    expect(failures(outcome)).toEqual([]);
    expect(reported(outcome)).toMatchObject({ result: 'partial', notRun: [part] });
  });

  it('may be a rule that is broken on purpose, which is no finding then', () => {
    const rule = { kind: 'rule', rule: 'core dump' } as const;
    const findings = ['dumps/control/core', 'dumps/core'].map((place) => ({
      ...{ detector: 'dumps' as const, place },
      trace: rule,
    }));
    const broken = {
      name: 'core',
      detector: 'dumps',
      place: 'dumps/control/core',
      rule: 'core dump',
    } as const;
    const detection = { detector: 'dumps' as const, findings, bytesScanned: 1, partsNotRun: [] };
    const apart = setApart([detection], [broken, { ...broken, name: 'lost', place: 'dumps/control/other' }]);
    expect(apart.detections.flatMap((each) => each.findings)).toEqual([findings[1]]);
    expect(apart.controls.map(({ name, seenBy }) => [name, seenBy])).toEqual([
      ['rule broken on purpose: core', ['dumps']],
      ['rule broken on purpose: lost', []],
    ]);
  });

  it('that a detector sees which cannot see it shows nothing', () => {
    const others = exampleRun().controls.filter(({ name }) => name !== row.name);
    const controls = [...others, { ...row, seenBy: ['files', 'sql'] as const }];
    const outcome = exampleOutcome({ runs: [exampleRun({ controls })] });
    expect(reported(outcome).result).toBe('violated');
    expect(failures(outcome).map(({ what }) => what)).toEqual(['clean: control deleted row']);
  });
});

it('The count has one for each refusal, limit, detector, control and pass of a mutant', () => {
  const counts = countProof(exampleOutcome()).map(({ what }) => what);
  const named = counts.filter((what) => !/other/.test(what));
  expect(named).toEqual([
    'live refuses to start with DEBUG',
    'limit: no file may grow',
    'clean: the frames are known',
    'clean: the engagement went as it must',
    'clean: sql finds nothing',
    'clean: files finds nothing',
    'clean: wal finds nothing',
    'clean: names finds nothing',
    'clean: logs finds nothing',
    'clean: browser-profiles finds nothing',
    'clean: dumps finds nothing',
    'clean: sinks finds nothing',
    'clean: control chat line',
    'clean: control deleted row',
    'plain-file is caught without limits',
    'plain-file is stopped by a permission',
    'console-log is caught without limits',
    'console-log was tried with limits',
  ]);
});
