import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../../', import.meta.url);
const sentences = { CX: 31, CV: 17, BO: 10, CW: 12, KV: 23 };

const table = await readFile(new URL('SEEDS.md', root), 'utf8');
const rows = table
  .split('\n')
  .filter((line) => /^\| [A-Z]{2}\d+ \|/.test(line))
  .map((line) => {
    const [, id = '', , , held = ''] = line.split('|').map((cell) => cell.trim());
    const tests = [...held.matchAll(/`([^`]+)` › (.+?)(?=<br>|$)/g)];
    return { id, tests: tests.map(([, file = '', title = '']) => ({ file, title })) };
  });

const leftOut = /\b(it|test|describe)(\.\w+)*\.(skip|skipIf|runIf|todo|fixme|fails|only)\b/;

describe('the table of the seeds', () => {
  it('leaves no sentence out and tells none twice', () => {
    const wanted = Object.entries(sentences).flatMap(([seed, count]) =>
      Array.from({ length: count }, (_, index) => `${seed}${index + 1}`),
    );
    expect(rows.map(({ id }) => id)).toEqual(wanted);
  });

  it('names a test for each', () => {
    expect(rows.filter(({ tests }) => tests.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('knows a test that is left out', () => {
    const written = ['it.skip(', 'describe.concurrent.skip(', 'test.fixme(', 'it.each(', 'test.describe('];
    expect(written.map((each) => leftOut.test(each))).toEqual([true, true, true, false, false]);
  });

  it.each(rows.flatMap(({ id, tests }) => tests.map((test) => [id, test] as const)))(
    '%s is held by a test that exists',
    async (_, { file, title }) => {
      const path = new URL(file, root);
      expect(existsSync(path), file).toBe(true);
      const text = await readFile(path, 'utf8');
      expect(text, 'one that is left out holds nothing').not.toMatch(leftOut);
      const titles = text.split('\n').filter((line) => line.includes(title));
      // A title, and not a comment that says the same.
      expect(
        titles.some((line) => /\b(it|test)\b.*\(|\)\(['"`]|^\s*['"`]/.test(line)),
        title,
      ).toBe(true);
    },
  );
});
