// `npm run bench`: measures our figures against baselines in the same run and prints or writes rows.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benches } from './benches.mjs';
import { formatRows } from './format-rows.mjs';

const usage = `usage: npm run bench -- --list
       npm run bench -- NAME... [--rounds N] [--json FILE]
       npm run bench -- --all [--json FILE]`;

/** @param {string[]} argv */
function parseArguments(argv) {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      list: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      json: { type: 'string' },
      rounds: { type: 'string' },
    },
  });
  const names = values.all ? benches.map((bench) => bench.name) : positionals;
  const unknown = names.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) throw new Error(`there is no bench named ${unknown}; --list shows them`);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new Error('--rounds wants a whole number above 0');
  }
  return { names, list: values.list, json: values.json, rounds };
}

async function main() {
  const wanted = parseArguments(process.argv.slice(2));
  if (wanted.list || wanted.names.length === 0) {
    for (const bench of benches) process.stdout.write(`${bench.name.padEnd(14)} ${bench.about}\n`);
    if (!wanted.list) process.stdout.write(`\n${usage}\n`);
    return;
  }
  const rows = [];
  for (const bench of benches.filter((each) => wanted.names.includes(each.name))) {
    const rounds = wanted.rounds ?? bench.rounds;
    process.stderr.write(`${bench.name}: ${rounds} rounds\n`);
    const { run } = await bench.load();
    rows.push(
      ...(await run({
        rounds,
        progress: (/** @type {string} */ text) => process.stderr.write(`  ${text}\n`),
      })),
    );
  }
  process.stdout.write(formatRows(rows));
  if (wanted.json !== undefined) writeFileSync(wanted.json, `${JSON.stringify(rows, null, 2)}\n`);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
