/** Provides what the tests need, runs every runner and sums them up. */
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './ensure-chromium.mjs';
import { ensureCoturn } from './ensure-coturn.mjs';
import { requireMediaWorker } from './ensure-media-worker.mjs';
import { tallyLeftovers } from './leftovers.mjs';
import { say, seconds } from './progress.mjs';
import { SetupFailure } from './setup-failure.mjs';
import { RUNNERS, sum } from './test-runners.mjs';
import { BUDGET_MS, tallyBudgets } from './time-budgets.mjs';

/**
 * @typedef {object} TestOptions
 * @property {string} root
 * @property {number} began When the set-up began.
 * @property {boolean} [check]
 * @property {boolean} [full]
 * @property {string | undefined} [only]
 */

/**
 * @param {TestOptions} options
 * @returns {Promise<number>} The exit code.
 */
export async function runTests({ root, began, check = false, full = false, only }) {
  const runners = chooseRunners({ check, only });
  const withBrowser = runners.some(({ needsBrowser }) => needsBrowser);
  const tools = await provideTools({ root, withBrowser });
  if (full) await ensureCoturn((line) => say(`  ${line}`));
  /** @type {Map<string, number>} */
  const spent = new Map([['set-up', Date.now() - began]]);
  const folder = await makeRunFolder();
  const env = { ...process.env, ...tools, TMPDIR: folder, ...(full ? { TEST_FULL: '1' } : {}) };
  const context = { root, folder, env };
  const tallies = [];
  const lines = [];
  try {
    for (const step of stepsOf(runners)) {
      say(`\n── ${step.map(({ name }) => name).join(', ')}`);
      const from = Date.now();
      const results = await Promise.all(step.map((runner) => timed(runner, context)));
      const { budget } = step[0];
      spent.set(budget, (spent.get(budget) ?? 0) + Date.now() - from);
      for (const { name, tally, tookMs } of results) {
        tallies.push(tally);
        lines.push(`${name.padEnd(12)}${tally.passed} passed, ${tally.failed} failed, ${seconds(tookMs)}`);
      }
    }
    tallies.push(await tallyLeftovers(folder));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  // The long tests of a full run are not measured against it.
  if (!full) tallies.push(tallyBudgets(spent));
  const total = sum(tallies);
  printSummary({ lines, notes: total.notes, spent });
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** @param {{ check: boolean, only: string | undefined }} choice */
function chooseRunners({ check, only }) {
  const names = only?.split(',');
  const unknown = names?.find((name) => !RUNNERS.some((runner) => runner.name === name));
  if (unknown !== undefined) {
    const known = RUNNERS.map(({ name }) => name).join(', ');
    throw new SetupFailure(`there is no runner named ${unknown}`, `Choose among: ${known}.`);
  }
  return RUNNERS.filter(({ name, needsBrowser }) =>
    names ? names.includes(name) : !(check && needsBrowser),
  );
}

/**
 * What may run side by side and shares a budget is one step; everything else is a step of its own.
 * @param {readonly import('./test-runners.mjs').Runner[]} runners
 */
export function stepsOf(runners) {
  /** @type {[import('./test-runners.mjs').Runner, ...import('./test-runners.mjs').Runner[]][]} */
  const steps = [];
  for (const runner of runners) {
    const last = steps.at(-1);
    const joins = runner.sideBySide && last?.[0].sideBySide && last[0].budget === runner.budget;
    if (last && joins) last.push(runner);
    else steps.push([runner]);
  }
  return steps;
}

/**
 * @param {import('./test-runners.mjs').Runner} runner
 * @param {import('./test-runners.mjs').RunContext} context
 */
async function timed({ name, run }, context) {
  const from = Date.now();
  const tally = await run(context);
  return { name, tally, tookMs: Date.now() - from };
}

/**
 * @param {{ root: string, withBrowser: boolean }} options
 * @returns {Promise<Record<string, string>>} What tells the tests where the tools are.
 */
async function provideTools({ root, withBrowser }) {
  /** @type {Record<string, string>} */
  const tools = { MEDIASOUP_WORKER_BIN: await requireMediaWorker({ root, mayInstall: true }) };
  if (withBrowser) tools.CHROMIUM_BIN = await ensureChromium((line) => say(`  ${line}`));
  return tools;
}

/** Other accounts may pass through it, as the tests of what runs without root's rights need, but not look into it. */
async function makeRunFolder() {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'alongside-test-')));
  await chmod(folder, 0o711);
  return folder;
}

/** @param {{ lines: readonly string[], notes: readonly string[], spent: ReadonlyMap<string, number> }} summary */
function printSummary({ lines, notes, spent }) {
  say('\n── summary');
  for (const line of lines) say(line);
  for (const note of notes) say(`note: ${note}`);
  for (const [name, budgetMs] of Object.entries(BUDGET_MS)) {
    const tookMs = spent.get(name);
    if (tookMs === undefined) continue;
    say(`time: ${name} ${seconds(tookMs)} of ${seconds(budgetMs)}`);
  }
}
