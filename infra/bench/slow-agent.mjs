/**
 * One of five agents stops reading for a while: what piles up in the server for it, whether that grows with time,
 * what the other four notice, and whether it sees the same page again after one cut and one snapshot at most. Frames
 * are sealed by the page's end and read by the agents' as on a real page. Against socket.io's own queues, which know
 * no end; and our relay without a slow agent against itself, to show what noise there is. Afterwards every agent has
 * to have exactly the page, and no planted text may be among the bytes, or there is no row.
 */
import { once } from 'node:events';
import { readFrameHeader } from '@alongside/protocol';
import { io } from 'socket.io-client';
import { SECRET } from './bench-bodies.mjs';
import { Child } from './child.mjs';
import { frameSocket, isEqual, loadFrames, openAgent, openPage, PAGE_EVENTS, until } from './frame-ends.mjs';
import { isPlantedReadable } from './read-without-key.mjs';
import { figureOf, quantile, rowOf } from './statistics.mjs';

const AGENTS = 5;
const EVENT_BYTES = 8 * 1024;
const EVERY_MS = 16;
/** Enough to fill what the two ends of a loopback connection swallow, after which its queue shows. */
const THEIR_BYTES = 32 * 1024;
/** Longer than a reader may owe an acknowledgement, and short of being sent away. */
const RUN_MS = 5_000;
/** Looking collects garbage, which holds the server up for a moment. */
const LOOK_EACH_MS = 500;
/** What the server may hold for one that does not read, beside two snapshots of this page as it is sealed. */
const BESIDE_SNAPSHOTS_BYTES = 256 * 1024;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const frames = await loadFrames();
  const ours = await Child.start('relay-process.mjs');
  const theirs = await Child.start('socketio-relay-process.mjs');
  try {
    const measured = [];
    await ourRun({ frames, child: ours, hasSlow: false });
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const each = {};
      const arms = round % 2 === 0 ? ['even', 'slow', 'again'] : ['again', 'slow', 'even'];
      for (const arm of arms) each[arm] = await ourRun({ frames, child: ours, hasSlow: arm === 'slow' });
      measured.push({ ...each, theirs: await theirRun(theirs) });
    }
    return rowsOf(measured);
  } finally {
    await ours.stop();
    await theirs.stop();
  }
}

function rowsOf(measured) {
  const pairs = (ours, baseline) => measured.map((each) => ({ ours: ours(each), baseline: baseline(each) }));
  const queued = ({ slow }) => slow.queued;
  const middle = (of) => quantile(measured.map(of), 0.5);
  /** The tail of one run is a handful of frames: all runs together tell it better. */
  const p99 = (arm) =>
    quantile(
      measured.flatMap((each) => each[arm].times),
      0.99,
    );
  const p50 = (arm) => (each) => quantile(each[arm].times, 0.5);
  return [
    rowOf('slow-agent/socket.io/queued', 'bytes', [
      // The kernel swallows what it likes of a run: the middle of all runs counts.
      { ours: middle(queued), baseline: middle(({ theirs }) => theirs.queued) },
    ]),
    rowOf(
      'slow-agent/two-snapshots/queued',
      'bytes',
      pairs(queued, ({ slow }) => 2 * slow.snapshotBytes + BESIDE_SNAPSHOTS_BYTES),
    ),
    rowOf(
      'slow-agent/one-snapshot/queued',
      'bytes',
      pairs(queued, ({ slow }) => slow.snapshotBytes),
    ),
    figureOf(
      'slow-agent/growth-in-the-second-half',
      'bytes',
      measured.map(({ slow }) => slow.growth),
    ),
    rowOf('slow-agent/no-slow-agent/p99-of-others', 'ms', [{ ours: p99('slow'), baseline: p99('even') }]),
    rowOf('slow-agent/a-vs-a', 'ms', pairs(p50('again'), p50('even'))),
  ];
}

async function ourRun({ frames, child, hasSlow }) {
  const { engagementId, visitorPass, agentPasses } = await child.ask({ open: AGENTS });
  const page = openPage(frames, engagementId);
  for (let at = 0; at < PAGE_EVENTS; at += 1) page.emit({ words: `${SECRET} ${filling(-at)}` });
  const times = [];
  const seats = [];
  for (const [at, pass] of agentPasses.entries()) {
    const agent = openAgent(frames, engagementId, ({ sentAt }) => {
      // What the slow one has to say of itself is another row.
      if (at > 0) times.push(performance.now() - sentAt);
    });
    const socket = await frameSocket(child.hello.port);
    agent.receiver.attach(socket, pass);
    seats.push({ agent, socket });
  }
  const wire = [];
  const keep = (message) => wire.push(typeof message === 'string' ? message : message.slice());
  page.sender.attach(await frameSocket(child.hello.port, keep), visitorPass);
  await until(() => seats.every(({ agent }) => isEqual(page, agent)), 'all agents see the page');
  times.length = 0;
  const [slow] = seats;
  const before = page.snapshots;
  const snapshotBytes = bytesOfSnapshot(wire);
  const unread = hasSlow ? stopReading(slow.socket.raw) : { bytes: 0 };
  let seed = 0;
  const queue = await observe(child, () => {
    seed += 1;
    page.emit({ sentAt: performance.now(), words: `${SECRET} ${filling(seed)}` });
  });
  if (hasSlow) slow.socket.raw.resume();
  await until(() => seats.every(({ agent }) => isEqual(page, agent)), 'all agents see the page again');
  if (hasSlow && (unread.cuts !== 1 || page.snapshots - before > 1))
    throw new Error(`${unread.cuts} cuts, and ${page.snapshots - before} snapshots`);
  if (isPlantedReadable(wire, frames.readBody)) throw new Error('a planted secret is on the wire');
  page.sender.close({ ended: true });
  for (const { agent } of seats) agent.receiver.close({ ended: true });
  await child.ask({ close: engagementId });
  return { queued: Math.max(queue.queued, unread.bytes), growth: queue.growth, times, snapshotBytes };
}

/** As it was sealed for the first agent. */
function bytesOfSnapshot(wire) {
  const parts = wire.filter((each) => {
    const header = typeof each === 'string' ? undefined : readFrameHeader(each);
    return header?.kind === 'snapshot' && header.slot === 1;
  });
  return parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** What had been sent to it until it was cut, be it in the server or on the way; known once it reads again. */
function stopReading(socket) {
  const unread = { bytes: 0, cuts: 0 };
  socket.pause();
  socket.on('message', (data, isBinary) => {
    if (!isBinary && String(data).includes('"cut"')) unread.cuts += 1;
    else if (unread.cuts === 0) unread.bytes += data.length;
  });
  return unread;
}

/** A text that does not deflate to nothing, and is another each time. */
function filling(seed) {
  let state = seed + 1;
  const words = [];
  for (let at = 0; at < EVENT_BYTES / 8; at += 1) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    state = (state + 0x6d2b79f5) >>> 0;
    words.push(state.toString(36).padStart(7, '0'));
  }
  return words.join(' ');
}

async function theirRun(child) {
  const room = String(performance.now());
  const join = async () => {
    const socket = io(`http://127.0.0.1:${child.hello.port}`, {
      query: { room },
      transports: ['websocket'],
      forceNew: true,
    });
    await once(socket, 'connect');
    return socket;
  };
  const agents = [];
  for (let index = 0; index < AGENTS; index += 1) agents.push(await join());
  const visitor = await join();
  agents[0].io.engine.transport.ws._socket.pause();
  const queue = await observe(child, () => visitor.emit('frame', Buffer.alloc(THEIR_BYTES, 7)));
  for (const socket of [visitor, ...agents]) socket.disconnect();
  return queue;
}

/** Sends at an even pace, and looks at the server's memory meanwhile. */
async function observe(child, send) {
  const memory = async () => (await child.ask({ memory: true })).held;
  const before = await memory();
  const startedAt = performance.now();
  let [half, most, sent, lookedAt] = [0, 0, 0, startedAt];
  while (performance.now() - startedAt < RUN_MS) {
    const due = Math.floor((performance.now() - startedAt) / EVERY_MS);
    for (; sent < due; sent += 1) send();
    if (performance.now() - lookedAt > LOOK_EACH_MS) {
      lookedAt = performance.now();
      most = Math.max(most, (await memory()) - before);
    }
    if (half === 0 && performance.now() - startedAt > RUN_MS / 2) half = Math.max(most, 1);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { queued: Math.max(most, 1), growth: Math.max(most - half, 1) };
}
