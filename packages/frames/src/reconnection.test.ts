/** Lost connections, on either side, short and long: what is shown converges, and nobody reads too much. */

import { frameLimits } from '@alongside/protocol';
import { describe, expect, it, vi } from 'vitest';
import { type AgentConsole, agentId, Channel, tabStorage, type VisitorPage } from '../test/channel.js';
import { turn, until } from '../test/until.js';
import { readHello } from './hello.js';

async function watchedChannel(): Promise<{ channel: Channel; page: VisitorPage; console: AgentConsole }> {
  const channel = new Channel();
  const page = channel.page();
  const console = channel.console();
  page.numbers.push('first');
  channel.attachPage(page);
  channel.attachConsole(console, 1);
  await channel.converge(page, console);
  return { channel, page, console };
}

function emitMany(page: VisitorPage, count: number): void {
  for (let event = 0; event < count; event += 1) page.emit({ event, of: page.numbers.length });
}

describe('a console that loses its connection', () => {
  it('takes up from the ring, in another slot, without a snapshot', async () => {
    const { channel, page, console } = await watchedChannel();
    emitMany(page, 20);
    await channel.converge(page, console);
    channel.relay.lose(1);
    emitMany(page, 100);
    await channel.settle();
    expect(console.state).toBe('ended');
    expect(page.watched).toEqual([true]);
    channel.attachConsole(console, 5, agentId(1));
    emitMany(page, 20);
    await channel.converge(page, console);
    expect(console.snapshots).toBe(1);
    expect(console.introductions.map(({ continuity }) => continuity)).toEqual(['new', 'kept']);
    expect(new Set(console.introductions.map(({ code }) => code)).size).toBe(1);
    expect(channel.relay.forwarded.some(({ header }) => header.resend)).toBe(true);
    expect([...channel.relay.breaches, ...page.faults, ...console.faults]).toEqual([]);
  });

  it('takes up across epochs that began while it was away', async () => {
    const { channel, page, console } = await watchedChannel();
    const other = channel.console();
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(other, 2);
    await channel.converge(page, other);
    channel.relay.lose(1);
    emitMany(page, 30);
    await channel.settle();
    channel.relay.expel(2);
    await channel.settle();
    emitMany(page, 30);
    await channel.settle();
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    expect(console.snapshots).toBe(1);
    expect([...channel.relay.breaches, ...page.faults, ...console.faults]).toEqual([]);
  });

  it('is given a snapshot, not the ring, when the stream was begun anew while it was away', async () => {
    const { channel, page, console } = await watchedChannel();
    channel.relay.lose(1);
    emitMany(page, 10);
    page.sender.resync({ urgent: true });
    await channel.settle();
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    expect(console.snapshots).toBe(2);
    expect([...channel.relay.breaches, ...page.faults, ...console.faults]).toEqual([]);
  });

  it('is given a snapshot when the ring is too short', async () => {
    const { channel, page, console } = await watchedChannel();
    channel.relay.lose(1);
    emitMany(page, frameLimits.ringFrames + 10);
    await channel.settle();
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    expect(console.snapshots).toBe(2);
    expect([...channel.relay.breaches, ...page.faults, ...console.faults]).toEqual([]);
  });

  it('is given a snapshot, not the ring, when it is another page of the same agent', async () => {
    const { channel, page, console } = await watchedChannel();
    channel.relay.lose(1);
    emitMany(page, 10);
    await channel.settle();
    channel.clock.advance(frameLimits.snapshotGapMs);
    const reloaded = channel.console();
    channel.attachConsole(reloaded, 1);
    await channel.converge(page, reloaded);
    expect(reloaded.snapshots).toBe(1);
    expect(channel.relay.forwarded.some(({ header }) => header.resend)).toBe(false);
    expect(console.snapshots).toBe(1);
  });

  it('loses its place after the time that is kept for it', async () => {
    const { channel, page, console } = await watchedChannel();
    channel.relay.lose(1);
    await channel.settle();
    const before = page.sender.latest.epoch;
    channel.clock.advance(frameLimits.awayMs);
    expect(page.watched).toEqual([true, false]);
    expect(page.agents.slice(-2).map(({ state }) => state)).toEqual(['away', 'left']);
    emitMany(page, 5);
    await channel.settle();
    expect(page.sender.latest.epoch).toBe(before);
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    expect(page.watched).toEqual([true, false, true]);
    expect(console.snapshots).toBe(2);
    expect(page.sender.latest.epoch).toBe(before + 1);
  });
});

describe('a page that loses its connection', () => {
  it('goes on under a new epoch, and the console misses nothing and does not rebuild', async () => {
    const { channel, page, console } = await watchedChannel();
    emitMany(page, 20);
    const epoch = page.sender.latest.epoch;
    channel.relay.lose(0);
    emitMany(page, 50);
    await channel.settle();
    expect(console.state).toBe('visitorAway');
    channel.attachPage(page);
    emitMany(page, 50);
    await channel.converge(page, console);
    expect(page.sender.latest.epoch).toBe(epoch + 1);
    expect(console.snapshots).toBe(1);
    expect(page.watched).toEqual([true]);
    expect(console.introductions.at(-1)?.continuity).toBe('kept');
    expect([...channel.relay.breaches, ...page.faults, ...console.faults]).toEqual([]);
  });

  it('converges when both connections are lost again and again while frames flow', async () => {
    const { channel, page, console } = await watchedChannel();
    for (let round = 0; round < 12; round += 1) {
      emitMany(page, 7);
      if (round % 2 === 0) channel.relay.lose(0);
      if (round % 3 !== 1) channel.relay.lose(1);
      emitMany(page, 7);
      for (let pause = 0; pause < round; pause += 1) await turn();
      if (round % 3 !== 1) channel.attachConsole(console, 1);
      emitMany(page, 7);
      if (round % 2 === 0) channel.attachPage(page);
      for (let pause = 0; pause < 3 * round; pause += 1) await turn();
      channel.clock.advance(1500);
    }
    await channel.convergeInTime(page, console, 70_000);
    expect(channel.relay.breaches).toEqual([]);
  });
});

describe('a next page of the visitor', () => {
  it('keeps the code with storage, and starts with a snapshot', async () => {
    const channel = new Channel();
    const storage = tabStorage();
    const first = channel.page(storage);
    const console = channel.console();
    first.numbers.push('page one');
    channel.attachPage(first);
    channel.attachConsole(console, 1);
    await channel.converge(first, console);
    const code = console.code;
    const secretBefore = [...storage.map.values()];

    channel.relay.lose(0);
    const second = channel.page(storage);
    second.numbers.push('page two');
    channel.attachPage(second);
    await channel.converge(second, console);
    expect(console.introductions.at(-1)).toEqual({ code, continuity: 'kept' });
    expect(second.agents.at(-1)).toMatchObject({ code, continuity: 'kept', state: 'watching' });
    expect([...storage.map.values()]).not.toEqual(secretBefore);
    expect(console.snapshots).toBe(2);
  });

  it('without storage says on both sides that the code is new', async () => {
    const channel = new Channel();
    const console = channel.console(tabStorage());
    const codes: (string | undefined)[] = [];
    channel.attachConsole(console, 1);
    for (const page of [channel.page(), channel.page()]) {
      page.numbers.push(crypto.randomUUID());
      channel.relay.lose(0);
      channel.attachPage(page);
      await channel.converge(page, console);
      expect(page.agents.at(-1)).toMatchObject({ code: console.code, continuity: 'new' });
      codes.push(console.code);
    }
    expect(console.introductions.map(({ continuity }) => continuity)).toEqual(['new', 'new']);
    expect(codes[0]).not.toBe(codes[1]);
  });

  it('keeps the code when the console is reloaded, and forgets it when the engagement ends', async () => {
    const channel = new Channel();
    const [pageStorage, consoleStorage] = [tabStorage(), tabStorage()];
    const page = channel.page(pageStorage);
    const first = channel.console(consoleStorage);
    channel.attachPage(page);
    channel.attachConsole(first, 1);
    await channel.converge(page, first);
    channel.relay.lose(1);
    const second = channel.console(consoleStorage);
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(second, 3, agentId(1));
    await channel.converge(page, second);
    expect(second.introductions).toEqual([{ code: first.code, continuity: 'kept' }]);
    page.sender.close({ ended: true });
    second.receiver.close({ ended: true });
    expect([pageStorage.map.size, consoleStorage.map.size]).toEqual([0, 0]);
  });

  it('keeps the code when the last step of an agreement was lost', async () => {
    const channel = new Channel();
    const [pageStorage, consoleStorage] = [tabStorage(), tabStorage()];
    const console = channel.console(consoleStorage);
    const first = channel.page(pageStorage);
    channel.attachPage(first);
    channel.attachConsole(console, 1);
    await channel.converge(first, console);
    const code = console.code;
    channel.relay.lose(0);
    // The console confirms, and holds a secret from then on that the page never comes to hold.
    channel.relay.between = (frame, to) =>
      to === 0 && readHello(frame)?.step === 'confirm' ? undefined : frame;
    const second = channel.page(pageStorage);
    channel.attachPage(second);
    await until('the console believes it is agreed', () => console.introductions.length === 2);
    await channel.settle();
    expect(second.agents).toEqual([]);
    channel.relay.between = (frame) => frame;
    channel.relay.lose(0);
    const third = channel.page(pageStorage);
    channel.attachPage(third);
    await channel.converge(third, console);
    expect(console.introductions.at(-1)).toEqual({ code, continuity: 'kept' });
  });
});

describe('a console whose machine has slept', () => {
  it('takes what it shows for old until the page is heard of, and needs no snapshot for that', async () => {
    const { channel, page, console } = await watchedChannel();
    await until('the page is live', () => console.state === 'live');
    console.receiver.slept();
    expect(console.state).toBe('catchingUp');
    await until('the page is heard of', () => console.state === 'live');
    emitMany(page, 3);
    await channel.converge(page, console);
    expect(console.snapshots).toBe(1);
  });

  it('goes on doubting while nothing comes', async () => {
    const { channel, console } = await watchedChannel();
    channel.relay.between = () => undefined;
    console.receiver.slept();
    await channel.settle();
    expect(console.state).toBe('catchingUp');
  });
});

describe('a slow console', () => {
  it('that is cut comes back with the next epoch, and the others notice nothing', async () => {
    const { channel, page, console } = await watchedChannel();
    const slow = channel.console();
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(slow, 2);
    await channel.converge(page, slow);
    emitMany(page, 3);
    await channel.converge(page, slow);
    channel.relay.cut(2);
    emitMany(page, 40);
    await channel.converge(page, console);
    await channel.settle();
    expect(slow.state).toBe('catchingUp');
    channel.clock.advance(frameLimits.snapshotGapMs);
    emitMany(page, 10);
    await channel.converge(page, slow);
    await channel.converge(page, console);
    expect([console.snapshots, slow.snapshots]).toEqual([1, 2]);
    expect([...channel.relay.breaches, ...page.faults, ...console.faults, ...slow.faults]).toEqual([]);
  });
});

describe('a relay that loses frames', () => {
  it('is noticed, and the gap is closed from the ring', async () => {
    const { channel, page, console } = await watchedChannel();
    let passed = 0;
    channel.relay.between = (frame) => {
      const isLive = frame[0] === 1 && frame[1] === 0;
      if (isLive) passed += 1;
      return isLive && passed % 10 === 5 && passed < 30 ? undefined : frame;
    };
    emitMany(page, 9);
    await channel.converge(page, console);
    channel.clock.advance(2000);
    emitMany(page, 100);
    await channel.settle();
    channel.clock.advance(frameLimits.snapshotGapMs);
    await channel.converge(page, console);
    expect(channel.relay.breaches).toEqual([]);
    expect(console.snapshots).toBe(1);
  });

  it('and loses the end of an epoch is noticed as well', async () => {
    const { channel, page, console } = await watchedChannel();
    channel.relay.between = (frame, to) => (to === 1 && frame[0] === 1 && frame[1] === 0 ? undefined : frame);
    emitMany(page, 3);
    await channel.settle();
    channel.relay.between = (frame) => frame;
    const other = channel.console();
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(other, 2);
    await channel.converge(page, other);
    await channel.converge(page, console);
    expect(console.snapshots).toBe(1);
  });

  it('and loses the resends too leads to a snapshot', async () => {
    const { channel, page, console } = await watchedChannel();
    channel.relay.between = (frame, to) => {
      const lost =
        to === 1 && frame[0] === 1 && (frame[1] === 1 || new DataView(frame.buffer).getUint32(8) === 1);
      return lost ? undefined : frame;
    };
    emitMany(page, 5);
    await until('the gap is noticed', () => console.state === 'catchingUp');
    await channel.settle();
    channel.relay.between = (frame) => frame;
    channel.clock.advance(frameLimits.resumeMs);
    await channel.converge(page, console);
    expect(console.snapshots).toBe(2);
  });
});

describe('admission', () => {
  it('that is refused says why, and one that never comes is a lost connection', async () => {
    const channel = new Channel();
    const page = channel.page();
    page.sender.attach(channel.relay.connect(), 'x'.repeat(43));
    await until('it is over', () => page.states.length === 2);
    expect(page.states.at(-1)).toEqual({ state: 'ended', end: { cause: 'refused', code: 'passUnknown' } });

    const silent = { send() {}, close() {}, bufferedAmount: 0, onMessage: undefined, onClose: undefined };
    page.sender.attach(silent, 'y'.repeat(43));
    channel.clock.advance(frameLimits.admissionMs);
    expect(page.states.at(-1)).toEqual({ state: 'ended', end: { cause: 'lost' } });
  });

  it('is not begun by an end that is closed: its socket is closed at once', () => {
    const channel = new Channel();
    const { sender } = channel.page();
    const { receiver } = channel.console();
    for (const end of [sender, receiver]) {
      end.close({ ended: true });
      const close = vi.fn();
      end.attach(
        { send() {}, close, bufferedAmount: 0, onMessage: undefined, onClose: undefined },
        'x'.repeat(43),
      );
      expect(close).toHaveBeenCalledOnce();
    }
  });

  it('ends when the relay says what this protocol does not know', async () => {
    const { channel, console } = await watchedChannel();
    channel.relay.note(1, '{"more":true}');
    await until('it is over', () => console.state === 'ended');
    expect(console.states.at(-1)).toMatchObject({ end: { cause: 'refused', code: 'serverTooOld' } });
  });
});
