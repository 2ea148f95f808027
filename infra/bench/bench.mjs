// `npm run bench`: measures our figures against baselines in the same run and prints or writes rows.
import { writeFileSync } from 'node:fs';
import { benches } from './benches.mjs';
import { formatRows } from './format-rows.mjs';

const usage = `usage: npm run bench -- --list
       npm run bench -- NAME... [--rounds N] [--json FILE]
       npm run bench -- --all [--json FILE]`;

/** @param {string[]} argv */
function parseArguments(argv) {
  const wanted = { names: /** @type {string[]} */ ([]), list: false, json: '', rounds: 0 };
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--list') wanted.list = true;
    else if (word === '--all') wanted.names = benches.map((bench) => bench.name);
    else if (word === '--json') wanted.json = argv[(at += 1)] ?? '';
    else if (word === '--rounds') wanted.rounds = Number(argv[(at += 1)]);
    else if (word.startsWith('-')) throw new Error(`unknown option ${word}\n${usage}`);
    else wanted.names.push(word);
  }
  const unknown = wanted.names.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) throw new Error(`there is no bench named ${unknown}; --list shows them`);
  if (!Number.isInteger(wanted.rounds) || wanted.rounds < 0) throw new Error('--rounds wants a whole number');
  return wanted;
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
    const rounds = wanted.rounds || bench.rounds;
    process.stderr.write(`${bench.name}: ${rounds} rounds\n`);
    const { run } = await bench.load();
    rows.push(...(await run({ rounds, progress: (/** @type {string} */ text) => process.stderr.write(`  ${text}\n`) })));
  }
  process.stdout.write(formatRows(rows));
  if (wanted.json !== '') writeFileSync(wanted.json, `${JSON.stringify(rows, null, 2)}\n`);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
