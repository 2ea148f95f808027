/** A bench reports medians of pairs that were measured together, and can be listed without anything being built. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { benches } from './benches.mjs';
import { formatRows } from './format-rows.mjs';
import { judgeEvenness, median, quantile, rowOf } from './statistics.mjs';

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
    expect(text.split('\n')[1]).toMatch(/^a\/b\/c +ms +1\.000 +2\.000 +0\.500 +0\.500\.\.0\.500 +1$/);
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
    expect(formatRows([row])).toContain('void');
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
      ...['sdk-size', 'relay', 'fan-out', 'slow-agent', 'idle-memory', 'sealing'],
      ...['view-latency', 'wire-bytes', 'call-setup', 'chat-commit'],
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
