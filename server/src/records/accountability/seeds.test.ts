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

  it.each(rows.flatMap(({ id, tests }) => tests.map((test) => [id, test] as const)))(
    '%s is held by a test that exists',
    async (_, { file, title }) => {
      const path = new URL(file, root);
      expect(existsSync(path), file).toBe(true);
      const titles = (await readFile(path, 'utf8')).split('\n').filter((line) => line.includes(title));
      // A title, and not a comment that says the same.
      expect(
        titles.some((line) => /\b(it|test)\b.*\(|\)\(['"`]|^\s*['"`]/.test(line)),
        title,
      ).toBe(true);
    },
  );
});
