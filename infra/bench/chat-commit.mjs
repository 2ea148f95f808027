/**
 * From `journal.append` in `live` to the acknowledgement after COMMIT: the journal's groups against the same journal
 * with one insertion and COMMIT for each entry, and against a bare INSERT that checks nothing. Client, channel,
 * process and Postgres are the same. A closed loop: a sender sends its next line when the one before is acknowledged.
 * All arms end with every line in the database, or there is no row.
 */
import { randomUUID } from 'node:crypto';
import { connectJournal } from './journal-senders.mjs';
import { withRecords } from './records-bundle.mjs';
import { quantile, rowOf } from './statistics.mjs';

const ARMS = ['ours', 'single', 'bare', 'again'];
const SCENARIOS = [
  { name: '1-sender', senders: 1, lines: 200 },
  { name: '32-senders', senders: 32, lines: 60 },
];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export function run({ rounds, progress }) {
  progress('starting records and Postgres');
  return withRecords('chat-commit-process.mjs', async (records) => {
    const { urls, secret, engagements } = records.hello;
    const lines = [];
    try {
      const arms = {};
      for (const arm of ARMS) {
        arms[arm] = await connectJournal(urls[arm === 'again' ? 'single' : arm], secret);
        lines.push(arms[arm]);
      }
      return await measure(records, { arms, engagements, rounds, progress });
    } finally {
      for (const journal of lines) await journal.close();
    }
  });
}

async function measure(records, { arms, engagements, rounds, progress }) {
  for (const scenario of SCENARIOS) {
    for (const journal of Object.values(arms)) await sendAll(journal, scenario, engagements);
  }
  const before = await records.ask({});
  const measured = SCENARIOS.map((scenario) => ({ scenario, ours: [], single: [], bare: [], again: [] }));
  for (let round = 0; round < rounds; round += 1) {
    progress(`round ${round + 1} of ${rounds}`);
    for (const each of measured) {
      const order = ARMS.map((_, at) => ARMS[(at + round) % ARMS.length]);
      for (const arm of order) each[arm].push(await sendAll(arms[arm], each.scenario, engagements));
    }
  }
  requireAll(before, await records.ask({}), rounds);
  return measured.flatMap(rowsOf);
}

function requireAll(before, after, rounds) {
  const sent = rounds * SCENARIOS.reduce((sum, { senders, lines }) => sum + senders * lines, 0);
  const numbered = after.numbered - before.numbered;
  const inserted = after.inserted - before.inserted;
  if (numbered !== 3 * sent || inserted !== sent) {
    throw new Error(`${numbered} and ${inserted} rows were stored of ${3 * sent} and ${sent}`);
  }
}

function rowsOf({ scenario, ours, single, bare, again }) {
  const p50 = ({ waits }) => quantile(waits, 0.5);
  const even = again.map((mine, round) => ({ ours: p50(mine), baseline: p50(single[round]) }));
  return [
    ...compare(`chat-commit/${scenario.name}`, ours, single),
    ...compare(`chat-commit/${scenario.name}-bare-insert`, ours, bare),
    rowOf(`chat-commit/a-vs-a-${scenario.name}`, 'ms', even),
  ];
}

function compare(name, ours, baseline) {
  const pairs = (of) => ours.map((mine, round) => ({ ours: of(mine), baseline: of(baseline[round]) }));
  return [
    rowOf(
      `${name}/rows-per-second`,
      '1/s',
      pairs((each) => each.rowsPerSecond),
    ),
    rowOf(
      `${name}/p50`,
      'ms',
      pairs((each) => quantile(each.waits, 0.5)),
    ),
    rowOf(
      `${name}/p95`,
      'ms',
      pairs((each) => quantile(each.waits, 0.95)),
    ),
  ];
}

async function sendAll(journal, { senders, lines }, engagements) {
  const waits = [];
  const began = performance.now();
  await Promise.all(
    engagements.slice(0, senders).map(async (engagementId) => {
      for (let at = 0; at < lines; at += 1) {
        const asked = performance.now();
        const ack = await journal.append({
          ...{ entryId: randomUUID(), engagementId, at: Date.now(), type: 'chatLine', lineId: randomUUID() },
          ...{ from: 'visitor', text: `What does line ${at} of this conversation cost a month?` },
        });
        if (!ack.ok) throw new Error(`a line was refused: ${ack.refusal.code}`);
        waits.push(performance.now() - asked);
      }
    }),
  );
  return { waits, rowsPerSecond: (1000 * waits.length) / (performance.now() - began) };
}
