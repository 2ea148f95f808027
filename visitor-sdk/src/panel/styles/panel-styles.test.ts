/** The sheets of the panel fit together: no colour that is not there, and one look for each class. */

import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('./', import.meta.url);
const sheets = readdirSync(folder)
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
/** Set on the element itself, by the site's settings. */
const SET_ELSEWHERE = ['--accent', '--on-accent'];
/** Loaded with the panel; every other sheet comes later, or never. */
const FIRST = ['ground.css', 'window.css', 'forms.css', 'talk.css', 'adaptions.css'];

const all = (pattern: RegExp) =>
  sheets.flatMap(({ name, text }) => [...text.matchAll(pattern)].map(([, found = '']) => ({ name, found })));

it('every variable is one that is set, and by a sheet that is there from the beginning', () => {
  const imported = readFileSync(new URL('panel-sheets.ts', folder), 'utf8').matchAll(/'\.\/(.*\.css)'/g);
  expect([...imported].map(([, name]) => name).sort()).toEqual([...FIRST].sort());
  const set = all(/^\s+(--[a-z-]+):/gm).filter(({ name }) => FIRST.includes(name));
  const known = new Set([...SET_ELSEWHERE, ...set.map(({ found }) => found)]);
  const used = all(/var\((--[a-z-]+)/g);
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter(({ found }) => !known.has(found))).toEqual([]);
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
