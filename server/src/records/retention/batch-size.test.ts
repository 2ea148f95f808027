/** The size of a purge's batches follows the time that they take. */
import { expect, it } from 'vitest';
import { FIRST_BATCH, nextBatchSize } from './batch-size.js';

/** Milliseconds an engagement takes. */
function settle(eachMs: number, batches: number): number {
  let size = FIRST_BATCH;
  for (let batch = 0; batch < batches; batch += 1) size = nextBatchSize(size, size * eachMs);
  return size;
}

it.each([0.02, 0.1, 0.5, 1])('comes to rest at 10 ms at most where an engagement takes %s ms', (eachMs) => {
  const size = settle(eachMs, 30);
  expect(size * eachMs).toBeLessThanOrEqual(10);
  expect(size * eachMs).toBeGreaterThan(4);
});

it('is halved at least by a batch that took twice as long as it should', () => {
  expect(nextBatchSize(400, 24)).toBeLessThanOrEqual(200);
});

it('takes 10 engagements at least and no more than 2,000', () => {
  expect(settle(500, 30)).toBe(10);
  expect(settle(0, 60)).toBe(2_000);
});
