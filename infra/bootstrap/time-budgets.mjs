/** What the tests may take, and which share was exceeded: a suite that grows slow unnoticed is run no more. */
import { seconds } from './progress.mjs';

/**
 * On two cores; runners of one budget share it.
 * @type {Readonly<Record<string, number>>}
 */
export const BUDGET_MS = {
  'set-up': 720_000,
  check: 60_000,
  fuzz: 45_000,
  server: 180_000,
  browser: 360_000,
  proof: 180_000,
};

/**
 * Each exceeded budget counts as a failure.
 * @param {ReadonlyMap<string, number>} spent
 * @returns {import('./test-runners.mjs').Tally}
 */
export function tallyBudgets(spent) {
  const exceeded = Object.entries(BUDGET_MS).filter(([name, budgetMs]) => (spent.get(name) ?? 0) > budgetMs);
  const notes = exceeded.map(
    ([name, budgetMs]) =>
      `${name} took ${seconds(spent.get(name) ?? 0)}, longer than its ${seconds(budgetMs)}: this counts as failed`,
  );
  return { passed: 0, failed: exceeded.length, notes };
}
