/** A rule that no test names is a wish: each one of the files that number their rules is cited. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../../', import.meta.url);
const rulebooks = {
  'packages/engagement/SPEC.md': 55,
  'packages/transfer/SPEC.md': 33,
  'server/src/records/SPEC.md': 20,
  'server/src/records/statistics/SPEC.md': 9,
  'visitor-sdk/FIDELITY.md': 4,
};
const ruleId = /^(?:- \*\*|\| )\[?([A-Z]{1,3}\d{1,2})\]?(?:\*\*| \|)/gm;

const cited = new Set(
  ['packages', 'server', 'visitor-sdk', 'agent-console', 'e2e']
    .flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name}`,
      ),
    )
    .filter((name) => /\.(test|spec)\.ts$/.test(name) && !/node_modules|\/dist\//.test(name))
    .flatMap((name) => readFileSync(new URL(name, root), 'utf8').match(/\b[A-Z]{1,3}\d{1,2}\b/g) ?? []),
);

const rulesOf = (file: string) =>
  [...readFileSync(new URL(file, root), 'utf8').matchAll(ruleId)].map(([, id = '']) => id);

it('a rule has one home: what a test names is of one file alone', () => {
  const rules = Object.keys(rulebooks).flatMap(rulesOf);
  expect(rules.filter((id, at) => rules.indexOf(id) !== at)).toEqual([]);
});

describe.each(Object.entries(rulebooks))('the rules of %s', (file, least) => {
  const rules = rulesOf(file);

  it('are all found', () => {
    expect(rules.length).toBeGreaterThanOrEqual(least);
    expect(new Set(rules).size).toBe(rules.length);
  });

  it('are each cited by a test', () => {
    expect(rules.filter((id) => !cited.has(id))).toEqual([]);
  });
});
