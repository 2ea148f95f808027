/**
 * What an idle engagement costs the server's memory, a visitor and an agent who are both connected and say nothing:
 * the slope of resident memory over the number of engagements, `live` against socket.io as it comes with the same two
 * connections. `records` is a double in a process of its own; every engagement has a customer of its own, so that
 * nobody has to be told of anybody else.
 */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROTOCOL_VERSION } from '@alongside/protocol';
import { io } from 'socket.io-client';
import { bundleText } from './browser-pages.mjs';
import { Child } from './child.mjs';
import { figureOf, rowOf } from './statistics.mjs';

const FEW = 100;
const MOST = 10_000;
/** Open files that a process has beside its sockets. */
const OTHER_FILES = 100;
/**
 * As many as a process may have files open, since each engagement has two sockets in the server and two in this one;
 * `BENCH_ENGAGEMENTS` asks for fewer.
 */
const MANY = Math.min(
  Number(process.env.BENCH_ENGAGEMENTS ?? MOST),
  Math.floor((openFiles() - OTHER_FILES) / 2),
);
const AT_ONCE = 50;
/** Longer than a machine that has other things to do needs for them. */
const CONNECT_MS = 60_000;
const TESTKIT = "export { newEngagement, RecordsDouble } from './packages/testkit/src/index.ts';";

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-bench-'));
  const testkit = join(folder, 'testkit.cjs');
  try {
    await writeFile(
      testkit,
      await bundleText(TESTKIT, { platform: 'node', format: 'cjs', target: 'node20' }),
    );
    return rowsOf(await measure({ rounds, progress, testkit }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure({ rounds, progress, testkit }) {
  const measured = [];
  for (let round = 0; round < rounds; round += 1) {
    progress(`round ${round + 1} of ${rounds}: ${MANY} engagements`);
    const each = { ours: await ourSlope(testkit) };
    progress('with socket.io, twice');
    each.theirs = await theirSlope();
    each.again = await theirSlope();
    measured.push(each);
  }
  return measured;
}

function rowsOf(measured) {
  const pairs = (key) => measured.map((each) => ({ ours: each[key], baseline: each.theirs }));
  return [
    rowOf('idle-memory/socket.io/per-engagement', 'bytes', pairs('ours')),
    figureOf('idle-memory/engagements', 'count', [MANY]),
    rowOf('idle-memory/a-vs-a', 'bytes', pairs('again')),
  ];
}

function openFiles() {
  const { soft } = process.report.getReport().userLimits.open_files;
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : soft;
}

async function ourSlope(testkit) {
  const records = await Child.start('records-double-process.mjs', { BENCH_TESTKIT: testkit });
  const live = await Child.start('live-process.mjs', { BENCH_RECORDS: JSON.stringify(records.hello) });
  try {
    return await slopeOf(live, async (count) => {
      const { tickets } = await records.ask({ make: count });
      return tickets
        .flatMap(({ visitor, agent }) => [visitor, agent])
        .map((who) => connect(live.hello.port, who));
    });
  } finally {
    await live.stop();
    await records.stop();
  }
}

async function theirSlope() {
  const child = await Child.start('socketio-relay-process.mjs');
  try {
    return await slopeOf(child, async (count) =>
      Array.from({ length: 2 * count }, (_, index) =>
        connect(child.hello.port, { query: { room: String(index >> 1) } }),
      ),
    );
  } finally {
    await child.stop();
  }
}

/** Bytes of resident memory for each engagement beyond the first few. */
async function slopeOf(child, open) {
  const sockets = [];
  const grow = async (until) => {
    for (let have = sockets.length / 2; have < until; have = sockets.length / 2)
      sockets.push(...(await Promise.all(await open(Math.min(AT_ONCE, until - have)))));
    const { rss } = await child.ask({ memory: true });
    // Whoever is gone again costs nothing.
    if (!sockets.every(({ connected }) => connected)) throw new Error('a connection was lost');
    return rss;
  };
  const few = await grow(FEW);
  const many = await grow(MANY);
  for (const socket of sockets) socket.disconnect();
  return (many - few) / (MANY - FEW);
}

async function connect(port, { namespace = '', ticket, origin, host, query }) {
  const socket = io(`http://127.0.0.1:${port}/${namespace}`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    timeout: CONNECT_MS,
    ...(query === undefined ? {} : { query }),
    ...(ticket === undefined
      ? {}
      : { auth: { protocol: PROTOCOL_VERSION, ticket }, extraHeaders: { host: `${host}:${port}`, origin } }),
  });
  // As the clients do: the former pass is void then.
  socket.once('session:opened', (_opened, kept) => kept());
  const refused = once(socket, 'connect_error').then(([error]) => {
    throw new Error(`a connection was refused: ${error.data?.code ?? error.message}`);
  });
  await Promise.race([once(socket, ticket === undefined ? 'connect' : 'session:opened'), refused]);
  return socket;
}
