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
const { exitCodeOf, judge } = await import('./targets.mjs');
const { provideBenchTools } = await import('./bench-tools.mjs');

const root = fileURLToPath(new URL('../..', import.meta.url));
// npm runs this in the project's folder, and files are named from where the person is.
const here = process.env.INIT_CWD ?? process.cwd();
const usage = `usage: npm run bench                                 all of them, about half an hour
       npm run bench -- --only=NAME[,NAME...] [--rounds N] [--json FILE] [--yes]
       npm run bench -- --list
It ends with 0 when every row holds what it must, with 3 when one does not, and with 4 when a bench is void.`;

/** @param {string[]} argv */
function split(argv) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        list: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: [] },
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
  const named = [...positionals, ...values.only.flatMap((names) => names.split(','))];
  const unknown = named.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined)
    throw new SetupFailure(`there is no bench named ${unknown}`, '--list shows them.');
  const names = named.length === 0 ? benches.map((bench) => bench.name) : named;
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
  const began = performance.now();
  process.stderr.write(`${bench.name}: ${bench.deterministic ? 'the same each time' : `${rounds} rounds`}\n`);
  const { run } = await bench.load();
  const rows = await run({
    rounds,
    progress: (/** @type {string} */ text) => process.stderr.write(`  ${text}\n`),
  });
  process.stderr.write(`  done in ${Math.round((performance.now() - began) / 1000)} s\n`);
  return judgeEvenness(rows).map(judge);
}

await runProgram(async () => {
  const wanted = parseArguments(process.argv.slice(2));
  if (wanted.list) {
    for (const bench of benches) process.stdout.write(`${bench.name.padEnd(18)} ${bench.about}\n`);
    return 0;
  }
  const chosen = benches.filter((each) => wanted.names.includes(each.name));
  await setUp(root);
  await provideBenchTools(chosen, { root, mayInstall: mayInstallPackages(wanted) });
  const rows = [];
  let broken = 0;
  for (const bench of chosen) {
    try {
      rows.push(...(await measure(bench, roundsOf(bench, wanted.rounds))));
    } catch (error) {
      // One that cannot be measured keeps nobody from the figures of the others.
      broken += 1;
      process.stderr.write(`  ${bench.name} failed: ${error instanceof Error ? error.stack : error}\n`);
    }
  }
  process.stdout.write(formatRows(rows));
  if (wanted.json !== undefined) {
    writeFileSync(resolve(here, wanted.json), `${JSON.stringify(rows, null, 2)}\n`);
  }
  return broken > 0 ? 1 : exitCodeOf(rows);
});
// A bench may leave a socket or a timer behind, which must not keep a finished run from ending.
process.exit();
