/** A machine that has slept is known by the clock on the wall. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchSleep } from './watch-sleep.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells once of each sleep, and of nothing else', () => {
  let woken = 0;
  const stop = watchSleep(() => {
    woken += 1;
  });
  vi.advanceTimersByTime(60_000);
  expect(woken).toBe(0);
  vi.setSystemTime(Date.now() + 3_000);
  vi.advanceTimersByTime(1_000);
  expect(woken).toBe(0);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(10_000);
  expect(woken).toBe(1);
  stop();
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(10_000);
  expect(woken).toBe(1);
});
