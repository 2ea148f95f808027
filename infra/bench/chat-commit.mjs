/**
 * From `journal.append` in `live` to the acknowledgement after COMMIT: the journal's groups against one INSERT and
 * COMMIT for each entry, of the same row under the same security and triggers, against such an INSERT that checks
 * nothing, and with a thousand entries under way against the ceiling: bare INSERTs of a thousand rows. Client, channel,
 * processes and Postgres are the same. A closed loop: a sender sends its next line when the one before is acknowledged.
 * Then the same from client to client, which has no bound, and with `records` killed in the middle.
 * All arms end with every line in the database, or there is no row.
 */
import { randomUUID } from 'node:crypto';
import { runClients } from './chat-clients.mjs';
import { connectJournal } from './journal-senders.mjs';
import { withRecords } from './records-bundle.mjs';
import { quantile, rowOf } from './statistics.mjs';

const EACH_COMMITTED = ['ours', 'single', 'bare', 'again'];
const IN_SETS = ['ours', 'ceiling'];
const PATIENCE_MS = 30_000;
const AGAIN_MS = 20;
/** Where there are more senders than engagements, several write to each. */
const SCENARIOS = [
  { name: '1-sender', senders: 1, lines: 200, arms: EACH_COMMITTED },
  { name: '32-senders', senders: 32, lines: 60, arms: EACH_COMMITTED },
  { name: '1000-senders', senders: 1000, lines: 6, arms: IN_SETS },
];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run(options) {
  return [...(await runJournals(options)), ...(await runClients(options))];
}

function runJournals({ rounds, progress }) {
  progress('starting records and Postgres');
  return withRecords('chat-commit-process.mjs', async (records) => {
    const { urls, secret, engagements } = records.hello;
    const lines = [];
    try {
      const arms = {};
      for (const arm of new Set([...EACH_COMMITTED, ...IN_SETS])) {
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
    for (const arm of scenario.arms) await sendAll(arms[arm], scenario, engagements);
  }
  const before = await records.ask({});
  const measured = SCENARIOS.map((scenario) => ({
    scenario,
    ours: [],
    single: [],
    bare: [],
    ceiling: [],
    again: [],
  }));
  for (let round = 0; round < rounds; round += 1) {
    progress(`round ${round + 1} of ${rounds}`);
    for (const each of measured) {
      const { scenario } = each;
      const order = scenario.arms.map((_, at) => scenario.arms[(at + round) % scenario.arms.length]);
      for (const arm of order) each[arm].push(await sendAll(arms[arm], scenario, engagements));
    }
  }
  requireAll(before, await records.ask({}), rounds);
  return measured.flatMap(rowsOf);
}

function requireAll(before, after, rounds) {
  const sent = { numbered: 0, inserted: 0 };
  for (const { arms, senders, lines } of SCENARIOS) {
    for (const arm of arms)
      sent[arm === 'bare' || arm === 'ceiling' ? 'inserted' : 'numbered'] += rounds * senders * lines;
  }
  for (const [kind, expected] of Object.entries(sent)) {
    const stored = after[kind] - before[kind];
    if (stored !== expected) throw new Error(`${stored} rows were ${kind} of ${expected}`);
  }
}

function rowsOf({ scenario, ours, single, bare, ceiling, again }) {
  if (scenario.arms === IN_SETS) {
    return compare(`chat-commit/${scenario.name}-ceiling`, ours, ceiling);
  }
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
    Array.from({ length: senders }, async (_, sender) => {
      const engagementId = engagements[sender % engagements.length];
      for (let at = 0; at < lines; at += 1) {
        const asked = performance.now();
        await append(journal, {
          ...{ entryId: randomUUID(), engagementId, at: Date.now(), type: 'chatLine', lineId: randomUUID() },
          ...{ from: 'visitor', text: `What does line ${at} of this conversation cost a month?` },
        });
        waits.push(performance.now() - asked);
      }
    }),
  );
  return { waits, rowsPerSecond: (1000 * waits.length) / (performance.now() - began) };
}

/** What storage did not answer for in time is sent again, as by a page, and has waited all the while. */
async function append(journal, entry) {
  for (const began = performance.now(); ; ) {
    const ack = await journal.append(entry);
    if (ack.ok) return;
    const { code } = ack.refusal;
    if (code !== 'storageUnavailable' || performance.now() - began > PATIENCE_MS)
      throw new Error(`a line was refused: ${code}`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
