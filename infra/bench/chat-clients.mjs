/**
 * A chat line from client to client, through an installation as it runs: from a visitor's `chat:send` to the line in the
 * agent's page. And `records` killed while lines come: what was acknowledged, to whom it was said and by which number, is
 * held against what the database has in the end.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { withRecords } from './records-bundle.mjs';
import {
  answered,
  end,
  post,
  SHOP,
  socketOpens,
  startEngagement,
  startInstallation,
} from './started-installation.mjs';
import { figureOf, quantile } from './statistics.mjs';

const VISITORS = 16;
const LINES_EACH = 8;
const PASSWORD = 'a long enough sentence';
const AGAIN_MS = 50;
const PATIENCE_MS = 30_000;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export function runClients({ rounds, progress }) {
  progress('starting an installation and its clients');
  return withRecords('cold-start-process.mjs', async ({ hello }) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'alongside-clients-'));
    const installation = await startInstallation({ ...hello, dataDir });
    try {
      const measured = [];
      for (let round = 0; round < rounds; round += 1) {
        progress(`clients: round ${round + 1} of ${rounds}`);
        measured.push(await measure(installation, { ...hello, dataDir }));
      }
      const p = (share, of) =>
        figureOf(
          `chat-commit/client-to-client/${of}`,
          'ms',
          measured.map(({ waits }) => quantile(waits, share)),
        );
      return [
        p(0.5, 'p50'),
        p(0.95, 'p95'),
        figureOf(
          'chat-commit/records-killed/acknowledged',
          'lines',
          measured.map(({ acknowledged }) => acknowledged),
        ),
        figureOf(
          'chat-commit/records-killed/acknowledged-lost',
          'lines',
          measured.map(({ lost }) => lost),
        ),
      ];
    } finally {
      await end(installation.child);
      await rm(dataDir, { recursive: true, force: true });
    }
  });
}

/** New visitors in each round: how many lines one may say in ten seconds is limited. */
async function measure(installation, made) {
  const agent = await openAgent(installation, made.email);
  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, () => openVisitor(installation, made.siteKey)),
  );
  const heard = new Map();
  agent.on('chat:said', ({ line }) => heard.set(line.lineId, performance.now()));
  for (const { engagementId } of visitors) await must(agent, 'engagement:accept', { engagementId });
  const sent = await sendAll(visitors);
  await until(() => sent.every(({ lineId }) => heard.has(lineId)), 'a line was not heard');
  const waits = sent.map(({ lineId, at }) => heard.get(lineId) - at);
  const killed = await sendAll(visitors, {
    atHalf: async () => {
      const { pid } = JSON.parse(await readFile(join(made.dataDir, 'run', 'records.json'), 'utf8'));
      process.kill(pid, 'SIGKILL');
    },
  });
  const lost = await missing(made.databaseUrl, [...sent, ...killed]);
  for (const socket of [agent, ...visitors.map((each) => each.socket)]) socket.close();
  return { waits, acknowledged: sent.length + killed.length, lost };
}

async function openAgent({ child, port, livePort }, email) {
  const asks = { port, host: `console.localhost:${port}` };
  const signIn = { ...asks, path: '/api/session', body: { email, password: PASSWORD } };
  const { accessToken } = await answered(child, () => post(signIn));
  const headers = { authorization: `Bearer ${accessToken}` };
  const { ticket } = await answered(child, () => post({ ...asks, path: '/api/ticket', body: {}, headers }));
  const socket = await socketOpens(livePort, { role: 'agent', ticket, origin: `http://${asks.host}` });
  await must(socket, 'desk:available', { available: true });
  return socket;
}

async function openVisitor({ child, port, livePort }, siteKey) {
  const engagementId = randomUUID();
  const { ticket } = await answered(child, () => startEngagement(port, siteKey, engagementId));
  return { engagementId, socket: await socketOpens(livePort, { role: 'visitor', ticket, origin: SHOP }) };
}

async function must(socket, command, body) {
  const reply = await socket.timeout(PATIENCE_MS).emitWithAck(command, body);
  if (!reply.ok) throw new Error(`${command} was refused: ${reply.refusal.code}`);
  return reply.value;
}

/** A line after the other of each; the half of all is through when something happens. */
async function sendAll(visitors, { atHalf = async () => undefined } = {}) {
  const acknowledged = [];
  let happening;
  await Promise.all(
    visitors.map(async ({ socket, engagementId }) => {
      for (let line = 0; line < LINES_EACH; line += 1) {
        const lineId = randomUUID();
        const at = performance.now();
        const { number } = await send(socket, {
          lineId,
          text: `What does line ${line} of this cost a month?`,
        });
        acknowledged.push({ engagementId, lineId, number, at });
        if (acknowledged.length * 2 >= VISITORS * LINES_EACH) happening ??= atHalf();
      }
    }),
  );
  await happening;
  return acknowledged;
}

/** The same line again until it is acknowledged, as a page's outbox does. */
async function send(socket, body) {
  for (const began = performance.now(); ; ) {
    const reply = await socket.timeout(PATIENCE_MS).emitWithAck('chat:send', body);
    if (reply.ok) return reply.value;
    const { code } = reply.refusal;
    if (!['storageUnavailable', 'tooFast'].includes(code) || performance.now() - began > PATIENCE_MS)
      throw new Error(`a line was refused: ${code}`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Lines that were acknowledged and are not there once, under the number that was told; and any that is there twice. */
async function missing(databaseUrl, lines) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      'SELECT line_id, number FROM chat_line WHERE engagement_id = ANY($1::uuid[]) AND number > 1',
      [[...new Set(lines.map(({ engagementId }) => engagementId))]],
    );
    const held = new Map(rows.map(({ line_id, number }) => [line_id, number]));
    const lost = lines.filter(({ lineId, number }) => held.get(lineId) !== number).length;
    return lost + Math.abs(rows.length - lines.length);
  } finally {
    await client.end();
  }
}

async function until(isSo, otherwise) {
  for (const began = performance.now(); !isSo(); ) {
    if (performance.now() - began > PATIENCE_MS) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
