/** No setting that a start refuses is left untried, and none is tried with a value that it allows. */

import { expect, test } from 'vitest';
import { settingRules } from '../../../server/src/records/database/database-rules.js';
import { connectionOptions, refusedValues, roundsOfValues } from './refused-values.js';

test('Every setting is tried, with more than one value where it has more', () => {
  expect(Object.keys(refusedValues).sort()).toEqual(settingRules.map(({ setting }) => setting).sort());
  for (const { setting, allowed } of settingRules) {
    const values = refusedValues[setting] ?? [];
    expect(values.length, setting).toBeGreaterThanOrEqual(setting.startsWith('debug_') ? 1 : 2);
    for (const value of values) expect(allowed).not.toContain(value);
  }
});

test('A round has each setting once, and all rounds have every value', () => {
  const rounds = roundsOfValues();
  for (const round of rounds) {
    expect(new Set(round.map(({ setting }) => setting)).size).toBe(round.length);
  }
  expect(rounds.flat()).toHaveLength(Object.values(refusedValues).flat().length);
});

test('A value with a blank stays one value', () => {
  expect(
    connectionOptions([
      { setting: 'a', value: 'x, y' },
      { setting: 'b', value: '1' },
    ]),
  ).toBe('-c a=x,\\ y -c b=1');
});
