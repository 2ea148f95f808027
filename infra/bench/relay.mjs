/**
 * CPU of the server process for one relayed frame: the relay of `live` with every check it makes, against a relay of
 * fifteen lines on the same `ws`. Both are processes of their own; visitor and agents are in this one. A closed loop:
 * at most a window's frames are on their way. One more raw relay runs as a third arm, to show what noise there is.
 */
import { once } from 'node:events';
import { ACK_BYTES, frameLimits, writeFrameAck, writeFrameHeader } from '@alongside/protocol';
import { WebSocket } from 'ws';
import { Child } from './child.mjs';
import { rowOf } from './statistics.mjs';

/** One connection may send a burst of 4,000 frames: each loop has connections of its own and stays below that. */
const FRAMES_A_LOOP = 3000;
const LOOPS = 3;
const WARM_UP_LOOPS = 2;

const SCENARIOS = [
  { name: '1to1-64B-window1', agents: 1, bytes: 64, window: 1 },
  { name: '1to1-64B-window8', agents: 1, bytes: 64, window: 8 },
  { name: '1to1-1kB-window8', agents: 1, bytes: 1024, window: 8 },
  { name: '1to5-64B-window8', agents: 5, bytes: 64, window: 8 },
  { name: '1to5-1kB-window8', agents: 5, bytes: 1024, window: 8 },
];

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const arms = {
    ours: { child: await Child.start('relay-process.mjs'), connect: connectOurs },
    raw: { child: await Child.start('raw-relay-process.mjs'), connect: connectRaw },
    again: { child: await Child.start('raw-relay-process.mjs'), connect: connectRaw },
  };
  try {
    for (const scenario of SCENARIOS) {
      for (const arm of Object.values(arms)) await cpuPerFrame(arm, scenario, WARM_UP_LOOPS);
    }
    const measured = SCENARIOS.map((scenario) => ({ scenario, ours: [], again: [] }));
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      for (const { scenario, ours, again } of measured) {
        const cpu = await oneRound(arms, scenario, round);
        ours.push({ ours: cpu.ours, baseline: cpu.raw });
        again.push({ ours: cpu.again, baseline: cpu.raw });
      }
    }
    return rowsOf(measured, rounds);
  } finally {
    for (const { child } of Object.values(arms)) await child.stop();
  }
}

/** The arms take turns in beginning, so that none is always the one that follows another. */
async function oneRound(arms, scenario, round) {
  const names = Object.keys(arms);
  const turned = names.map((_, index) => names[(index + round) % names.length]);
  const cpu = {};
  for (const name of turned) cpu[name] = await cpuPerFrame(arms[name], scenario, LOOPS);
  return cpu;
}

function rowsOf(measured, rounds) {
  const total = (key, round) =>
    measured.reduce((sum, each) => sum + each[key][round].ours, 0) / measured.length;
  const base = (round) =>
    measured.reduce((sum, each) => sum + each.ours[round].baseline, 0) / measured.length;
  const over = (key) =>
    Array.from({ length: rounds }, (_, round) => ({ ours: total(key, round), baseline: base(round) }));
  return [
    rowOf('relay/raw-ws/cpu-per-frame', 'us', over('ours')),
    ...measured.map(({ scenario, ours }) => rowOf(`relay/raw-ws/cpu-per-frame-${scenario.name}`, 'us', ours)),
    rowOf('relay/raw-ws/a-vs-a', 'us', over('again')),
  ];
}

/** Microseconds of the server's CPU for a frame, all its deliveries included. */
async function cpuPerFrame({ child, connect }, scenario, loops) {
  let spentUs = 0;
  for (let loop = 0; loop < loops; loop += 1) {
    const line = await connect(child, scenario.agents);
    const before = (await child.ask({})).cpu;
    await closedLoop(line, scenario);
    const after = (await child.ask({})).cpu;
    spentUs += after.user + after.system - before.user - before.system;
    await line.close();
  }
  return spentUs / (loops * FRAMES_A_LOOP);
}

/** Every frame reaches every agent, in order, or the loop fails. */
function closedLoop({ visitor, agents }, { bytes, window }) {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let settled = 0;
    const received = agents.map(() => 0);
    const send = () => {
      while (sent < FRAMES_A_LOOP && sent - settled < window) {
        visitor.send(frame(sent, bytes));
        sent += 1;
      }
    };
    for (const [index, agent] of agents.entries()) {
      agent.onFrame((data) => {
        if (data.byteLength !== bytes) return reject(new Error('a frame came in another size'));
        received[index] += 1;
        const least = Math.min(...received);
        if (least === settled) return;
        settled = least;
        if (settled === FRAMES_A_LOOP) resolve();
        else send();
      });
      agent.socket.once('close', () => reject(new Error('an agent was disconnected')));
    }
    visitor.once('close', (code, reason) =>
      reject(new Error(`the visitor was disconnected: ${code} ${reason}`)),
    );
    send();
  });
}

function frame(sequence, length) {
  const bytes = Buffer.alloc(length, 7);
  bytes.set(writeFrameHeader({ kind: 'data', resend: false, slot: 0, epoch: 1, sequence }));
  return bytes;
}

async function connectOurs(child, count) {
  const { engagementId, visitorPass, agentPasses } = await child.ask({ open: count });
  const agents = [];
  for (const pass of agentPasses) agents.push(new Agent(await admitted(child, pass)));
  const visitor = (await admitted(child, visitorPass)).socket;
  return { visitor, agents, close: () => child.ask({ close: engagementId }) };
}

async function admitted(child, pass) {
  const socket = await opened(`ws://127.0.0.1:${child.hello.port}/frames`);
  socket.send(JSON.stringify({ protocol: 1, pass }));
  const [note] = await once(socket, 'message');
  return { socket, slot: JSON.parse(String(note)).admitted.slot };
}

let lastRoom = 0;

async function connectRaw(child, count) {
  lastRoom += 1;
  const url = `ws://127.0.0.1:${child.hello.port}/${lastRoom}`;
  const visitor = await opened(url);
  const agents = [];
  for (let index = 0; index < count; index += 1) agents.push(new Agent({ socket: await opened(url) }));
  return {
    visitor,
    agents,
    close: async () => {
      for (const socket of [visitor, ...agents.map((agent) => agent.socket)]) socket.terminate();
    },
  };
}

async function opened(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}

/** An agent of ours acknowledges as a console does, and the raw relay knows of no such thing: that is our cost. */
class Agent {
  constructor({ socket, slot }) {
    this.socket = socket;
    this.slot = slot;
  }

  onFrame(take) {
    let frames = 0;
    let bytes = 0;
    let owedBytes = 0;
    this.socket.on('message', (data, isBinary) => {
      if (!isBinary) return;
      frames += 1;
      bytes += data.byteLength;
      owedBytes += data.byteLength;
      if (
        this.slot !== undefined &&
        (frames % frameLimits.ackFrames === 0 || owedBytes >= frameLimits.ackBytes)
      ) {
        owedBytes = 0;
        const ack = writeFrameAck({ slot: this.slot, epoch: 1, sequence: frames, consumedBytes: bytes });
        if (ack.byteLength !== ACK_BYTES) throw new Error('an ack has another size');
        this.socket.send(ack);
      }
      take(data);
    });
  }
}
