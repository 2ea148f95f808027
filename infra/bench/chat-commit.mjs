/**
 * From `journal.append` in `live` to the acknowledgement after COMMIT: the journal's groups against the same journal
 * with one insertion and COMMIT for each entry, and against a bare INSERT that checks nothing. Client, channel,
 * process and Postgres are the same. A closed loop: a sender sends its next line when the one before is acknowledged.
 * All arms end with every line in the database, or there is no row.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { JournalClient } from '../../server/dist/live/journal/journal-client.js';
import { bundleText } from './browser-pages.mjs';
import { Child } from './child.mjs';
import { quantile, rowOf } from './statistics.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ARMS = ['ours', 'single', 'bare'];
const SCENARIOS = [
  { name: '1-sender', senders: 1, lines: 200 },
  { name: '32-senders', senders: 32, lines: 60 },
];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  // Within the project, so that its packages are found.
  const folder = join(root, '.data', `bench-${process.pid}`);
  await mkdir(folder, { recursive: true });
  let records;
  const lines = [];
  try {
    progress('starting records and Postgres');
    records = await Child.start('chat-commit-process.mjs', { BENCH_WORLD: await bundleWorld(folder) });
    const { urls, secret, engagements } = records.hello;
    const arms = {};
    for (const arm of ARMS) {
      arms[arm] = await connect(urls[arm], secret);
      lines.push(arms[arm]);
    }
    for (const scenario of SCENARIOS) {
      for (const journal of Object.values(arms)) await sendAll(journal, scenario, engagements);
    }
    const before = await records.ask({});
    const measured = SCENARIOS.map((scenario) => ({ scenario, ours: [], single: [], bare: [] }));
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      for (const each of measured) {
        const order = ARMS.map((_, at) => ARMS[(at + round) % ARMS.length]);
        for (const arm of order) each[arm].push(await sendAll(arms[arm], each.scenario, engagements));
      }
    }
    requireAll(before, await records.ask({}), rounds);
    return measured.flatMap(rowsOf);
  } finally {
    for (const journal of lines) await journal.close();
    await records?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function requireAll(before, after, rounds) {
  const sent = rounds * SCENARIOS.reduce((sum, { senders, lines }) => sum + senders * lines, 0);
  const numbered = after.numbered - before.numbered;
  const inserted = after.inserted - before.inserted;
  if (numbered !== 2 * sent || inserted !== sent) {
    throw new Error(`${numbered} and ${inserted} rows were stored of ${2 * sent} and ${sent}`);
  }
}

function rowsOf({ scenario, ours, single, bare }) {
  return [
    ...compare(`chat-commit/${scenario.name}`, ours, single),
    ...compare(`chat-commit/${scenario.name}-bare-insert`, ours, bare),
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

async function connect(url, secret) {
  const silent = () => undefined;
  return new Promise((resolve) => {
    const journal = new JournalClient({
      url,
      secret,
      hello: () => ({ nodeId: 'bench', startNumber: randomUUID(), liveUrl: 'http://live.localhost:1' }),
      roster: () => ({ agents: [], engagements: [] }),
      logger: { debug: silent, info: silent, warn: silent, error: silent },
      listener: {
        connected: silent,
        revoked: silent,
        committed: silent,
        notAlone: silent,
        storageChanged: (storage) => {
          if (storage === 'up') resolve(journal);
        },
      },
      appendMs: 60_000,
    });
    journal.open();
  });
}

/** The world of the server's tests, with the built server's packages around it. */
async function bundleWorld(folder) {
  const text = await bundleText(
    "export { World } from './server/test/records-world.ts'; export { JOURNAL_SECRET } from './server/test/journal-line.ts';",
    { platform: 'node', format: 'esm', target: 'node20', packages: 'external', define: {} },
  );
  const file = join(folder, 'world.mjs');
  await writeFile(file, text);
  return pathToFileURL(file).href;
}
