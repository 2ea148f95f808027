/** The whole way of a frame, from a page to consoles and back, over a relay that follows the wire's rules. */

import { frameLimits } from '@alongside/protocol';
import { describe, expect, it, vi } from 'vitest';
import { type AgentConsole, Channel, type VisitorPage } from '../test/channel.js';
import { randomEvents, seededRandom } from '../test/random-events.js';
import { turn, until } from '../test/until.js';
import { concatBytes, randomBytes, sha256, toBase64url, utf8 } from './bytes.js';

// What goes over many frames takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

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

function expectNoTrouble(channel: Channel, ...parties: (VisitorPage | AgentConsole)[]): void {
  expect(channel.relay.breaches).toEqual([]);
  expect(parties.flatMap((party) => party.faults)).toEqual([]);
}

describe('a page and a console', () => {
  it('converge on the first snapshot and stay together', async () => {
    const { channel, page, console } = await watchedChannel();
    for (let event = 4; event < 60; event += 1) page.emit(event, { nested: [event, 'ä€😀'] });
    await channel.converge(page, console);
    expect(console.snapshots).toBe(1);
    expect(page.watched).toEqual([true]);
    expect(page.agents.map((agent) => agent.state)).toEqual(['introduced', 'watching']);
    expect(page.agents.at(-1)?.code).toBe(console.code);
    expect(console.code).toMatch(/^\d{6}$/);
    expectNoTrouble(channel, page, console);
  });

  it('stay together over hundreds of frames of random batches, of which some need several frames', async () => {
    const { channel, page, console } = await watchedChannel();
    const random = seededRandom(20_261_121);
    for (let frame = 0; frame < 400; frame += 1) {
      page.emit(...randomEvents(random));
      if (frame % 50 === 0) await channel.settle();
    }
    await channel.converge(page, console);
    const data = channel.relay.forwarded.filter(({ header }) => header.kind === 'data');
    expect(data.length).toBeGreaterThan(400);
    expect(Math.max(...data.map(({ frame }) => frame.byteLength))).toBeLessThanOrEqual(64 * 1024);
    expect(console.snapshots).toBe(1);
    expectNoTrouble(channel, page, console);
  });

  it('exchange intents, answers, wants and assets', async () => {
    const { channel, page, console } = await watchedChannel();
    page.emit('a');
    await channel.converge(page, console);
    const seen = console.receiver.position ?? { epoch: 0, sequence: 0 };
    const body = { text: 'Grüße', at: [1, 2] };
    const sent = await console.receiver.sendIntent({ kind: 'type', lease: 7, seen, body });
    await until('the intent is there', () => page.intents.length === 1);
    const expected = { slot: 1, intent: 'type', lease: 7, body, seenEpoch: seen.epoch, seenSequence: 1 };
    expect(page.intents[0]).toMatchObject(expected);
    expect(sent).toEqual({ ok: true, value: page.intents[0]?.id });

    page.sender.answer(1, { refused: 'masked' });
    const bytes = utf8('body { color: red }'.repeat(400));
    const hash = toBase64url(await sha256(bytes));
    await console.receiver.want([hash]);
    await until('the want is there', () => page.wants.length === 1);
    expect(page.wants).toEqual([{ slot: 1, hashes: [hash] }]);
    page.sender.sendAsset(1, { hash, contentType: 'text/css', bytes });
    // Larger than one frame may be.
    const image = concatBytes(...Array.from({ length: 6 }, () => randomBytes(60_000)));
    const imageHash = toBase64url(await sha256(image));
    page.sender.sendAsset(1, { hash: imageHash, contentType: 'image/png', bytes: image });
    page.sender.sendAsset(1, { hash, contentType: 'image/png', bytes: undefined });
    await until('the assets are there', () => console.assets.length === 3);
    expect(console.answers).toEqual([{ refused: 'masked' }]);
    const received = console.assets.map((asset) => [asset.hash, asset.contentType, asset.bytes?.byteLength]);
    // The receiver has checked that the bytes are those of the hash.
    expect(received).toEqual([
      [hash, 'text/css', bytes.byteLength],
      [imageHash, 'image/png', image.byteLength],
      [hash, 'image/png', undefined],
    ]);
    expectNoTrouble(channel, page, console);
  });

  it('refuse an asset whose bytes are not those of its hash', async () => {
    const { page, console } = await watchedChannel();
    const hash = toBase64url(await sha256(utf8('other')));
    page.sender.sendAsset(1, { hash, contentType: 'image/png', bytes: utf8('this') });
    await until('it is refused', () => console.faults.length === 1);
    expect(console.faults).toEqual(['malformed']);
    expect(console.assets).toEqual([]);
  });

  it('acknowledge every byte and the position', async () => {
    const { channel, page, console } = await watchedChannel();
    for (let event = 0; event < 40; event += 1) page.emit(event);
    await channel.converge(page, console);
    channel.clock.advance(frameLimits.ackMs);
    await channel.settle();
    const received = channel.relay.forwarded.filter(({ to }) => to === 1);
    const bytes = received.reduce((sum, { frame }) => sum + frame.byteLength, 0);
    expect(channel.relay.acks.at(-1)).toEqual({
      slot: 1,
      ...console.receiver.position,
      consumedBytes: bytes,
    });
    expect(channel.relay.acks.length).toBeLessThan(received.length / 4);
  });
});

describe('events', () => {
  it('are not sealed at all while nobody watches', async () => {
    const channel = new Channel();
    const page = channel.page();
    channel.attachPage(page);
    await channel.settle();
    page.emit('unseen');
    await channel.settle();
    expect(channel.relay.forwarded).toEqual([]);
    expect(page.sender.latest).toEqual({ epoch: 0, sequence: 0 });
    expect(page.watched).toEqual([]);
  });

  it('that cannot be sent for their size lead to a fresh snapshot', async () => {
    const { channel, page, console } = await watchedChannel();
    page.emit('before');
    page.sender.send(['x'.repeat(frameLimits.batchPlainBytes)]);
    page.emit('after');
    await until('the page is told', () => page.faults.includes('tooLarge'));
    channel.clock.advance(frameLimits.snapshotGapMs);
    await until('the console has a new snapshot', () => console.snapshots === 2);
    await channel.converge(page, console);
    expect(channel.relay.breaches).toEqual([]);
  });

  it('never reach a console before the snapshot that they follow', async () => {
    const channel = new Channel();
    const page = channel.page();
    const early = channel.console();
    const late = channel.console();
    page.numbers.push(0);
    channel.attachPage(page);
    channel.attachConsole(early, 1);
    await channel.converge(page, early);
    // The late console's snapshot is held back on its way, so that stream frames overtake it.
    const heldBack: { to: number; frame: Uint8Array<ArrayBuffer> }[] = [];
    channel.relay.between = (frame, to) => {
      const isSnapshot = frame[0] === 2;
      if (isSnapshot) heldBack.push({ to, frame });
      return isSnapshot ? undefined : frame;
    };
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(late, 2);
    await until('the snapshot is on its way', () => heldBack.length > 0);
    for (let event = 1; event < 20; event += 1) page.emit(event);
    await channel.converge(page, early);
    await channel.settle();
    expect(late.shown).toEqual([]);
    expect(late.state).toBe('waiting');
    for (const { to, frame } of heldBack) channel.relay.inject(to, frame);
    await channel.converge(page, late);
    expect(early.snapshots).toBe(1);
    expectNoTrouble(channel, page, early, late);
  });
});

describe('a late joiner', () => {
  it('joins while frames flow, and the others neither rebuild nor miss anything', async () => {
    const { channel, page, console } = await watchedChannel();
    channel.clock.advance(frameLimits.snapshotGapMs);
    const late = channel.console();
    channel.attachConsole(late, 2);
    for (let event = 0; event < 300; event += 1) {
      page.emit(event);
      if (event % 3 === 0) await turn();
    }
    await channel.converge(page, console);
    await channel.converge(page, late);
    expect(console.snapshots).toBe(1);
    expect(late.snapshots).toBe(1);
    const snapshots = channel.relay.forwarded.filter(({ header }) => header.kind === 'snapshot');
    expect(new Set(snapshots.map(({ to }) => to))).toEqual(new Set([1, 2]));
    expect(snapshots.filter(({ to }) => to === 1)).toHaveLength(1);
    expect(late.code).toBe(page.agents.findLast((agent) => agent.slot === 2)?.code);
    expectNoTrouble(channel, page, console, late);
  });
});

describe('joins', () => {
  it('cost at most one snapshot per 5 s and six per minute, whatever agents do', async () => {
    const channel = new Channel();
    const page = channel.page();
    channel.attachPage(page);
    const consoles: AgentConsole[] = [];
    const takenAtMs: number[] = [];
    for (let second = 0; second < 120; second += 1) {
      const slot = (second % 9) + 1;
      channel.relay.expel(slot);
      const console = channel.console();
      consoles.push(console);
      channel.attachConsole(console, slot);
      const before = page.snapshots;
      await channel.settle();
      channel.clock.advance(1000);
      await channel.settle();
      if (page.snapshots > before) takenAtMs.push(channel.clock.now());
    }
    expect(page.snapshots).toBe(takenAtMs.length);
    expect(page.snapshots).toBeLessThanOrEqual(13);
    expect(page.snapshots).toBeGreaterThanOrEqual(11);
    for (const console of consoles.slice(-9)) await channel.convergeInTime(page, console, 60_000);
    expect(channel.relay.breaches).toEqual([]);
  });

  it('are not served by a snapshot that comes before its time', async () => {
    const { channel, page } = await watchedChannel();
    const late = channel.console();
    channel.attachConsole(late, 2);
    await channel.settle();
    expect(page.takeSnapshot()).toBe(false);
    await channel.settle();
    expect(late.snapshots).toBe(0);
    channel.clock.advance(frameLimits.snapshotGapMs);
    await channel.converge(page, late);
    expect(late.snapshots).toBe(1);
  });

  it('wait for a recorder that is still being loaded, and share its first snapshot', async () => {
    const channel = new Channel();
    const page = channel.page();
    page.prompt = false;
    channel.attachPage(page);
    const first = channel.console();
    const second = channel.console();
    channel.attachConsole(first, 1);
    channel.attachConsole(second, 2);
    await channel.settle();
    expect(page.watched).toEqual([true]);
    page.emit('before the recorder');
    expect(page.takeSnapshot()).toBe(true);
    page.emit('after');
    await channel.converge(page, first);
    await channel.converge(page, second);
    expect(page.snapshots).toBe(1);
    expect(page.takeSnapshot()).toBe(false);
    expectNoTrouble(channel, page, first, second);
  });
});
