/**
 * What the decision costs a chat line: the journal as it is, against the same journal on a table without the trigger
 * and without the reference to a decision, whose writer asks for none. Process, connections and Postgres are the same.
 */
import { connectJournal, sendLines } from './journal-senders.mjs';
import { withRecords } from './records-bundle.mjs';
import { median, quantile, rowOf } from './statistics.mjs';

const SCENARIOS = [
  { name: '1-sender', senders: 1, lines: 250 },
  { name: '32-senders', senders: 32, lines: 60 },
];
/** Each round tries every way often and in turns, since one COMMIT takes as long as the disk likes. */
const TURNS = 4;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export function run({ rounds, progress }) {
  progress('starting records and Postgres');
  return withRecords('transfer-decision-process.mjs', async (records) => {
    const { urls, secret, engagements } = records.hello;
    const ours = await connectJournal(urls.ours, secret);
    const plain = await connectJournal(urls.plain, secret);
    try {
      const rows = [];
      for (const scenario of SCENARIOS) {
        const ways = { ours, plain, again: plain };
        for (const journal of [ours, plain]) await send(journal, scenario, engagements);
        const measured = [];
        for (let round = 0; round < rounds; round += 1) {
          progress(`${scenario.name}, round ${round + 1} of ${rounds}`);
          measured.push(await inTurns(ways, (journal) => send(journal, scenario, engagements)));
        }
        rows.push(...rowsOf(scenario.name, measured));
      }
      const { decided, plainly } = await records.ask({});
      if (
        decided === 0 ||
        plainly !== 2 * decided - SCENARIOS.reduce((sum, each) => sum + each.senders * each.lines, 0)
      )
        throw new Error(`${decided} and ${plainly} lines were kept`);
      return rows;
    } finally {
      await ours.close();
      await plain.close();
    }
  });
}

const send = (journal, { senders, lines }, engagements) =>
  sendLines(journal, engagements.slice(0, senders), lines);

/** Forth and back, so that what comes first does so as often as what comes last. */
async function inTurns(ways, measure) {
  const names = Object.keys(ways);
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const name of turn % 2 === 0 ? names : names.toReversed())
      results[name].push(await measure(ways[name]));
  }
  return results;
}

function rowsOf(name, measured) {
  const p50 = (turns) =>
    quantile(
      turns.flatMap(({ waits }) => waits),
      0.5,
    );
  const perLine = (turns) => median(turns.map(({ perLineMs }) => perLineMs));
  const pairs = (of, ours, baseline) =>
    measured.map((each) => ({ ours: of(each[ours]), baseline: of(each[baseline]) }));
  return [
    rowOf(`transfer-decision/no-decision/${name}-p50`, 'ms', pairs(p50, 'ours', 'plain')),
    rowOf(`transfer-decision/no-decision/${name}-per-line`, 'ms', pairs(perLine, 'ours', 'plain')),
    rowOf(`transfer-decision/${name}/a-vs-a`, 'ms', pairs(p50, 'again', 'plain')),
  ];
}
