/**
 * What is held of one engagement with many lines, written out as the export that its visitor gets, against COPY of the
 * same rows out of the same database; and how much memory that takes for four times as many rows.
 */
import { withRecords } from './records-bundle.mjs';
import { figureOf, rowOf } from './statistics.mjs';

const LINES = 10_000;
const MORE = 4;
const TURNS = 3;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export function run({ rounds, progress }) {
  progress('starting records and filling its tables');
  return withRecords('rights-export-process.mjs', async (records) => {
    const small = { lines: LINES };
    const large = { lines: LINES * MORE };
    for (const each of [small, large]) {
      await records.ask({ act: 'fill', ...each });
      for (const act of ['export', 'copy']) await records.ask({ act, ...each });
    }
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const speed = await inTurns(records, small);
      const { grownBytes } = await records.ask({ act: 'export', ...large });
      measured.push({ ...speed, grownBytes });
    }
    return rowsOf(measured);
  });
}

async function inTurns(records, { lines }) {
  const sums = { export: 0, copy: 0, again: 0 };
  const names = Object.keys(sums);
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const name of turn % 2 === 0 ? names : names.toReversed()) {
      const { ms, rows } = await records.ask({ act: name === 'again' ? 'copy' : name, lines });
      if (rows < lines) throw new Error(`${name} wrote ${rows} of ${lines} rows`);
      sums[name] += ms;
    }
  }
  const perSecond = (ms) => (1000 * TURNS * lines) / ms;
  return { export: perSecond(sums.export), copy: perSecond(sums.copy), again: perSecond(sums.again) };
}

function rowsOf(measured) {
  const pairs = (ours, baseline) => measured.map((each) => ({ ours: each[ours], baseline: each[baseline] }));
  return [
    rowOf('rights-export/copy/rows-per-second', 'rows/s', pairs('export', 'copy')),
    rowOf('rights-export/copy/a-vs-a', 'rows/s', pairs('again', 'copy')),
    figureOf(
      'rights-export/memory-for-four-times-the-rows',
      'bytes',
      measured.map(({ grownBytes }) => grownBytes),
    ),
  ];
}
