/**
 * From the start of the program to the first ticket and to the first socket that it opens, against a bare process that
 * answers one POST and accepts one WebSocket. The program finds its Postgres running and its tables made, as after a
 * restart; the first ticket is a visitor's, with everything that is decided and kept for it.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { withRecords } from './records-bundle.mjs';
import { rowOf } from './statistics.mjs';

const main = fileURLToPath(new URL('../../server/dist/app/main.js', import.meta.url));
const bare = fileURLToPath(new URL('cold-start-bare-process.mjs', import.meta.url));
const SHOP = 'https://shop.example';
const ASK_EACH_MS = 5;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export function run({ rounds, progress }) {
  progress('starting Postgres and making a customer');
  return withRecords('cold-start-process.mjs', async (records) => {
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const before = await bareStart();
      const ours = await ourStart(records.hello);
      measured.push({ ours, bare: before, again: await bareStart() });
    }
    const pairs = (ours, of) => measured.map((each) => ({ ours: each[ours][of], baseline: each.bare[of] }));
    return [
      rowOf('cold-start/bare-process/first-ticket', 'ms', pairs('ours', 'answerMs')),
      rowOf('cold-start/bare-process/first-socket', 'ms', pairs('ours', 'socketMs')),
      rowOf('cold-start/bare-process/a-vs-a', 'ms', pairs('again', 'socketMs')),
    ];
  });
}

async function ourStart({ databaseUrl, siteKey }) {
  const dataDir = await mkdtemp(join(tmpdir(), 'alongside-cold-'));
  const [port, livePort, replayPort] = [await freePort(), await freePort(), await freePort()];
  const { PATH = '', TMPDIR } = process.env;
  const began = performance.now();
  const child = spawn(process.execPath, [main], {
    env: {
      ...{ PATH, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, DEMO: 'off' },
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      ...{ CONSOLE_PORT: String(port), LIVE_PORT: String(livePort), REPLAY_PORT: String(replayPort) },
    },
    stdio: 'ignore',
  });
  try {
    const { ticket } = await answered(child, () => startEngagement(port, siteKey));
    const answerMs = performance.now() - began;
    await socketOpens(livePort, ticket);
    return { answerMs, socketMs: performance.now() - began };
  } finally {
    await end(child);
    await rm(dataDir, { recursive: true, force: true });
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

/** Asks until there is an answer; what is refused before everything stands is asked again. */
async function answered(child, ask) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    const answer = await ask().catch(() => undefined);
    if (answer?.status === 200) return answer.body;
    await new Promise((resolve) => setTimeout(resolve, ASK_EACH_MS));
  }
}

function startEngagement(port, siteKey) {
  const body = {
    ...{ engagementId: randomUUID(), noticeVersion: 1, language: 'en' },
    returnHash: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    firstLine: { lineId: randomUUID(), text: 'What is APR?' },
  };
  const path = `/v1/sites/${siteKey}/engagements`;
  return post({ port, path, host: `console.localhost:${port}`, body, origin: SHOP });
}

function post({ port, path, host, body, origin }) {
  return new Promise((resolve, reject) => {
    const headers = { host, 'content-type': 'application/json', ...(origin === undefined ? {} : { origin }) };
    const asked = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.once('end', () => resolve({ status: response.statusCode, body: JSON.parse(text || '{}') }));
    });
    asked.once('error', reject);
    asked.end(JSON.stringify(body));
  });
}

function socketOpens(port, ticket) {
  return new Promise((resolve, reject) => {
    const socket = io(`http://127.0.0.1:${port}/visitor`, {
      ...{ auth: { protocol: 1, ticket }, transports: ['websocket'], reconnection: false, forceNew: true },
      extraHeaders: { Host: `live.localhost:${port}`, Origin: SHOP },
    });
    socket.once('connect', () => {
      socket.close();
      resolve();
    });
    socket.once('connect_error', reject);
  });
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
