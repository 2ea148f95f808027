/** That somebody types, told seldom and without a letter. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TypingSignal } from './typing-signal.js';

let told: boolean[];
let signal: TypingSignal;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  signal = new TypingSignal((typing) => told.push(typing));
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells of typing now and then, and of its end once', () => {
  signal.typed(Date.now());
  signal.typed(Date.now());
  vi.advanceTimersByTime(4_100);
  signal.typed(Date.now());
  vi.advanceTimersByTime(1);
  expect(told).toEqual([true, true]);
  vi.advanceTimersByTime(5_000);
  signal.stop();
  expect(told).toEqual([true, true, false]);
});

it('waits after the last word of it, since the service would drop one that comes at once', () => {
  signal.typed(Date.now());
  vi.advanceTimersByTime(10);
  signal.stop();
  signal.typed(Date.now());
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([true, false]);
  vi.advanceTimersByTime(200);
  expect(told).toEqual([true, false, true]);
});

it('says nothing of what was taken back before it was told', () => {
  signal.typed(Date.now());
  signal.stop();
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([]);
});
