// Medians, quantiles and the row that a bench reports.

/** @param {readonly number[]} values @param {number} share between 0 and 1 */
export function quantile(values, share) {
  if (values.length === 0) throw new Error('a quantile of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5);

/**
 * One row out of pairs measured round by round. `ratio` is the median of the rounds' ratios (ours / baseline), so
 * that a slow minute of the machine weighs on both sides alike; `spread` holds the least and the greatest ratio.
 *
 * @param {string} name `BENCH/BASELINE/STATISTIC`
 * @param {string} unit
 * @param {readonly { ours: number, baseline: number }[]} pairs
 */
export function rowOf(name, unit, pairs) {
  const ratios = pairs.map((pair) => pair.ours / pair.baseline);
  return {
    name,
    unit,
    value: median(pairs.map((pair) => pair.ours)),
    baseline: median(pairs.map((pair) => pair.baseline)),
    ratio: median(ratios),
    rounds: pairs.length,
    spread: [Math.min(...ratios), Math.max(...ratios)],
  };
}

/**
 * A row that is compared with nothing: a count, or a figure with a limit of its own.
 *
 * @param {string} name
 * @param {string} unit
 * @param {readonly number[]} values round by round
 */
export function figureOf(name, unit, values) {
  return {
    name,
    unit,
    value: median(values),
    rounds: values.length,
    spread: [Math.min(...values), Math.max(...values)],
  };
}

/** What a baseline against itself may come out as; beyond it the machine was too uneven for any row to count. */
const EVEN = { least: 0.93, most: 1.07 };

/**
 * Marks every row of a bench as void whose baseline against itself (`.../a-vs-a`) was uneven.
 *
 * @template {{ name: string, ratio?: number }} Row
 * @param {readonly Row[]} rows of one bench
 * @returns {(Row & { void?: true })[]}
 */
export function judgeEvenness(rows) {
  const uneven = rows.some(
    ({ name, ratio = Number.NaN }) =>
      /\/a-vs-a(?:-|$)/.test(name) && !(ratio >= EVEN.least && ratio <= EVEN.most),
  );
  return rows.map((row) => (uneven ? { ...row, void: true } : { ...row }));
}
