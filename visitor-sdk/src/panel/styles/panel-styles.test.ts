/** The sheets of the panel fit together: no colour that is not there, and one look for each class. */

import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('./', import.meta.url);
const sheets = readdirSync(folder)
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
/** Set on the elements themselves: by the site's settings, and by how much room the banner takes. */
const SET_ELSEWHERE = ['--accent', '--on-accent', '--over'];

const all = (pattern: RegExp) =>
  sheets.flatMap(({ name, text }) => [...text.matchAll(pattern)].map(([, found = '']) => ({ name, found })));

it('every variable is one that is set', () => {
  const set = new Set([...SET_ELSEWHERE, ...all(/^\s+(--[a-z-]+):/gm).map(({ found }) => found)]);
  const used = all(/var\((--[a-z-]+)/g);
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter(({ found }) => !set.has(found))).toEqual([]);
});

it('a class that stands for itself has its look in one sheet', () => {
  const own = all(/(?<!,\n)^(?:\.panel )?\.([a-z-]+) \{$/gm).filter(
    ({ name, found }) => name !== 'adaptions.css' && found !== 'panel',
  );
  const homes = new Map<string, Set<string>>();
  for (const { name, found } of own) homes.set(found, (homes.get(found) ?? new Set()).add(name));
  const shared = [...homes].filter(([, names]) => names.size > 1);
  expect(homes.size).toBeGreaterThan(40);
  expect(shared.map(([name, names]) => [name, [...names]])).toEqual([]);
});
