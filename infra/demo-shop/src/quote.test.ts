/** Paying monthly: the instalments pay the price back at the yearly rate, and nothing odd is quoted. */
import { expect, test } from 'vitest';
import { annualPercentageRate, highestAmountCents, quoteFor } from './quote.js';

test.each([
  [89_900, 6],
  [279_900, 24],
  [highestAmountCents, 48],
])('the instalments of %i cents over %i months are worth the price today', (amountCents, months) => {
  const quote = quoteFor(amountCents, months);
  const worthToday = Array.from({ length: months }, (_, month) => {
    return (quote?.monthlyCents ?? 0) / (1 + annualPercentageRate) ** ((month + 1) / 12);
  }).reduce((sum, worth) => sum + worth, 0);

  expect(Math.abs(worthToday - amountCents)).toBeLessThan(months);
  expect(quote?.totalCents).toBe((quote?.monthlyCents ?? 0) * months);
});

test.each([
  [0, 12],
  [-1, 12],
  [100.5, 12],
  [Number.NaN, 12],
  [highestAmountCents + 1, 12],
  [10_000, 5],
  [10_000, 49],
  [10_000, 7.5],
])('%d cents over %d months are not quoted', (amountCents, months) => {
  expect(quoteFor(amountCents, months)).toBeUndefined();
});
