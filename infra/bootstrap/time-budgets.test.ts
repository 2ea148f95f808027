/** A budget that is exceeded is a failure with its name and figures. */
import { expect, it } from 'vitest';
import { BUDGET_MS, tallyBudgets } from './time-budgets.mjs';

it('fails nothing within the budgets, or where nothing ran', () => {
  const within = new Map(Object.entries(BUDGET_MS));
  expect(tallyBudgets(within)).toEqual({ passed: 0, failed: 0, notes: [] });
  expect(tallyBudgets(new Map())).toEqual({ passed: 0, failed: 0, notes: [] });
});

it('fails once for each budget that is exceeded', () => {
  const spent = new Map([
    ['check', 1],
    ['server', 180_001],
    ['browser', 999_000],
  ]);
  const { failed, notes } = tallyBudgets(spent);
  expect(failed).toBe(2);
  expect(notes.map((note) => note.split(' ')[0])).toEqual(['server', 'browser']);
});
