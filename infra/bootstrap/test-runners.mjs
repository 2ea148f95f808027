/** The runners of the test suite: what each runs, how its result is read, and its share of the time budget. */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compilerPath } from './build-all.mjs';
import { failedInPlaywright, failedInVitest } from './failed-tests.mjs';
import { tallyLeftovers } from './leftovers.mjs';
import { makeMemoryFolder } from './memory-folder.mjs';
import { runGroup } from './run-group.mjs';
import { PROOF } from './run-proof.mjs';

/** @typedef {{ passed: number, failed: number, notes: string[] }} Tally */
/** @typedef {'check' | 'fuzz' | 'server' | 'browser' | 'proof'} Budget */

/**
 * @typedef {object} RunContext
 * @property {string} root
 * @property {string} folder Temporary, for this run alone.
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * @typedef {object} Runner
 * @property {string} name
 * @property {Budget} budget
 * @property {boolean} needsBrowser
 * @property {boolean} [sideBySide] Whether it starts nothing and measures nothing, so that others of its kind may run with it.
 * @property {(context: RunContext) => Promise<Tally>} run
 */

/** @type {readonly Runner[]} */
export const RUNNERS = [
  { name: 'types', budget: 'check', needsBrowser: false, sideBySide: true, run: runTypes },
  { name: 'fences', budget: 'check', needsBrowser: false, sideBySide: true, run: runFences },
  {
    name: 'unit',
    budget: 'check',
    needsBrowser: false,
    sideBySide: true,
    run: (context) => runVitest(context, { name: 'unit', projects: ['unit'] }),
  },
  // Random inputs take one core for half a minute: the linter has the other.
  { name: 'fuzz', budget: 'fuzz', needsBrowser: false, sideBySide: true, run: runFuzz },
  { name: 'lint', budget: 'fuzz', needsBrowser: false, sideBySide: true, run: runLint },
  { name: 'server', budget: 'server', needsBrowser: false, run: runScenarios },
  {
    name: 'calls',
    budget: 'browser',
    needsBrowser: true,
    run: (context) => runVitest(context, { name: 'calls', projects: ['calls'] }),
  },
  { name: 'browser', budget: 'browser', needsBrowser: true, run: runPlaywright },
  { name: 'proof', budget: 'proof', needsBrowser: true, run: runShortProof },
];

/** @param {RunContext} context */
async function runTypes(context) {
  const tsc = compilerPath(context.root);
  // More checkers check what they share once each, and the linter, the fences and the tests want their time as well.
  const project = ['--checkers', '1', '-p'];
  /** @type {[string, string[]][]} */
  const checks = [
    ['the projects', ['-b']],
    ['the tests', [...project, 'infra/tsconfig.tests.json']],
    ['the set-up scripts', [...project, 'infra/tsconfig.bootstrap.json']],
  ];
  const tallies = [];
  for (const [what, args] of checks) {
    const code = await runGroup([tsc, ...args], context);
    tallies.push(one(code, `types of ${what}`));
  }
  return sum(tallies);
}

/** @param {RunContext} context */
async function runLint(context) {
  const biome = join(context.root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = ['check', '--config-path=infra', '--error-on-warnings', '.'];
  return one(await runGroup([biome, ...args], context), 'lint');
}

/** @param {RunContext} context */
async function runFences(context) {
  return runCounting(['infra/fences/run-fences.mjs'], context, 'fences');
}

const FUZZ_SECONDS = 30;
/** Of each part, in the full run. */
const FULL_FUZZ_INPUTS = 1_000_000;

/** @param {RunContext} context */
async function runFuzz(context) {
  const inputs = context.env.TEST_FULL ? [`--inputs=${FULL_FUZZ_INPUTS}`] : [];
  return runCounting(['infra/fuzz/run-fuzz.mjs', `--seconds=${FUZZ_SECONDS}`, ...inputs], context, 'fuzz');
}

/**
 * The proof's own parts first, then the proof in its short form. What it shows here is of this build and not of an
 * installation's data folder.
 * @param {RunContext} context
 */
async function runShortProof(context) {
  const units = await runVitest(context, { name: 'proof', projects: ['proof'] });
  const { CHROMIUM_BIN = '', MEDIASOUP_WORKER_BIN = '' } = context.env;
  const tools = ['--chromium', CHROMIUM_BIN, '--media-worker', MEDIASOUP_WORKER_BIN];
  const data = ['--data', join(context.folder, 'proof-data'), '--no-store'];
  const args = [PROOF, '--form', 'short', '--root', context.root, ...data, ...tools];
  return sum([units, await runCounting(args, context, 'proof')]);
}

/** Everything that the proof counts has passed, and what it did not look at stands in its output. */
const CLEAN_IN_PART = 3;
const NOT_RUN = /^\s*not run: (.+)$/;
/** What is the machine's own affair; whatever else the short form could not look at makes it fail here. */
const NEEDS_ANOTHER_MACHINE = [
  // The system gives cores to a collector of its own.
  'dumps: cores: ',
  // Only Linux has them.
  'limit: limits of the system: ',
];

/**
 * @param {number | null} code
 * @param {readonly string[]} lines
 */
export function codeOfProof(code, lines) {
  const parts = lines.flatMap((line) => NOT_RUN.exec(line)?.[1] ?? []);
  const isMachines = (/** @type {string} */ part) =>
    NEEDS_ANOTHER_MACHINE.some((start) => part.startsWith(start));
  return code === CLEAN_IN_PART && parts.length > 0 && parts.every(isMachines) ? 0 : code;
}

/** Of a program that counts its own checks: what it says last is of what has failed. */
const LAST_LINES = 6;

/**
 * @param {readonly string[]} lines The last is of the same form as ours.
 * @returns {Tally | undefined}
 */
export function tallyLines(lines) {
  const [, passed, failed] = /(\d+) passed, (\d+) failed/.exec(lines.at(-1) ?? '') ?? [];
  if (passed === undefined || failed === undefined) return undefined;
  const notes = Number(failed) > 0 ? lines.slice(-1 - LAST_LINES, -1) : [];
  return { passed: Number(passed), failed: Number(failed), notes };
}

/**
 * @param {readonly string[]} args
 * @param {RunContext} context
 * @param {string} name
 */
async function runCounting(args, context, name) {
  /** @type {string[]} */
  const lines = [];
  const code = await runGroup(args, { ...context, onLine: (line) => lines.push(line) });
  const tally = tallyLines(lines);
  return tally ? consistent(tally, { name, code: codeOfProof(code, lines) }) : one(code, name);
}

/**
 * Scenarios, and whatever else takes long without a browser, in one go: what is left of one kind fills the gaps of
 * another. Much of a scenario is waiting for a database or a process, so that three fill two cores.
 * @param {RunContext} context
 */
async function runScenarios(context) {
  const projects = ['unit-alone', 'contract', 'server'];
  const which = { name: 'server', projects, options: ['--maxWorkers=3'] };
  const folder = await makeMemoryFolder();
  if (folder === undefined) return runVitest(context, which);
  try {
    const tally = await runVitest({ ...context, env: { ...context.env, TMPDIR: folder } }, which);
    return sum([tally, await tallyLeftovers(folder)]);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {RunContext} context
 * @param {{ name: string, projects: readonly string[], options?: readonly string[] }} which
 */
async function runVitest(context, { name, projects, options = [] }) {
  const file = join(context.folder, `${name}.json`);
  const vitest = join(context.root, 'node_modules', 'vitest', 'vitest.mjs');
  const chosen = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runGroup(
    [vitest, 'run', '-c', 'infra/vitest.config.mjs', ...chosen, ...options, ...reporters],
    context,
  );
  const report = await readReport(file);
  if (!report) return crashed(name, code);
  const told = named(tallyVitest(report), failedInVitest(report, context.root));
  return consistent(told, { name, code });
}

/**
 * A file that fails before its first test has no tests to count: it counts as one. So does a skipped test,
 * since a test that does not run proves nothing.
 * @param {any} report
 * @returns {Tally}
 */
export function tallyVitest(report) {
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' &&
      !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
  ).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles + skipped,
    notes: skipped > 0 ? [`${skipped} skipped tests count as failed`] : [],
  };
}

/** @param {RunContext} context */
async function runPlaywright(context) {
  if (!existsSync(join(context.root, 'infra', 'playwright.config.mjs'))) {
    return { passed: 0, failed: 1, notes: ['there is no infra/playwright.config.mjs'] };
  }
  const file = join(context.folder, 'browser.json');
  const playwright = join(context.root, 'node_modules', '@playwright', 'test', 'cli.js');
  const code = await runGroup(
    [playwright, 'test', '-c', 'infra/playwright.config.mjs', '--reporter=list,json'],
    {
      ...context,
      // The name of this variable has changed between versions.
      env: { ...context.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    },
  );
  const report = await readReport(file);
  if (!report) return crashed('browser', code);
  return consistent(named(tallyPlaywright(report), failedInPlaywright(report)), { name: 'browser', code });
}

/**
 * A test that passes at a second attempt is not a passing test.
 * @param {any} report
 * @returns {Tally}
 */
export function tallyPlaywright({ stats, errors = [] }) {
  const notes = [];
  if (stats.skipped > 0) notes.push(`${stats.skipped} skipped tests count as failed`);
  if (stats.flaky > 0) notes.push(`${stats.flaky} tests that passed at a second attempt count as failed`);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
    notes,
  };
}

/** More than so many have one cause, and would push the figures off the screen. */
const MOST_NAMED = 20;

/**
 * @param {Tally} tally
 * @param {readonly string[]} failures
 * @returns {Tally}
 */
function named(tally, failures) {
  const more = failures.length > MOST_NAMED ? [`and ${failures.length - MOST_NAMED} more failed`] : [];
  return { ...tally, notes: [...tally.notes, ...failures.slice(0, MOST_NAMED), ...more] };
}

/**
 * A runner that reports no test, or success with a failing code, has crashed in some way.
 * @param {Tally} tally
 * @param {{ name: string, code: number | null }} run
 * @returns {Tally}
 */
export function consistent(tally, { name, code }) {
  if (tally.passed + tally.failed === 0) return crashed(name, code);
  if (code !== 0 && tally.failed === 0) {
    return { ...tally, failed: 1, notes: [...tally.notes, `${name} ended with code ${code}`] };
  }
  return tally;
}

/**
 * @param {string} name
 * @param {number | null} code
 * @returns {Tally}
 */
function crashed(name, code) {
  return { passed: 0, failed: 1, notes: [`${name} reported no test (code ${code})`] };
}

/**
 * @param {number | null} code
 * @param {string} what
 * @returns {Tally}
 */
function one(code, what) {
  return code === 0
    ? { passed: 1, failed: 0, notes: [] }
    : { passed: 0, failed: 1, notes: [`${what} failed`] };
}

/** @param {readonly Tally[]} tallies */
export function sum(tallies) {
  return tallies.reduce(
    (total, tally) => ({
      passed: total.passed + tally.passed,
      failed: total.failed + tally.failed,
      notes: [...total.notes, ...tally.notes],
    }),
    { passed: 0, failed: 0, notes: /** @type {string[]} */ ([]) },
  );
}

/** @param {string} file */
async function readReport(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  } finally {
    await rm(file, { force: true });
  }
}
