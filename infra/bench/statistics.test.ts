/** A bench reports medians of pairs that were measured together, and can be listed without anything being built. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { benches } from './benches.mjs';
import { formatRows } from './format-rows.mjs';
import { readRecordings } from './recordings.mjs';
import { figureOf, judgeEvenness, median, quantile, rowOf } from './statistics.mjs';
import { exitCodeOf, judge, targets } from './targets.mjs';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./bench.mjs', import.meta.url));

describe('statistics of a bench', () => {
  it('finds the place between two values', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 20, 30], 1)).toBe(30);
    expect(median([7])).toBe(7);
    expect(() => quantile([], 0.5)).toThrow('nothing');
  });

  it('takes the ratio of each round, so that a slow round weighs on both sides alike', () => {
    const pairs = [
      { ours: 10, baseline: 10 },
      { ours: 200, baseline: 100 },
      { ours: 30, baseline: 10 },
    ];
    expect(rowOf('a/b/c', 'ms', pairs)).toEqual({
      ...{ name: 'a/b/c', unit: 'ms', value: 30, baseline: 10, ratio: 2, rounds: 3, spread: [1, 3] },
    });
  });

  it('shows a row to people', () => {
    const text = formatRows([rowOf('a/b/c', 'ms', [{ ours: 1, baseline: 2 }])]);
    expect(text.split('\n')[1]).toMatch(/^a\/b\/c +ms +1 +2 +0\.500 +0\.5\.\.0\.5 +1$/);
  });
});

describe('what a row has to reach', () => {
  const row = { ...rowOf('relay/raw-ws/cpu-per-frame-1to1-1kB-window8', 'us', [{ ours: 6, baseline: 5 }]) };
  const bytes = figureOf('visitor-idle/bytes-a-minute', 'bytes', [201]);
  const positions = figureOf('view-latency/pointer-positions-shown', 'per cent', [94.9]);

  it.each([
    [1.15, 'aim'],
    [1.2, 'must'],
    [1.26, 'missed'],
  ])('is told at a ratio of %d', (ratio, verdict) => {
    expect(judge({ ...row, ratio }).verdict).toBe(verdict);
  });

  it('is told of a figure without a baseline, at most or at least', () => {
    expect(judge(bytes).verdict).toBe('missed');
    expect(judge({ ...bytes, value: 200 }).verdict).toBe('must');
    expect(judge(positions).verdict).toBe('missed');
    expect(judge({ ...positions, value: 95 }).verdict).toBe('must');
    expect(formatRows([judge(positions)])).toMatch(/>= 95 +MISSED/);
  });

  it('is told by the worst round where a thing may never be', () => {
    const lost = (...rounds: number[]) =>
      judge(figureOf('chat-commit/records-killed/acknowledged-lost', 'lines', rounds));
    expect([lost(0, 0, 0, 0).verdict, lost(0, 7, 0, 0).verdict]).toEqual(['must', 'missed']);
    const batch = (...rounds: number[]) => {
      const pairs = rounds.map((ours) => ({ ours, baseline: 50 }));
      return judge(rowOf('retention/50-ms/longest-batch', 'ms', pairs));
    };
    expect([batch(30, 50, 40).verdict, batch(30, 400, 40).verdict]).toEqual(['must', 'missed']);
    expect(formatRows([batch(30, 400, 40)])).toMatch(/<= 1x at worst +MISSED/);
  });

  it('is not told of a void one, nor of one that is only there to be read', () => {
    expect(judge({ ...row, void: true }).verdict).toBe('void');
    expect(judge({ ...row, name: 'relay/other' }).verdict).toBeUndefined();
  });

  it('is what the program ends with', () => {
    const of = (...verdicts: ('aim' | 'must' | 'missed' | 'void')[]) =>
      exitCodeOf(verdicts.map((verdict) => ({ verdict })));
    expect([of(), of('aim', 'must'), of('must', 'void'), of('void', 'missed')]).toEqual([0, 0, 4, 3]);
  });

  it('stands for rows of benches that there are', () => {
    const names = new Set(benches.map(({ name }) => name));
    expect(Object.keys(targets).filter((name) => !names.has(name.split('/')[0] ?? ''))).toEqual([]);
  });
});

describe('the recorded pages', () => {
  it('are five, and those that the table counts', async () => {
    const recordings = await readRecordings();
    expect(recordings.map(({ name }) => name)).toEqual(['form', 'shop', 'table', 'application', 'list']);
    for (const { session, events, batches } of recordings) {
      expect([session.batches.length, session.batches.flat().length]).toEqual([batches, events]);
    }
  });
});

describe('a bench whose baseline does not equal itself', () => {
  const rows = (ratio: number) => [
    { name: 'a/b/c', ratio: 2 },
    { name: 'a/b/a-vs-a', ratio },
  ];

  it.each([0.93, 1, 1.07])('counts at %d', (ratio) => {
    expect(judgeEvenness(rows(ratio))).toEqual(rows(ratio));
  });

  it.each([0.92, 1.08, Number.NaN])('is void as a whole at %d', (ratio) => {
    expect(judgeEvenness(rows(ratio)).map((row) => row.void)).toEqual([true, true]);
    const row = { ...rowOf('a/b/c', 'ms', [{ ours: 1, baseline: 2 }]), void: true };
    expect(formatRows([judge(row)])).toContain('void');
  });
});

describe('the program', () => {
  it('lists benches whose modules are there', async () => {
    const { stdout } = await run(process.execPath, [program, '--list']);
    const listed = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '');
    expect(listed).toEqual([
      ...['sdk-size', 'wire-bytes', 'visitor-idle', 'visitor-recording', 'visitor-inp', 'first-view'],
      ...['view-latency', 'replay', 'relay', 'fan-out', 'slow-agent', 'idle-memory', 'sealing'],
      ...[
        ...['call-setup', 'call-sealing', 'sfu', 'calls-per-core', 'call-heal'],
        'chat-commit',
        'transfer-decision',
        'row-security',
        'retention',
        'rights-export',
        'cold-start',
      ],
    ]);
    expect(benches.map(({ name }) => name)).toEqual(listed);
    for (const name of listed) expect(existsSync(new URL(`./${name}.mjs`, import.meta.url))).toBe(true);
  });

  it('refuses a bench that there is not', async () => {
    await expect(run(process.execPath, [program, 'speed'])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no bench named speed'),
    });
  });
});
