/** Frames from a page to consoles and intents back, through the real endpoint over real sockets. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  createSealingEngine,
  type FrameClock,
  FrameReceiver,
  FrameSender,
  systemClock,
} from '@alongside/frames';
import type { AgentId, EngagementId } from '@alongside/protocol';
import { FRAME_BYTES, frameLimits, readFrameAck, writeFrameHeader } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { relayLimits } from '../src/live/relay/relay-limits.js';
import { FramesServer, NodeFrameSocket } from './frames-server.js';
import { HastyClock } from './hasty-clock.js';

const engagementId = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e10' as EngagementId;
const elsewhere = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e11' as EngagementId;
const agents = [1, 2].map((number) => `6f1c1f0e-2f55-4e7d-9a0b-00000000000${number}` as AgentId);
const [aki, noor] = agents as [AgentId, AgentId];

let server: FramesServer;
const endings: (() => void)[] = [];

beforeEach(async () => {
  server = new FramesServer();
  await server.listen();
  server.viewing.add(engagementId).add(elsewhere);
});

afterEach(async () => {
  for (const end of endings.splice(0)) end();
  await server.close();
});

/** A page whose snapshot is every event so far. */
async function page(id = engagementId, clock: FrameClock = systemClock) {
  const events: unknown[] = [];
  const intents: unknown[] = [];
  const states: string[] = [];
  const sender: FrameSender = new FrameSender(
    { engagement: id, engine: createSealingEngine({ engagement: id }), clock },
    {
      onWatched: () => undefined,
      onSnapshotWanted: () => void sender.snapshot([...events]),
      onAgent: () => undefined,
      onIntent: (intent) => intents.push(intent.body),
      onWant: () => undefined,
      onState: ({ state }) => states.push(state),
      onFault: (fault) => states.push(`fault ${fault}`),
    },
  );
  endings.push(() => sender.close({ ended: true }));
  sender.attach(new NodeFrameSocket(await server.connect()), server.visitorPass(id));
  const emit = (event: unknown): void => {
    events.push(event);
    sender.send([event]);
  };
  return { sender, events, intents, states, emit };
}

async function console(agent: AgentId, id = engagementId) {
  const seen = {
    shown: [] as unknown[],
    codes: [] as string[],
    states: [] as string[],
    refused: [] as string[],
  };
  const receiver = new FrameReceiver(
    { engagement: id, clock: systemClock },
    {
      onIntroduced: ({ code }) => seen.codes.push(code),
      onSnapshot: (events) => {
        seen.shown = [...events];
      },
      onEvents: (events) => seen.shown.push(...events),
      onAsset: () => undefined,
      onAnswer: () => undefined,
      onIntentRefused: (_id, code) => seen.refused.push(code),
      onState: (state) => seen.states.push(state.state === 'ended' ? JSON.stringify(state.end) : state.state),
      onFault: (fault) => seen.states.push(`fault ${fault}`),
    },
  );
  endings.push(() => receiver.close({ ended: true }));
  const socket = await server.connect();
  receiver.attach(new NodeFrameSocket(socket), server.agentPass(id, agent));
  return { receiver, seen, socket };
}

function closeOf(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('close', (code, reason) => resolve(`${code} ${reason.toString()}`));
  });
}

describe('The frames socket', () => {
  it('carries a page to two consoles while another engagement sees nothing of it', async () => {
    const clock = new HastyClock();
    const visitor = await page(engagementId, clock);
    const stranger = await page(elsewhere);
    const outsider = await console(aki, elsewhere);
    const [first, second] = [await console(aki), await console(noor)];
    for (let number = 0; number < 200; number += 1) visitor.emit({ number });
    stranger.emit({ number: 'theirs' });
    // Whoever comes second waits for the next snapshot, which has its pace.
    await until(() => {
      clock.advance(250);
      return first.seen.shown.length === 200 && second.seen.shown.length === 200;
    });
    expect(first.seen.shown).toEqual(visitor.events);
    expect(second.seen.shown).toEqual(visitor.events);
    await until(() => outsider.seen.shown.length === 1);
    expect(outsider.seen.shown).toEqual([{ number: 'theirs' }]);
    expect(server.logged).toEqual([]);
  });

  it('brings intents back under a lease, and tells of those without', async () => {
    const visitor = await page();
    const agent = await console(aki);
    visitor.emit(1);
    await until(() => agent.seen.states.at(-1) === 'live');
    server.lease = 3;
    const seen = agent.receiver.position ?? { epoch: 0, sequence: 0 };
    for (const lease of [3, 2, 3]) {
      await agent.receiver.sendIntent({ kind: 'click', lease, seen, body: { kind: 'click', lease } });
    }
    await until(() => visitor.intents.length === 2 && agent.seen.refused.length === 1);
    expect(agent.seen.refused).toEqual(['leaseMissing']);
    expect(server.acts).toHaveLength(2);
  });

  it('closes for everybody when the consent ends, with its name', async () => {
    const visitor = await page();
    const agent = await console(aki);
    visitor.emit(1);
    await until(() => agent.seen.shown.length === 1);
    server.viewing.delete(engagementId);
    server.endpoint.closed(engagementId);
    await until(
      () => visitor.states.at(-1) === 'ended' && agent.seen.states.some((s) => s.includes('consentMissing')),
    );
    expect(server.attendance.toSorted()).toEqual([
      'agent came',
      'agent went',
      'visitor came',
      'visitor went',
    ]);
  });

  it('gives what a lost console missed from the ring of the page', async () => {
    const visitor = await page();
    const agent = await console(aki);
    visitor.emit(0);
    await until(() => agent.seen.shown.length === 1);
    agent.socket.terminate();
    await until(() => agent.seen.states.some((state) => state.includes('lost')));
    for (let number = 1; number < 50; number += 1) visitor.emit(number);
    agent.receiver.attach(new NodeFrameSocket(await server.connect()), server.agentPass(engagementId, aki));
    await until(() => agent.seen.shown.length === 50 && agent.seen.states.at(-1) === 'live');
    expect(agent.seen.shown).toEqual(visitor.events);
  });
});

describe('Admission', () => {
  it('takes a pass once, however many ask with it at once', async () => {
    const pass = server.visitorPass(engagementId);
    const sockets = await Promise.all(Array.from({ length: 30 }, () => server.connect()));
    const ends: string[] = [];
    let admitted = 0;
    for (const socket of sockets) {
      socket.on('message', (data) => {
        if (data.toString().includes('admitted')) admitted += 1;
      });
      socket.once('close', (_code, reason) => ends.push(reason.toString()));
      socket.send(JSON.stringify({ protocol: 1, pass }));
    }
    await until(() => admitted + ends.length === 30);
    expect(admitted).toBe(1);
    expect(new Set(ends)).toEqual(new Set(['passUnknown']));
    for (const socket of sockets) socket.terminate();
  });

  const wrong: readonly (readonly [string, (socket: WebSocket, pass: string) => void, string])[] = [
    [
      'another origin',
      (socket, pass) => socket.send(JSON.stringify({ protocol: 1, pass })),
      '4401 passUnknown',
    ],
    [
      'an older version',
      (socket, pass) => socket.send(JSON.stringify({ protocol: 0, pass })),
      '4426 clientTooOld',
    ],
    [
      'a newer version',
      (socket, pass) => socket.send(JSON.stringify({ protocol: 9, pass })),
      '4426 serverTooOld',
    ],
    [
      'an extra field',
      (socket, pass) => socket.send(JSON.stringify({ protocol: 1, pass, x: 1 })),
      '4400 malformed',
    ],
    ['no JSON', (socket) => socket.send('hello'), '4400 malformed'],
    ['a frame first', (socket) => socket.send(new Uint8Array(12)), '4400 malformed'],
    ['a long first message', (socket) => socket.send('x'.repeat(2000)), '4400 malformed'],
    ['a huge first message', (socket) => socket.send(new Uint8Array(FRAME_BYTES + 1)), '1009 '],
    [
      'an unknown pass',
      (socket) => socket.send(JSON.stringify({ protocol: 1, pass: 'a'.repeat(43) })),
      '4401 passUnknown',
    ],
  ];

  it.each(wrong)('refuses %s by name', async (what, speak, end) => {
    const socket = await server.connect(what === 'another origin' ? 'https://evil.example' : undefined);
    const closed = closeOf(socket);
    speak(socket, server.visitorPass(engagementId));
    expect(await closed).toBe(end);
  });

  it('negotiates no compression and takes no text after admission', async () => {
    const socket = await server.connect();
    expect(socket.extensions).toBe('');
    const closed = closeOf(socket);
    socket.once('message', () => socket.send('{"protocol":1}'));
    socket.send(JSON.stringify({ protocol: 1, pass: server.visitorPass(engagementId) }));
    expect(await closed).toBe('4400 malformed');
  });
});

/** Of buffers, without those that nobody holds any more. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}

describe('A console that does not read', () => {
  it('costs the others nothing and the server no more than its limit', async () => {
    const visitor = await rawClient(server.visitorPass(engagementId));
    const stalled = await rawClient(server.agentPass(engagementId, aki));
    stalled.pause();
    const good = await console(noor);
    let goodFrames = 0;
    good.socket.on('message', (_data, isBinary) => {
      if (isBinary) goodFrames += 1;
    });
    let readBytes = 0;
    const send = good.socket.send.bind(good.socket);
    vi.spyOn(good.socket, 'send').mockImplementation((message: unknown) => {
      if (message instanceof Uint8Array) readBytes = readFrameAck(message)?.consumedBytes ?? readBytes;
      send(message as Uint8Array);
    });
    const before = heldBytes();
    const body = new Uint8Array(32_000);
    const total = 700;
    for (let sequence = 0; sequence < total; sequence += 1) {
      const header = writeFrameHeader({ kind: 'data', resend: false, slot: 0, epoch: 1, sequence });
      visitor.send(Buffer.concat([header, body]));
      // A reader that keeps up owes little: the page goes on when it has said to have read nearly all, which may still
      // be on its way.
      const sentBytes = (sequence + 1) * (header.byteLength + body.byteLength);
      if (sequence % 3 === 2) await until(() => sentBytes - readBytes < frameLimits.ackBytes);
    }
    await until(() => goodFrames === total);
    const counts = server.endpoint.counts();
    expect(counts.cuts).toBeGreaterThanOrEqual(1);
    // What was let go of is not always gone with the first collection after it.
    await until(() => heldBytes() - before < 24 * 1024 * 1024);
    expect(visitor.readyState).toBe(WebSocket.OPEN);
    visitor.terminate();
    stalled.terminate();
  });
});

describe('A page that sends more than it may', () => {
  it('is slowed down by its own socket, and loses neither its connection nor a frame', async () => {
    const visitor = await rawClient(server.visitorPass(engagementId));
    const frameBytes = 60_000;
    const total = Math.ceil((relayLimits.visitorBytes.burst + 6_000_000) / frameBytes);
    const began = performance.now();
    for (let sequence = 0; sequence < total; sequence += 1) {
      const header = writeFrameHeader({ kind: 'data', resend: false, slot: 0, epoch: 1, sequence });
      visitor.send(Buffer.concat([header, new Uint8Array(frameBytes - header.byteLength)]));
    }
    await until(() => server.endpoint.counts().frames === total, 15_000);
    expect(performance.now() - began).toBeGreaterThan(1000);
    expect(visitor.readyState).toBe(WebSocket.OPEN);
    visitor.terminate();
  });
});

async function rawClient(pass: string): Promise<WebSocket> {
  const socket = await server.connect();
  const admitted = new Promise<void>((resolve) => socket.once('message', () => resolve()));
  socket.send(JSON.stringify({ protocol: 1, pass }));
  await admitted;
  return socket;
}
