/**
 * What row-level security costs: the statements of `records` as its own role, against the same statements as the owner
 * of the tables, who is let past it. The tables hold one customer's rows, so that both find the same: the reading of an
 * engagement, a page of the list, and a batch of the journal.
 */
import { withRecords } from './records-bundle.mjs';
import { rowOf } from './statistics.mjs';

const KINDS = ['record', 'list', 'journal'];
/** Of each kind and way in a round, forth and back in turns. */
const TURNS = 6;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export function run({ rounds, progress }) {
  progress('starting records and filling its tables');
  return withRecords('row-security-process.mjs', async (records) => {
    const measured = [];
    // What is planned and read for the first time counts for nobody.
    for (const kind of KINDS) for (const way of ['secured', 'open']) await records.ask({ kind, way });
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const taken = {};
      for (const kind of KINDS) taken[kind] = await inTurns(records, kind);
      measured.push(taken);
    }
    return KINDS.flatMap((kind) => rowsOf(kind, measured));
  });
}

async function inTurns(records, kind) {
  const ways = { secured: 'secured', open: 'open', again: 'open' };
  const names = Object.keys(ways);
  const sums = { secured: 0, open: 0, again: 0 };
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const name of turn % 2 === 0 ? names : names.toReversed()) {
      const { ms, found } = await records.ask({ kind, way: ways[name] });
      if (found === 0) throw new Error(`${kind} found nothing as ${name}`);
      sums[name] += ms;
    }
  }
  return sums;
}

function rowsOf(kind, measured) {
  const pairs = (ours, baseline) =>
    measured.map((each) => ({ ours: each[kind][ours] / TURNS, baseline: each[kind][baseline] / TURNS }));
  return [
    rowOf(`row-security/owner/${kind}`, 'ms', pairs('secured', 'open')),
    rowOf(`row-security/${kind}/a-vs-a`, 'ms', pairs('again', 'open')),
  ];
}
