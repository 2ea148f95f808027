/** Runs one fuzz in rounds, each with a seed of its own, so that a round that fails can be had again by itself. */

/**
 * @typedef {object} Fuzzed What one round has found.
 * @property {number} inputs
 * @property {Readonly<Record<string, number>>} met How many inputs took each way through what is fuzzed.
 * @property {string | undefined} broken The first rule that an input broke, with the input.
 */

/** @typedef {(seed: number, inputs: number) => Fuzzed} Fuzz */

/**
 * @typedef {object} Plan
 * @property {number} seed Of the first round; each further one has the next.
 * @property {number} [rounds] So many, and not until a time or count.
 * @property {number} [leastMs]
 * @property {number} [leastInputs]
 */

/**
 * @typedef {object} Found
 * @property {number} seed
 * @property {number} inputs
 * @property {number} tookMs
 * @property {Readonly<Record<string, number>>} met
 * @property {{ seed: number, rule: string } | undefined} broken
 */

/** So few that a failing round takes a moment to be had again. */
const INPUTS_OF_A_ROUND = 500;
const SEEDS = 2 ** 32;

/**
 * Ends with the first rule that is broken.
 * @param {Fuzz} fuzz
 * @param {Plan} plan
 * @param {() => number} now
 * @returns {Found}
 */
export function fuzzRounds(fuzz, plan, now = () => performance.now()) {
  const began = now();
  /** @type {Record<string, number>} */
  const met = {};
  let inputs = 0;
  let round = 0;
  for (; isUnderWay(plan, { round, inputs, tookMs: now() - began }); round += 1) {
    const seed = (plan.seed + round) % SEEDS;
    const found = attempt(fuzz, seed);
    inputs += found.inputs;
    for (const [way, count] of Object.entries(found.met)) met[way] = (met[way] ?? 0) + count;
    const { broken: rule } = found;
    if (rule !== undefined)
      return { seed: plan.seed, inputs, tookMs: now() - began, met, broken: { seed, rule } };
  }
  return { seed: plan.seed, inputs, tookMs: now() - began, met, broken: undefined };
}

/**
 * @param {Plan} plan
 * @param {{ round: number, inputs: number, tookMs: number }} done
 */
function isUnderWay({ rounds, leastMs = 0, leastInputs = 0 }, { round, inputs, tookMs }) {
  if (rounds !== undefined) return round < rounds;
  return tookMs < leastMs || inputs < leastInputs;
}

/**
 * What is fuzzed may throw at nothing.
 * @param {Fuzz} fuzz
 * @param {number} seed
 * @returns {Fuzzed}
 */
function attempt(fuzz, seed) {
  try {
    return fuzz(seed, INPUTS_OF_A_ROUND);
  } catch (error) {
    return { inputs: 0, met: {}, broken: `threw ${error instanceof Error ? error.stack : String(error)}` };
  }
}
