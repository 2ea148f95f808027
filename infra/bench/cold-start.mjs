/**
 * From the start of the program to the first ticket and to the first socket that it opens, against a bare process that
 * answers one POST and accepts one WebSocket. The program finds its Postgres running and its tables made, as after a
 * restart; the first ticket is a visitor's, with everything that is decided and kept for it.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { withRecords } from './records-bundle.mjs';
import {
  answered,
  end,
  freePort,
  post,
  SHOP,
  socketOpens,
  startEngagement,
  startInstallation,
} from './started-installation.mjs';
import { rowOf } from './statistics.mjs';

const bare = fileURLToPath(new URL('cold-start-bare-process.mjs', import.meta.url));

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export function run({ rounds, progress }) {
  progress('starting Postgres and making a customer');
  return withRecords('cold-start-process.mjs', async (records) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'alongside-cold-'));
    const measured = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        progress(`round ${round + 1} of ${rounds}`);
        const before = await bareStart();
        const ours = await ourStart({ ...records.hello, dataDir });
        measured.push({ ours, bare: before, again: await bareStart() });
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
    const pairs = (ours, of) => measured.map((each) => ({ ours: each[ours][of], baseline: each.bare[of] }));
    return [
      rowOf('cold-start/bare-process/first-ticket', 'ms', pairs('ours', 'answerMs')),
      rowOf('cold-start/bare-process/first-socket', 'ms', pairs('ours', 'socketMs')),
      rowOf('cold-start/bare-process/a-vs-a', 'ms', pairs('again', 'socketMs')),
    ];
  });
}

/** Each on what the one before it left: a database that was used wants the ledger beside it. */
async function ourStart({ databaseUrl, siteKey, dataDir }) {
  const { child, began, port, livePort } = await startInstallation({ databaseUrl, dataDir });
  try {
    const { ticket } = await answered(child, () => startEngagement(port, siteKey));
    const answerMs = performance.now() - began;
    const socket = await socketOpens(livePort, { role: 'visitor', ticket, origin: SHOP });
    const socketMs = performance.now() - began;
    socket.close();
    return { answerMs, socketMs };
  } finally {
    await end(child);
  }
}

async function bareStart() {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [bare, String(port)], { stdio: 'ignore' });
  try {
    await answered(child, () => post({ port, path: '/', host: 'bare', body: {} }));
    const answerMs = performance.now() - began;
    await new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return { answerMs, socketMs: performance.now() - began };
  } finally {
    await end(child);
  }
}
