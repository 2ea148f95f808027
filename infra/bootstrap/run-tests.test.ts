/** Which runners run at once: only what says so of itself, and never across a budget. */
import { describe, expect, it } from 'vitest';
import { stepsOf } from './run-tests.mjs';
import { RUNNERS, type Runner } from './test-runners.mjs';

const runner = (name: string, rest: Partial<Runner> = {}): Runner => ({
  name,
  budget: 'check',
  needsBrowser: false,
  run: async () => ({ passed: 1, failed: 0, notes: [] }),
  ...rest,
});

const namesOf = (runners: readonly Runner[]) => stepsOf(runners).map((step) => step.map(({ name }) => name));

describe('the steps of a run', () => {
  it('join neighbours that may run side by side', () => {
    const a = runner('a', { sideBySide: true });
    const b = runner('b', { sideBySide: true });
    expect(namesOf([a, b, runner('c'), runner('d')])).toEqual([['a', 'b'], ['c'], ['d']]);
  });

  it('join nothing that does not say so, and nothing of another budget', () => {
    const side = runner('side', { sideBySide: true });
    const other = runner('other', { sideBySide: true, budget: 'server' });
    expect(namesOf([runner('alone'), side, other])).toEqual([['alone'], ['side'], ['other']]);
  });

  it('hold every runner once, and let those that start services run alone', () => {
    expect(namesOf(RUNNERS).flat()).toEqual(RUNNERS.map(({ name }) => name));
    const alone = stepsOf(RUNNERS).filter((step) => step.length === 1);
    expect(alone.map(([{ name }]) => name)).toEqual(['server', 'calls', 'browser', 'proof']);
  });
});
