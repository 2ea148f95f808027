/** Reckons what paying monthly costs. */

/** The yearly rate, all costs included, as a fraction. */
export const annualPercentageRate = 0.079;
export const shortestTermMonths = 6;
export const longestTermMonths = 48;
export const highestAmountCents = 2_000_000;

export interface Quote {
  readonly amountCents: number;
  readonly months: number;
  readonly annualPercentageRate: number;
  readonly monthlyCents: number;
  readonly totalCents: number;
  readonly interestCents: number;
}

/** An annuity: the yearly rate is an effective one, so the monthly rate is its twelfth root. */
export function quoteFor(amountCents: number, months: number): Quote | undefined {
  if (!Number.isInteger(amountCents) || amountCents <= 0 || amountCents > highestAmountCents)
    return undefined;
  if (!Number.isInteger(months) || months < shortestTermMonths || months > longestTermMonths)
    return undefined;
  const monthlyRate = (1 + annualPercentageRate) ** (1 / 12) - 1;
  const monthlyCents = Math.round((amountCents * monthlyRate) / (1 - (1 + monthlyRate) ** -months));
  const totalCents = monthlyCents * months;

  return {
    amountCents,
    months,
    annualPercentageRate,
    monthlyCents,
    totalCents,
    interestCents: totalCents - amountCents,
  };
}
