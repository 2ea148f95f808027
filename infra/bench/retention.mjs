/**
 * A month of a million lines that goes as a whole, against one DELETE of a million of the same lines from a table with
 * the same indexes; and a sweep row by row, as where a hold keeps the month: how long its batches take, and what those
 * who write meanwhile notice.
 */
import { connectJournal, sendWhile } from './journal-senders.mjs';
import { withRecords } from './records-bundle.mjs';
import { quantile, rowOf } from './statistics.mjs';

const LINES = 1_000_000;
const SWEPT = 300_000;
const SENDERS = 4;
const QUIET_MS = 6_000;
const MOST_BATCH_MS = 50;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export function run({ rounds, progress }) {
  progress('starting records and Postgres');
  return withRecords('retention-process.mjs', async (records) => {
    const { url, secret, engagements } = records.hello;
    const journal = await connectJournal(url, secret);
    try {
      const measured = [];
      for (let round = 0; round < rounds; round += 1) {
        progress(`round ${round + 1} of ${rounds}`);
        measured.push(await measure(records, { journal, engagements: engagements.slice(0, SENDERS) }));
      }
      return rowsOf(measured);
    } finally {
      await journal.close();
    }
  });
}

async function measure(records, { journal, engagements }) {
  await records.ask({ act: 'fill', lines: LINES });
  // A DELETE is taken back when it was measured, so that there is something to delete again.
  const ways = [];
  for (const way of ['delete', 'delete', 'drop']) {
    await records.ask({ act: 'settle' });
    const { ms, rows } = await records.ask({ act: way });
    if (rows !== LINES) throw new Error(`${way} took ${rows} of ${LINES} rows`);
    ways.push(ms);
  }
  const [one, other, dropped] = ways;
  const deleted = [one, other];
  await records.ask({ act: 'fill', lines: SWEPT, held: true });
  const rest = () => new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  const quiet = await sendWhile(journal, engagements, rest());
  const swept = records.ask({ act: 'sweep' });
  const during = await sendWhile(journal, engagements, swept);
  const { ms, rows, batches } = await swept;
  if (rows < SWEPT - 1000) throw new Error(`the sweep took ${rows} of ${SWEPT} rows`);
  return { dropped, deleted, quiet, during, sweptPerSecond: (1000 * rows) / ms, batches };
}

function rowsOf(measured) {
  const pairs = (ours, baseline) => measured.map((each) => ({ ours: ours(each), baseline: baseline(each) }));
  const perSecond = (ms) => (1000 * LINES) / ms;
  const p99 = (waits) => quantile(waits, 0.99);
  return [
    rowOf(
      'retention/one-delete/month-as-a-whole',
      'rows/s',
      pairs(
        (each) => perSecond(each.dropped),
        (each) => perSecond(each.deleted[0]),
      ),
    ),
    rowOf(
      'retention/one-delete/a-vs-a',
      'rows/s',
      pairs(
        (each) => perSecond(each.deleted[1]),
        (each) => perSecond(each.deleted[0]),
      ),
    ),
    rowOf(
      'retention/one-delete/row-by-row',
      'rows/s',
      pairs(
        (each) => each.sweptPerSecond,
        (each) => perSecond(each.deleted[0]),
      ),
    ),
    rowOf(
      'retention/50-ms/batch-p99',
      'ms',
      pairs(
        (each) => p99(each.batches),
        () => MOST_BATCH_MS,
      ),
    ),
    rowOf(
      'retention/50-ms/longest-batch',
      'ms',
      pairs(
        (each) => Math.max(...each.batches),
        () => MOST_BATCH_MS,
      ),
    ),
    rowOf(
      'retention/no-sweep/chat-p99',
      'ms',
      pairs(
        (each) => p99(each.during),
        (each) => p99(each.quiet),
      ),
    ),
  ];
}
