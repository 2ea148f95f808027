/** The engine behind a message channel, as in a worker, and how it is started where workers are refused. */

import type { MessagePort } from 'node:worker_threads';
import { MessageChannel } from 'node:worker_threads';
import { frameLimits } from '@alongside/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { Channel, ENGAGEMENT } from '../test/channel.js';
import { ManualClock } from '../test/manual-clock.js';
import { until } from '../test/until.js';
import type { EngineAnswer, EngineCall, EngineScope, EngineWorker } from './engine-port.js';
import { serveEngine } from './engine-port.js';
import type { FrameSocket } from './frame-socket.js';
import { createSealingEngine } from './sealing-engine.js';
import { startSealingEngine } from './start-sealing-engine.js';

const ports: MessagePort[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

interface FakeWorker extends EngineWorker {
  fail(): void;
  terminated: boolean;
}

/** A worker whose messages are really cloned and transferred; its program runs where it is given how to open sockets. */
function worker(openSocket?: () => Promise<FrameSocket>): FakeWorker {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const errorListeners: ((event: unknown) => void)[] = [];
  const made: FakeWorker = {
    terminated: false,
    postMessage: (message: EngineCall) => port1.postMessage(message),
    addEventListener: (type: 'message' | 'error', listener: (event: never) => void) => {
      if (type === 'error') errorListeners.push(listener as (event: unknown) => void);
      else port1.on('message', (data: EngineAnswer) => listener({ data } as never));
    },
    terminate: () => {
      made.terminated = true;
      port1.close();
    },
    fail: () => {
      for (const listener of errorListeners) listener({});
    },
  };
  if (openSocket !== undefined) {
    const scope: EngineScope = {
      postMessage: (message, transfer) => port2.postMessage(message, transfer as ArrayBuffer[]),
      addEventListener: (_, listener) => void port2.on('message', (data: EngineCall) => listener({ data })),
    };
    serveEngine(scope, openSocket);
  }
  return made;
}

/** A page whose engine is in a worker, and its connection to the relay there as well. */
async function pageInWorker(channel: Channel, spawned = worker(async () => channel.relay.connect())) {
  const started = await startSealingEngine({
    engagement: ENGAGEMENT,
    clock: channel.clock,
    createOnPage: createSealingEngine,
    spawn: () => spawned,
  });
  expect(started.thread).toBe('worker');
  const page = channel.pageOn(started.engine);
  const attach = async () =>
    page.sender.attach(await started.openSocket('ws://relay'), channel.relay.pass(0));
  await attach();
  return { page, attach };
}

describe('the engine in a worker', () => {
  it('serves a whole engagement over cloned messages and a socket beside it', async () => {
    const channel = new Channel();
    const { page, attach } = await pageInWorker(channel);
    const console = channel.console();
    page.numbers.push('x'.repeat(600_000).concat(crypto.randomUUID()));
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    for (let event = 0; event < 100; event += 1) page.emit(event);
    await channel.converge(page, console);
    channel.relay.lose(0);
    page.emit('between');
    await until('the page is told', () => page.states.at(-1)?.state === 'ended');
    await attach();
    await channel.converge(page, console);
    channel.relay.lose(1);
    for (let event = 0; event < 100; event += 1) page.emit(event);
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    const seen = console.receiver.position ?? { epoch: 0, sequence: 0 };
    await console.receiver.sendIntent({ kind: 'scroll', lease: 2, seen, body: { y: 100 } });
    await until('the intent is there', () => page.intents.length === 1);
    expect([...channel.relay.breaches, ...page.faults, ...console.faults]).toEqual([]);
    page.sender.close({ ended: true });
    await until('the console is told', () => console.state === 'visitorAway');
    expect(console.snapshots).toBe(1);
  });

  it('says how much waits in its socket, and once it has gone', async () => {
    const channel = new Channel();
    const socket = channel.relay.connect();
    const { page } = await pageInWorker(
      channel,
      worker(async () => socket),
    );
    const console = channel.console();
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    Object.assign(socket, { bufferedAmount: 100_000 });
    page.emit('much');
    await until('the page gathers its events', () => page.sender.behind);
    Object.assign(socket, { bufferedAmount: 0 });
    await until('it does no more', () => !page.sender.behind);
  });

  it('sends nothing over a new socket that was asked for before that one was let in', async () => {
    const channel = new Channel();
    const { page, attach } = await pageInWorker(channel);
    const console = channel.console();
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    for (let event = 0; event < 50; event += 1) page.emit(event);
    await attach();
    for (let event = 0; event < 50; event += 1) page.emit(event);
    await channel.converge(page, console);
    expect([...channel.relay.breaches, ...page.faults, ...console.faults]).toEqual([]);
  });

  it('that cannot open a socket says so', async () => {
    const refused = worker(() => Promise.reject(new Error('The frames socket did not open.')));
    await expect(pageInWorker(new Channel(), refused)).rejects.toThrow('did not open');
  });

  it('that dies is told to the page, which sends nothing more', async () => {
    const channel = new Channel();
    const dying = worker(async () => channel.relay.connect());
    const { page } = await pageInWorker(channel, dying);
    const console = channel.console();
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    dying.fail();
    page.emit('lost');
    await until('the page is told', () => page.states.at(-1)?.state === 'broken');
    expect(page.watched.at(-1)).toBe(false);
    expect(dying.terminated).toBe(true);
  });
});

describe('starting the engine', () => {
  const start = { engagement: 'e', createOnPage: createSealingEngine };

  it('goes to the page thread when the worker is refused by an exception', async () => {
    const refuse = (): EngineWorker => {
      throw new TypeError('This document requires TrustedScriptURL.');
    };
    const started = await startSealingEngine({ ...start, clock: new ManualClock(), spawn: refuse });
    expect(started.thread).toBe('page');
  });

  it('goes to the page thread when the worker is refused by an error event', async () => {
    const refused = worker();
    const starting = startSealingEngine({ ...start, clock: new ManualClock(), spawn: () => refused });
    refused.fail();
    expect((await starting).thread).toBe('page');
    expect(refused.terminated).toBe(true);
  });

  it('goes to the page thread when the worker stays silent, and when there is none', async () => {
    const clock = new ManualClock();
    const starting = startSealingEngine({ ...start, clock, spawn: () => worker() });
    clock.advance(1500);
    expect((await starting).thread).toBe('page');
    expect((await startSealingEngine({ ...start, clock })).thread).toBe('page');
  });
});

describe('the engine', () => {
  it('puts a batch under the epoch that was open when it was handed over, whatever is waited for', async () => {
    const engine = createSealingEngine({ engagement: 'e' });
    void engine.beginEpoch(7);
    const first = engine.sealBatch('[1]');
    void engine.beginEpoch(8);
    const snapshot = engine.sealSnapshot([3], '[0]');
    const second = engine.sealBatch('[2]');
    const frames = [await first, await snapshot, await second].map((outcome) =>
      outcome.ok ? outcome.value[0] : undefined,
    );
    const places = frames.map((frame) => frame && [frame[0], frame[7], frame[11], frame[3]]);
    expect(places).toEqual([
      [1, 7, 0, 0],
      [2, 8, 0, 3],
      [1, 8, 0, 0],
    ]);
  });

  it('refuses what is too large before it spoils the stream', async () => {
    const engine = createSealingEngine({ engagement: 'e' });
    await engine.beginEpoch(1);
    const tooLarge = { ok: false, fault: 'tooLarge' };
    expect(await engine.sealBatch('x'.repeat(frameLimits.batchPlainBytes + 1))).toEqual(tooLarge);
    expect(await engine.sealAnswer(1, JSON.stringify('x'.repeat(20_000)))).toEqual(tooLarge);
    expect(await engine.sealSnapshot([1], 'x'.repeat(frameLimits.snapshotPlainBytes + 1))).toEqual(tooLarge);
    const after = await engine.sealBatch('[1]');
    expect(after.ok && after.value[0]?.[11]).toBe(0);
  });

  it('knows nothing any more after it is closed', async () => {
    const engine = createSealingEngine({ engagement: 'e' });
    await engine.beginEpoch(1);
    await engine.close();
    await expect(engine.sealBatch('[1]')).rejects.toThrow('first epoch');
    expect(await engine.grant(1, 1, false)).toBeUndefined();
    expect(await engine.open(1, new Uint8Array(40))).toEqual({ ok: false, fault: 'unknownSlot' });
  });
});
