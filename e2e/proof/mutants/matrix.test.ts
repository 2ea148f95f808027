/** What the matrix says of a mutant, from what both passes showed; and whose a finding is. */

import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { keptByTheVisitorsBrowser } from '../engagement/channels.js';
import type { Finding } from '../finding.js';
import { detectorNames } from '../finding.js';
import type { SealedBody, Wanted } from '../wanted.js';
import { findingsOf, rulesBrokenByNobody } from './attribution.js';
import { patchesOf } from './batch-patches.js';
import { batchesOf, isApart } from './batches.js';
import type { Shown } from './matrix.js';
import { matrixOf, rowNotRun, rowOf } from './matrix.js';
import type { Mutant } from './mutant.js';
import { mutants } from './mutants.js';

const mutant: Mutant = {
  name: 'one',
  title: 'One',
  place: 'live',
  plants: 'sealed',
  detector: 'files',
  stoppedBy: 'permission',
  stopsWith: ['ERR_ACCESS_DENIED'],
  short: false,
  patches: () => [],
};
const caught: Shown = { attempted: true, answered: true, codes: ['done'], foundBy: ['files'], broke: [] };
const stopped: Shown = {
  attempted: true,
  answered: true,
  codes: ['ERR_ACCESS_DENIED'],
  foundBy: [],
  broke: [],
};
const untried: Shown = { attempted: false, answered: true, codes: [], foundBy: [], broke: [] };

describe('A row of the matrix', () => {
  test('is as wanted when the leak was caught without limits and kept out with them', () => {
    expect(rowOf(mutant, caught, stopped)).toMatchObject({ verdict: 'caught and stopped', stopped: true });
  });

  test('names a detector that is blind', () => {
    expect(rowOf(mutant, stopped, stopped).verdict).toBe('not caught');
    expect(rowOf(mutant, { ...caught, foundBy: ['names'] }, stopped).verdict).toBe('not caught');
  });

  test('names a limit that does not hold, by whichever store it was found in', () => {
    expect(rowOf(mutant, caught, caught).verdict).toBe('caught, but not stopped');
    expect(rowOf(mutant, caught, { ...caught, foundBy: ['dumps'] }).stopped).toBe(false);
    // Seen on its way to where it was refused.
    expect(rowOf(mutant, caught, { ...stopped, foundBy: ['writes'] }).stopped).toBe(true);
  });

  test('takes no leak that was never tried for one that was stopped', () => {
    expect(rowOf(mutant, caught, untried).verdict).toBe('never tried');
    expect(rowOf(mutant, untried, stopped).verdict).toBe('never tried');
  });

  test('takes nothing for stopped that ended otherwise than with what stops it', () => {
    const otherwise = (...codes: string[]) => rowOf(mutant, caught, { ...stopped, codes });
    for (const row of [otherwise('ENOENT'), otherwise('done'), otherwise('ERR_ACCESS_DENIED', 'done')]) {
      expect(row).toMatchObject({ verdict: 'stopped by something else', stopped: false });
    }
    expect(otherwise().stopped).toBe(false);
    const { stopsWith, ...unsaid } = mutant;
    expect(stopsWith).toBeDefined();
    expect(rowOf(unsaid, caught, stopped).stopped).toBe(false);
  });

  test('takes no leak for stopped that hangs, and for caught neither', () => {
    const hangs = { ...stopped, answered: false };
    expect(rowOf(mutant, caught, hangs)).toMatchObject({ verdict: 'no answer', stopped: false });
    expect(rowOf(mutant, { ...caught, answered: false }, stopped).verdict).toBe('no answer');
    const open: Mutant = { ...mutant, stoppedBy: 'detected only' };
    expect(rowOf(open, caught, hangs).verdict).toBe('no answer');
  });

  test('wants every detector to see it that is named', () => {
    const both: Mutant = { ...mutant, alsoBy: ['writes'] };
    expect(rowOf(both, caught, stopped).verdict).toBe('not caught');
    expect(rowOf(both, { ...caught, foundBy: ['files', 'writes'] }, stopped).verdict).toBe(
      'caught and stopped',
    );
  });

  test('wants a rule of the system seen broken without limits, and kept with them', () => {
    const rule = 'io_uring';
    const ring: Mutant = { ...mutant, breaks: [{ rule, where: 'live: ' }] };
    expect(rowOf(ring, caught, stopped).verdict).toBe('not caught');
    const seen = { ...caught, broke: [rule] };
    expect(rowOf(ring, seen, stopped).verdict).toBe('caught and stopped');
    expect(rowOf(ring, seen, { ...stopped, broke: [rule] }).verdict).toBe('caught, but not stopped');
  });

  test('wants nothing to stop what is only detected', () => {
    const open: Mutant = { ...mutant, stoppedBy: 'detected only' };
    expect(rowOf(open, caught, caught)).toMatchObject({
      verdict: 'caught, and nothing stops it',
      stopped: undefined,
    });
    expect(rowOf(open, stopped, caught).verdict).toBe('not caught');
  });

  test('that was not run counts neither as wanted nor against it', () => {
    const rows = [rowOf(mutant, caught, stopped), rowNotRun(mutant, ['redis'])];
    expect(matrixOf(rows)).toMatchObject({ judged: 1, asWanted: 1, complete: true });
    expect(matrixOf([rowNotRun(mutant, ['redis'])]).complete).toBe(false);
    expect(matrixOf([rowOf(mutant, caught, caught)]).complete).toBe(false);
  });
});

describe('A finding', () => {
  const body = (sequence: number, given: Partial<SealedBody> = {}): SealedBody => ({
    from: 'visitor',
    kind: 'frame',
    epoch: 1,
    sequence,
    bytes: randomBytes(64),
    ...given,
  });
  const text = Buffer.from('{"type":2,"data":{"node":{"type":0}}}');
  const wanted: Wanted = {
    canaries: [],
    keys: [],
    bodies: [
      body(3),
      body(4),
      body(8, { kind: 'resend' }),
      body(3, { from: 'agent' }),
      body(3, { bytes: text }),
    ],
  };
  const sealed = (index: number): Finding => ({
    detector: 'files',
    place: '/somewhere',
    trace: { kind: 'sealed', body: index },
  });

  test("is a mutant's when the body is of its class of the visitor's stream", () => {
    const all = [0, 1, 2, 3, 4].map(sealed);
    const planted = { mutant, slice: { own: 3, of: 5 } };
    expect(findingsOf(planted, all, wanted)).toEqual([sealed(0), sealed(2)]);
  });

  test('of a token is that of the mutant that puts it there', () => {
    const plain: Mutant = { ...mutant, plants: 'plaintext', where: 'plain-page' };
    const token = (place: string): Finding => ({
      detector: 'files',
      place,
      trace: { kind: 'canary', channel: 'text', form: 'utf-8' },
    });
    const found = [token('/t/plain-page'), token('/t/other'), sealed(0)];
    expect(findingsOf({ mutant: plain, slice: { own: 0, of: 5 } }, found, wanted)).toEqual([found[0]]);
    expect(findingsOf({ mutant, slice: { own: 3, of: 5 } }, found, wanted)).toEqual([found[2]]);
  });
});

test('A broken rule of the system belongs to the mutant that breaks it there, or to nobody', () => {
  const ring: Mutant = { ...mutant, breaks: [{ rule: 'io_uring', where: 'live: io_uring_' }] };
  const broken = (rule: string, place: string): Finding => ({
    detector: 'writes',
    place,
    trace: { kind: 'rule', rule },
  });
  const own = broken('io_uring', 'live: io_uring_setup');
  const all = [own, broken('io_uring', 'records: io_uring_setup'), broken('kernel store', 'live: shmget')];
  const wanted: Wanted = { canaries: [], bodies: [], keys: [], media: [] };
  expect(findingsOf({ mutant: ring, slice: { own: 0, of: 2 } }, all, wanted)).toEqual([own]);
  expect(findingsOf({ mutant, slice: { own: 0, of: 2 } }, all, wanted)).toEqual([]);
  expect(rulesBrokenByNobody([ring, mutant], all)).toEqual(all.slice(1));
});

test("What the run's own Redis is set to on purpose is nobody's fault, and a key in it is", () => {
  const inRedis = (rule: string): Finding => ({
    detector: 'redis',
    place: 'keys',
    trace: { kind: 'rule', rule },
  });
  const key = inRedis('a key lies in Redis');
  const all = [inRedis('Redis keeps data: save'), inRedis('Redis keeps data: appendonly'), key];
  expect(rulesBrokenByNobody([mutant], all)).toEqual([key]);
});

test("What a visitor's own browser keeps of any page is no mutant's leak", () => {
  const draft: Mutant = { ...mutant, plants: 'plaintext', where: 'visitor' };
  const found = [...keptByTheVisitorsBrowser, 'text'].map(
    (channel): Finding => ({
      detector: 'browser-profiles',
      place: '/p/visitor/Default/Local Storage',
      trace: { kind: 'canary', channel, form: 'utf-8' },
    }),
  );
  expect(keptByTheVisitorsBrowser.size).toBeGreaterThan(0);
  const wanted: Wanted = { canaries: [], bodies: [], keys: [] };
  const own = findingsOf({ mutant: draft, slice: { own: 0, of: 5 } }, found, wanted);
  expect(own).toEqual(found.slice(-1));
});

describe('The mutants', () => {
  test('are enough, of both kinds, and each by a name of its own', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(28);
    expect(mutants.filter(({ plants }) => plants === 'plaintext').length).toBeGreaterThanOrEqual(3);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    for (const { name } of mutants) expect(name).toMatch(/^[a-z-]+$/);
  });

  test('say with which codes they are stopped, unless they are only detected', () => {
    for (const { name, stoppedBy, stopsWith = [] } of mutants) {
      expect(stopsWith.length > 0, name).toBe(stoppedBy !== 'detected only');
    }
  });

  test('turn every detector red that the proof has, and those set apart share one run', () => {
    const seenBy = new Set(mutants.flatMap(({ detector, alsoBy = [] }) => [detector, ...alsoBy]));
    const missing = detectorNames.filter((name) => !seenBy.has(name));
    // A start that is not refused is planted in a way of its own.
    expect(missing).toEqual(['start-up']);
    const batches = batchesOf(mutants.filter(isApart));
    expect(batches).toHaveLength(1);
    expect(batchesOf(mutants)).toContainEqual(batches[0]);
  });

  test('of the short form are twelve that need nothing and share one run', () => {
    const short = mutants.filter((each) => each.short);
    expect(short).toHaveLength(12);
    expect(batchesOf(short)).toHaveLength(1);
    for (const { needs, where, plants } of short) {
      expect(needs ?? []).toEqual([]);
      if (plants === 'plaintext') expect(where).toBeTruthy();
    }
    const detectors = new Set(short.map(({ detector }) => detector));
    expect(detectors).toEqual(
      new Set(['sql', 'files', 'names', 'logs', 'sinks', 'dumps', 'browser-profiles']),
    );
  });

  test('share no frame of a run, and leave one class of frames to nobody', () => {
    for (const batch of batchesOf(mutants)) {
      const own = batch.map(({ slice }) => slice.own);
      expect(new Set(own).size).toBe(batch.length);
      for (const { slice } of batch) expect(slice.of).toBe(batch.length + 1);
    }
    expect(batchesOf(mutants).flat()).toHaveLength(mutants.length);
  });

  test('get what they share once, and what is lifted only without limits', () => {
    const places = { root: '', data: '', temporary: '/t', home: '', logs: '', dumps: '/d', profiles: '' };
    const sinks = { mail: 1, webhook: 2, traces: 3, errors: 4, redis: 5 };
    const planting = { places, sinks, redis: { port: 6, password: 'x' } };
    for (const batch of batchesOf(mutants)) {
      const [on, off] = [patchesOf(batch, planting, 'on'), patchesOf(batch, planting, 'off')];
      const lifted = batch.flatMap(({ mutant: each, slice }) => each.lifted?.({ ...planting, slice }) ?? []);
      expect(off).toHaveLength(on.length + lifted.length);
      expect(new Set(on.map((patch) => JSON.stringify(patch))).size).toBe(on.length);
    }
  });
});
