/** How long somebody has waited, in words and as a clock. */

import { describe, expect, it } from 'vitest';
import { messagesIn } from './catalogue.js';
import { clockSpan } from './formats.js';
import { waitingTime } from './waiting-time.js';

const minute = 60_000;

describe('waiting time', () => {
  it.each([
    [-5_000, 'has just come'],
    [0, 'has just come'],
    [minute - 1, 'has just come'],
    [minute, 'waiting for 1 minute'],
    [59 * minute + 59_999, 'waiting for 59 minutes'],
    [60 * minute, 'waiting for 1 hour'],
    [150 * minute, 'waiting for 2 hours'],
  ])('of %i ms is "%s"', (ms, words) => {
    expect(waitingTime(ms, messagesIn('en'))).toBe(words);
  });

  it.each([
    [-1, '0:00'],
    [7_999, '0:07'],
    [271_000, '4:31'],
    [3_729_000, '1:02:09'],
  ])('of %i ms ticks as %s', (ms, clock) => {
    expect(clockSpan(ms)).toBe(clock);
  });
});
