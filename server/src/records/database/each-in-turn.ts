/** Sweeps of many: what fails for one is tried again with the next sweep, and keeps none of the others waiting. */

import { StorageUnavailable } from './database-failure.js';

/** Throws the first failure, once all had their turn; without a database nobody has one. */
export async function eachInTurn(works: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const work of works) {
    try {
      await work();
    } catch (error) {
      if (error instanceof StorageUnavailable && !error.busy) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
