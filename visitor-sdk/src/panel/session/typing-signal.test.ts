/** That somebody types, told seldom and without a letter. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TypingSignal } from './typing-signal.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells of typing now and then, and of its end once', () => {
  const told: boolean[] = [];
  const signal = new TypingSignal((typing) => told.push(typing));
  signal.typed(0);
  signal.typed(100);
  signal.typed(4_100);
  expect(told).toEqual([true, true]);
  vi.advanceTimersByTime(5_000);
  signal.stop();
  expect(told).toEqual([true, true, false]);
});
