/**
 * The sides of a relay bench: connections to our relay, to a raw one and to socket.io, and a loop that passes frames through
 * either and tells what CPU that took the server.
 */
import { once } from 'node:events';
import { ACK_BYTES, frameLimits, writeFrameAck, writeFrameHeader } from '@alongside/protocol';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';

/** One connection may send a burst of 4,000 frames: each loop has connections of its own and stays below that. */
const FRAMES_A_LOOP = 3000;

/** Microseconds of the server's CPU for a frame, all its deliveries included. */
export async function cpuPerFrame({ child, connect }, scenario, loops) {
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

export function frame(sequence, length) {
  const bytes = Buffer.alloc(length, 7);
  bytes.set(writeFrameHeader({ kind: 'data', resend: false, slot: 0, epoch: 1, sequence }));
  return bytes;
}

export async function connectOurs(child, count) {
  const { engagementId, visitorPass, agentPasses } = await child.ask({ open: count });
  const agents = [];
  for (const pass of agentPasses) agents.push(new Agent(await admitted(child, pass)));
  const visitor = (await admitted(child, visitorPass)).socket;
  return { visitor, agents, close: () => child.ask({ close: engagementId }) };
}

export async function admitted(child, pass) {
  const socket = await opened(`ws://127.0.0.1:${child.hello.port}/frames`);
  socket.send(JSON.stringify({ protocol: 1, pass }));
  const [note] = await once(socket, 'message');
  return { socket, slot: JSON.parse(String(note)).admitted.slot };
}

let lastRoom = 0;

export async function connectRaw(child, count) {
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

/** socket.io with events as JSON: an event of so many bytes, as a recorder makes it. */
export async function connectSocketIo(child, count) {
  lastRoom += 1;
  const join = async () => {
    const socket = io(`http://127.0.0.1:${child.hello.port}`, {
      query: { room: String(lastRoom) },
      transports: ['websocket'],
      forceNew: true,
    });
    await once(socket, 'connect');
    return socket;
  };
  const sockets = [];
  for (let index = 0; index <= count; index += 1) sockets.push(await join());
  const [visitor, ...agents] = sockets;
  return {
    visitor: {
      send: (data) => visitor.emit('event', eventOf(data.byteLength)),
      once: (_name, act) => visitor.once('disconnect', act),
    },
    agents: agents.map((socket) => ({
      socket: { once: (_name, act) => socket.once('disconnect', act) },
      onFrame: (take) => socket.onAny((_, event) => take({ byteLength: JSON.stringify(event).length })),
    })),
    close: async () => {
      for (const socket of sockets) {
        socket.off('disconnect');
        socket.disconnect();
      }
    },
  };
}

const events = new Map();

/** An event whose JSON has this length. */
function eventOf(length) {
  const made = events.get(length) ?? makeEvent(length);
  events.set(length, made);
  return made;
}

function makeEvent(length) {
  const adds = [];
  const event = (filling) => ({
    type: 3,
    data: { source: 0, texts: [{ id: 17, value: filling }], attributes: [], removes: [], adds },
    timestamp: 1_700_000_000_000,
  });
  const lengthWith = (filling) => JSON.stringify(event(filling)).length;
  for (let id = 100; lengthWith('') < length; id += 1) {
    const node = { type: 2, tagName: 'li', attributes: { class: 'row on' }, childNodes: [], id };
    adds.push({ parentId: 40, nextId: null, node });
  }
  adds.pop();
  return event('x'.repeat(length - lengthWith('')));
}

export async function opened(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}

/** An agent of ours acknowledges as a console does, and the raw relay knows of no such thing: that is our cost. */
export class Agent {
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
