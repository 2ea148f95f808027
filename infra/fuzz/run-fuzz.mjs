/**
 * Fuzzes the readers of frames, of events and of media parameters side by side: `node infra/fuzz/run-fuzz.mjs
 * [--seconds=30] [--inputs=1000000] [--part=codec] [--seed=1 [--rounds=1]]`. Both bounds hold where both are given.
 * Without a seed each run has another one, and a rule that is broken names the seed that breaks it again. `npm test`
 * calls it; its last line counts the checks.
 */
import { randomInt } from 'node:crypto';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { FUZZ_PARTS, tallyPart } from './fuzz-parts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    inputs: { type: 'string', default: '0' },
    part: { type: 'string' },
    seed: { type: 'string' },
    rounds: { type: 'string' },
  },
});

/** @param {string} text */
function whole(text) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${text} is no whole number.`);
  return number;
}

const parts = FUZZ_PARTS.filter(({ name }) => values.part === undefined || name === values.part);
if (parts.length === 0) throw new Error(`There is no part named ${values.part}.`);
const bounds = { leastMs: whole(values.seconds) * 1_000, leastInputs: whole(values.inputs) };
const seed = values.seed === undefined ? randomInt(2 ** 32 - 1) : whole(values.seed);
const plan = { seed, ...bounds, ...(values.rounds === undefined ? {} : { rounds: whole(values.rounds) }) };

const folder = await realpath(await mkdtemp(join(tmpdir(), 'alongside-fuzz-')));
try {
  await bundle(folder);
  const tallies = await Promise.all(parts.map(async (part) => tallyPart(part, await onThread(part))));
  for (const line of tallies.flatMap(({ lines }) => lines)) process.stdout.write(`${line}\n`);
  const [passed, failed] = [total(tallies, 'passed'), total(tallies, 'failed')];
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/**
 * What is fuzzed is source, and the runtime takes none: it is bundled as the pages that use it are.
 * @param {string} outdir
 */
async function bundle(outdir) {
  await build({
    absWorkingDir: root,
    entryPoints: parts.map(({ entry }) => entry),
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['source'],
    outdir,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    // mediasoup is written for `require`, which modules have not.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
}

/**
 * @param {import('./fuzz-parts.mjs').FuzzPart} part
 * @returns {Promise<import('./fuzz-rounds.mjs').Found>}
 */
function onThread({ entry, fuzz }) {
  const file = pathToFileURL(join(folder, `${basename(entry, '.ts')}.mjs`)).href;
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./fuzz-thread.mjs', import.meta.url), {
      workerData: { file, fuzz, plan },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`The fuzz of ${entry} ended without a word.`)));
  });
}

/**
 * @param {readonly { passed: number, failed: number }[]} tallies
 * @param {'passed' | 'failed'} which
 */
function total(tallies, which) {
  return tallies.reduce((sum, tally) => sum + tally[which], 0);
}
