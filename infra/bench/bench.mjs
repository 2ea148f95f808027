/**
 * `npm run bench`: sets everything up, measures our figures against baselines in the same run, and prints or writes
 * rows. What is measured is what is built, hence built first when sources have changed.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { requireNodeVersion } from '../bootstrap/node-version.mjs';

requireNodeVersion();
const { runProgram, SetupFailure } = await import('../bootstrap/setup-failure.mjs');
const { mayInstallPackages } = await import('../bootstrap/leave-to-install.mjs');
const { setUp } = await import('../bootstrap/set-up.mjs');
const { benches } = await import('./benches.mjs');
const { formatRows } = await import('./format-rows.mjs');
const { judgeEvenness } = await import('./statistics.mjs');
const { provideBenchTools } = await import('./bench-tools.mjs');

const root = fileURLToPath(new URL('../..', import.meta.url));
// npm runs this in the project's folder, and files are named from where the person is.
const here = process.env.INIT_CWD ?? process.cwd();
const usage = `usage: npm run bench -- --list
       npm run bench -- NAME... [--rounds N] [--json FILE] [--yes]
       npm run bench -- --all [--json FILE] [--yes]`;

/** @param {string[]} argv */
function split(argv) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        list: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        json: { type: 'string' },
        rounds: { type: 'string' },
        yes: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new SetupFailure('these words are not understood', usage, String(error?.message ?? error));
  }
}

/** @param {string[]} argv */
function parseArguments(argv) {
  const { values, positionals } = split(argv);
  const names = values.all ? benches.map((bench) => bench.name) : positionals;
  const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined)
    throw new SetupFailure(`there is no bench named ${unknown}`, '--list shows them.');
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new SetupFailure(`--rounds ${values.rounds} is no number of rounds`, 'Give a whole one above 0.');
  }
  return { names, list: values.list, json: values.json, yes: values.yes, rounds };
}

/** The rounds of one bench; what comes out the same each time is measured once, whatever is asked for. */
function roundsOf(bench, wanted) {
  return bench.deterministic ? 1 : (wanted ?? bench.rounds);
}

async function measure(bench, rounds) {
  process.stderr.write(`${bench.name}: ${bench.deterministic ? 'the same each time' : `${rounds} rounds`}\n`);
  const { run } = await bench.load();
  const rows = await run({
    rounds,
    progress: (/** @type {string} */ text) => process.stderr.write(`  ${text}\n`),
  });
  return judgeEvenness(rows);
}

await runProgram(async () => {
  const wanted = parseArguments(process.argv.slice(2));
  if (wanted.list || wanted.names.length === 0) {
    for (const bench of benches) process.stdout.write(`${bench.name.padEnd(14)} ${bench.about}\n`);
    if (!wanted.list) process.stdout.write(`\n${usage}\n`);
    return 0;
  }
  const chosen = benches.filter((each) => wanted.names.includes(each.name));
  await setUp(root);
  await provideBenchTools(chosen, { root, mayInstall: mayInstallPackages(wanted) });
  const rows = [];
  for (const bench of chosen) rows.push(...(await measure(bench, roundsOf(bench, wanted.rounds))));
  process.stdout.write(formatRows(rows));
  if (wanted.json !== undefined) {
    writeFileSync(resolve(here, wanted.json), `${JSON.stringify(rows, null, 2)}\n`);
  }
  return 0;
});
// A bench may leave a socket or a timer behind, which must not keep a finished run from ending.
process.exit();
