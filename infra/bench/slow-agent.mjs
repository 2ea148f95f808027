/**
 * One of five agents stops reading for a while: what piles up in the server for it, whether that grows with time,
 * what the other four notice, and whether it is in step again after one new epoch. Against socket.io's own queues,
 * which know no end; and our relay without a slow agent against itself, to show what noise there is.
 */
import { once } from 'node:events';
import { frameLimits, writeFrameAck, writeFrameHeader } from '@alongside/protocol';
import { io } from 'socket.io-client';
import { Child } from './child.mjs';
import { admitted } from './relay-arms.mjs';
import { quantile, rowOf } from './statistics.mjs';

const AGENTS = 5;
const FRAME_BYTES = 16 * 1024;
const EVERY_MS = 8;
/** Beyond what the two ends of a loopback connection swallow by themselves, and short of being sent away. */
const RUN_MS = 5_000;
const CLOCK_AT = 16;
/** Looking collects garbage, which holds the server up for a moment. */
const LOOK_EACH_MS = 500;
/** What the server may hold for one that does not read: two snapshots of a large page, and a little. */
const MOST_QUEUED_BYTES = 2 * frameLimits.snapshotBytes + 256 * 1024;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const ours = await Child.start('relay-process.mjs');
  const theirs = await Child.start('socketio-relay-process.mjs');
  try {
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const even = await ourRun(ours, false);
      const slow = await ourRun(ours, true);
      const again = await ourRun(ours, false);
      measured.push({ even, slow, again, theirs: await theirRun(theirs) });
    }
    return rowsOf(measured);
  } finally {
    await ours.stop();
    await theirs.stop();
  }
}

function rowsOf(measured) {
  const pairs = (ours, baseline) => measured.map((each) => ({ ours: ours(each), baseline: baseline(each) }));
  const limit = () => MOST_QUEUED_BYTES;
  return [
    rowOf(
      'slow-agent/socket.io/queued',
      'bytes',
      pairs(
        (each) => each.slow.queued,
        (each) => each.theirs.queued,
      ),
    ),
    rowOf(
      'slow-agent/two-snapshots/queued',
      'bytes',
      pairs((each) => each.slow.queued, limit),
    ),
    rowOf(
      'slow-agent/socket.io/growth-in-the-second-half',
      'bytes',
      pairs(
        (each) => each.slow.growth,
        (each) => each.theirs.growth,
      ),
    ),
    rowOf(
      'slow-agent/no-slow-agent/p99-of-others',
      'ms',
      pairs(
        (each) => each.slow.p99Ms,
        (each) => each.even.p99Ms,
      ),
    ),
    rowOf(
      'slow-agent/no-slow-agent/a-vs-a',
      'ms',
      pairs(
        (each) => each.again.p50Ms,
        (each) => each.even.p50Ms,
      ),
    ),
  ];
}

async function ourRun(child, hasSlow) {
  const { engagementId, visitorPass, agentPasses } = await child.ask({ open: AGENTS });
  const agents = [];
  for (const pass of agentPasses) agents.push(new OurAgent(await admitted(child, pass)));
  const visitor = (await admitted(child, visitorPass)).socket;
  const place = { epoch: 1, sequence: 0 };
  let told = 0;
  visitor.on('message', (data, isBinary) => {
    if (isBinary || JSON.parse(String(data)).behind === undefined) return;
    told += 1;
    place.epoch += 1;
    place.sequence = 0;
  });
  const [slow, ...others] = agents;
  if (hasSlow) slow.socket.pause();
  const send = () => {
    visitor.send(stamped(place));
    place.sequence += 1;
  };
  const queue = await observe(child, send);
  if (hasSlow) {
    slow.socket.resume();
    // One new epoch, and from its first frame on nothing is missing.
    await until(() => told > 0, send);
    const { epoch } = place;
    await until(() => slow.epoch === epoch && slow.received >= 20, send);
    if (slow.gaps > 0) throw new Error('the slow agent was sent a stream with gaps');
    if (told !== 1) throw new Error(`the visitor was asked for ${told} epochs`);
  }
  const times = others.flatMap((agent) => agent.times);
  if (others.some((agent) => agent.gaps > 0)) throw new Error('another agent missed a frame');
  await child.ask({ close: engagementId });
  return { ...queue, p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) };
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
  const queue = await observe(child, () => visitor.emit('frame', Buffer.alloc(FRAME_BYTES, 7)));
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

async function until(holds, send) {
  const givenUpAt = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > givenUpAt) throw new Error('the slow agent never came into step again');
    send();
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

function stamped({ epoch, sequence }) {
  const frame = Buffer.alloc(FRAME_BYTES, 7);
  frame.set(writeFrameHeader({ kind: 'data', resend: false, slot: 0, epoch, sequence }));
  frame.writeDoubleBE(performance.now(), CLOCK_AT);
  return frame;
}

/** Acknowledges as a console does, and tells gaps in the stream. */
class OurAgent {
  times = [];
  epoch = 0;
  received = 0;
  gaps = 0;
  #next = 0;
  #bytes = 0;
  #frames = 0;

  constructor({ socket, slot }) {
    this.socket = socket;
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.#take(data, slot);
    });
  }

  #take(data, slot) {
    const [epoch, sequence] = [data.readUInt32BE(4), data.readUInt32BE(8)];
    // A reader that was cut goes on with the first frame of the next epoch.
    if (epoch === this.epoch ? sequence !== this.#next : sequence !== 0) this.gaps += 1;
    if (epoch !== this.epoch) this.received = 0;
    this.epoch = epoch;
    this.#next = sequence + 1;
    this.received += 1;
    this.times.push(performance.now() - data.readDoubleBE(CLOCK_AT));
    this.#frames += 1;
    this.#bytes = (this.#bytes + data.byteLength) % 2 ** 32;
    if (this.#frames % 4 !== 0) return;
    this.socket.send(writeFrameAck({ slot, epoch, sequence: this.#next, consumedBytes: this.#bytes }));
  }
}
