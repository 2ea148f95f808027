/** A relay that forges, repeats, swaps and keeps on forwarding: what it can reach is a fault, never an effect. */

import {
  frameLimits,
  readFrameHeader,
  writeFrameHeader,
  writeIntentHeader,
  writeNote,
} from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { type AgentConsole, agentId, Channel, type VisitorPage } from '../test/channel.js';
import { seededRandom } from '../test/random-events.js';
import { turn, until } from '../test/until.js';
import { AgentLink } from './agent-link.js';
import type { Bytes } from './bytes.js';
import { concatBytes, randomBytes, utf8 } from './bytes.js';
import { writeBodies } from './frame-body.js';
import { readHello, writeHello } from './hello.js';
import { agreeKeys, createKeyPair } from './key-agreement.js';
import { importSealingKey, sealFrame } from './sealing.js';

const ENGAGEMENT = 'engagement';

async function watchedChannel(): Promise<{ channel: Channel; page: VisitorPage; console: AgentConsole }> {
  const channel = new Channel();
  const page = channel.page();
  const console = channel.console();
  page.numbers.push('first');
  channel.attachPage(page);
  channel.attachConsole(console, 1);
  await channel.converge(page, console);
  page.emit('a', 'b');
  page.emit('c');
  await channel.converge(page, console);
  return { channel, page, console };
}

function lastForwarded(channel: Channel, to: number, kind: string): Bytes {
  const found = channel.relay.forwarded.findLast((passed) => passed.to === to && passed.header.kind === kind);
  if (found === undefined) throw new Error(`No ${kind} went to ${to}.`);
  return found.frame;
}

describe('what was sent once', () => {
  it('has no effect a second time at the console', async () => {
    const { channel, page, console } = await watchedChannel();
    page.sender.answer(1, 'done');
    await until('the answer is there', () => console.answers.length === 1);
    for (const kind of ['data', 'snapshot', 'answer', 'key']) {
      channel.relay.inject(1, lastForwarded(channel, 1, kind));
      await channel.settle();
    }
    expect(console.faults).toEqual(['replayed', 'replayed', 'replayed', 'replayed']);
    expect(console.answers).toEqual(['done']);
    expect(console.snapshots).toBe(1);
    page.emit('d');
    await channel.converge(page, console);
  });

  it('has no effect a second time at the page', async () => {
    const { channel, page, console } = await watchedChannel();
    const seen = console.receiver.position ?? { epoch: 0, sequence: 0 };
    await console.receiver.sendIntent({ kind: 'click', lease: 1, seen, body: 1 });
    await until('the intent is there', () => page.intents.length === 1);
    for (const kind of ['intent', 'key', 'resume']) {
      channel.relay.inject(0, lastForwarded(channel, 0, kind));
      await channel.settle();
    }
    expect(page.intents).toHaveLength(1);
    // The resume is of an epoch whose key the agent has changed since.
    expect(page.faults).toEqual(['replayed', 'replayed', 'unknownEpoch']);
  });

  it('cannot come later than what was sent after it', async () => {
    const { channel, page, console } = await watchedChannel();
    const seen = console.receiver.position ?? { epoch: 0, sequence: 0 };
    const heldBack: Bytes[] = [];
    channel.relay.between = (frame, to) => {
      if (to !== 0 || heldBack.length > 0) return frame;
      heldBack.push(frame);
      return undefined;
    };
    await console.receiver.sendIntent({ kind: 'click', lease: 1, seen, body: 'held back' });
    await console.receiver.sendIntent({ kind: 'type', lease: 1, seen, body: 'on time' });
    await until('the second is there', () => page.intents.length === 1);
    for (const frame of heldBack) channel.relay.inject(0, frame);
    await until('the page refuses the first', () => page.faults.length > 0);
    expect(page.faults).toEqual(['replayed']);
    expect(page.intents.map(({ body }) => body)).toEqual(['on time']);
  });

  it('and not passed on by the relay is told to the console', async () => {
    const { channel, console } = await watchedChannel();
    const refused = { epoch: 2, sequence: 0, code: 'leaseMissing' } as const;
    channel.relay.note(1, writeNote({ refused }));
    await until('the console is told', () => console.refusedIntents.length === 1);
    expect(console.refusedIntents).toEqual([{ id: { epoch: 2, sequence: 0 }, code: 'leaseMissing' }]);
    expect(console.state).toBe('live');
  });
});

describe('an agent who has left', () => {
  it('reads nothing more, even from a relay that keeps on forwarding everything', async () => {
    const { channel, page, console } = await watchedChannel();
    const leaving = channel.console();
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(leaving, 2);
    await channel.converge(page, leaving);
    const shown = leaving.shown.length;
    const epoch = page.sender.latest.epoch;
    // Every frame goes to both consoles from here on, whomever it is addressed to.
    channel.relay.between = (frame, to) => {
      if (to === 1) channel.relay.inject(2, frame);
      return to === 2 ? undefined : frame;
    };
    channel.relay.giveUp(2, agentId(2));
    await until('the page knows', () => page.agents.at(-1)?.state === 'left');
    page.emit('confidential');
    await channel.converge(page, console);
    await channel.settle();
    expect(page.sender.latest.epoch).toBe(epoch + 1);
    expect(leaving.shown).toHaveLength(shown);
    expect(leaving.faults).toContain('notAuthentic');
    expect(console.snapshots).toBe(1);
    await leaving.receiver.sendIntent({ kind: 'point', lease: 0, seen: { epoch, sequence: 0 }, body: 0 });
    await channel.settle();
    expect(page.intents).toEqual([]);
    expect(page.faults).toContain('unknownSlot');
  });

  it('while it was away has lost its place: the key changes and the ring is not for it', async () => {
    const { channel, page, console } = await watchedChannel();
    const other = channel.console();
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(other, 2);
    await channel.converge(page, other);
    channel.relay.lose(1);
    await channel.settle();
    const { epoch } = page.sender.latest;
    channel.relay.giveUp(1, agentId(1));
    await channel.settle();
    expect(page.sender.latest.epoch).toBe(epoch + 1);
    page.emit('not for the one who has left');
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    expect(console.snapshots).toBe(2);
    expect(other.snapshots).toBe(1);
    expect(channel.relay.forwarded.some(({ header }) => header.resend)).toBe(false);
  });

  it('and comes again starts with a snapshot, whatever it still had', async () => {
    const { channel, page, console } = await watchedChannel();
    channel.relay.expel(1);
    await channel.settle();
    expect(page.watched).toEqual([true, false]);
    page.emit('unwatched');
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(console, 1);
    await channel.converge(page, console);
    expect(console.snapshots).toBe(2);
    expect(channel.relay.forwarded.some(({ header }) => header.resend)).toBe(false);
    expect(console.introductions.at(-1)?.continuity).toBe('kept');
  });
});

describe('a frame that is put in another place', () => {
  it('is refused when it is labelled as another agent', async () => {
    const { channel, page, console } = await watchedChannel();
    const other = channel.console();
    channel.clock.advance(frameLimits.snapshotGapMs);
    channel.attachConsole(other, 2);
    await channel.converge(page, other);
    channel.relay.between = (frame, to) => {
      if (to !== 0 || frame[0] !== 35) return frame;
      const relabelled = frame.slice();
      relabelled[3] = 1;
      return relabelled;
    };
    await other.receiver.sendIntent({ kind: 'type', lease: 1, seen: { epoch: 1, sequence: 0 }, body: 'x' });
    await until('the page refuses', () => page.faults.length > 0);
    // Either there is no key of that number for the slot, or the seal does not fit.
    expect(['notAuthentic', 'unknownEpoch']).toContain(page.faults[0]);
    expect(page.intents).toEqual([]);
    expect(console.faults).toEqual([]);
  });

  it('is refused when it comes from another engagement', async () => {
    const [left, right] = [await watchedChannel(), await watchedChannel()];
    left.page.emit('mine');
    await left.channel.converge(left.page, left.console);
    right.channel.relay.inject(1, lastForwarded(left.channel, 1, 'data'));
    right.channel.relay.inject(1, lastForwarded(left.channel, 1, 'key'));
    await right.channel.settle();
    expect(right.console.shown).toEqual(right.page.numbers);
    expect(right.console.faults).toContain('notAuthentic');
  });
});

describe('bytes that nobody sealed', () => {
  it('change nothing, however many there are', async () => {
    const { channel, page, console } = await watchedChannel();
    const random = seededRandom(11);
    const { epoch } = page.sender.latest;
    const kinds = [1, 2, 3, 4, 5, 6, 33, 34, 35, 36, 0, 200];
    for (let round = 0; round < 2000; round += 1) {
      const frame = randomBytes(12 + Math.floor(random() * 120));
      const view = new DataView(frame.buffer);
      view.setUint8(0, kinds[Math.floor(random() * kinds.length)] ?? 0);
      view.setUint8(1, random() < 0.9 ? 0 : 1);
      view.setUint16(2, random() < 0.5 ? 1 : 0);
      if (random() < 0.8) view.setUint32(4, epoch);
      if (random() < 0.8) view.setUint32(8, Math.floor(random() * 6));
      channel.relay.inject(round % 2, frame);
      if (round % 200 === 0) await turn();
    }
    await channel.settle();
    page.emit('still here');
    channel.clock.advance(frameLimits.resumeMs);
    await channel.convergeInTime(page, console, 70_000);
    expect(page.intents).toEqual([]);
    expect(console.answers).toEqual([]);
    expect(page.states.at(-1)).toEqual({ state: 'open' });
  });

  it('of a first step make the console answer, and disturb nothing that runs', async () => {
    const { channel, page, console } = await watchedChannel();
    channel.relay.inject(1, writeHello(1, { step: 'commit', commit: randomBytes(32) }));
    await channel.settle();
    page.emit('on');
    await channel.converge(page, console);
    const seen = console.receiver.position ?? { epoch: 0, sequence: 0 };
    await console.receiver.sendIntent({ kind: 'click', lease: 1, seen, body: 1 });
    await until('the intent is there', () => page.intents.length === 1);
    expect(page.faults).toEqual(['wrongStep']);
    expect(console.faults).toEqual([]);
  });

  it('never make the reader of hellos throw', () => {
    const random = seededRandom(5);
    const header = writeFrameHeader({ kind: 'hello', resend: false, slot: 1, epoch: 0, sequence: 0 });
    const words = ['commit', 'answer', 'reveal', 'confirm', 'x'];
    const values = [
      'A'.repeat(43),
      'A'.repeat(87),
      'A'.repeat(22),
      'A'.repeat(12),
      '',
      7,
      null,
      [],
      {},
      ['a'],
    ];
    const pick = (from: readonly unknown[]): unknown => from[Math.floor(random() * from.length)];
    let read = 0;
    for (let round = 0; round < 5000; round += 1) {
      const body = {
        step: pick(words),
        to: pick(values),
        commit: pick(values),
        publicKey: pick(values),
        nonce: pick(values),
        knows: pick(values),
        mac: pick(values),
        proof: pick([undefined, ...values, { of: 'A', mac: pick(values) }]),
      };
      if (readHello(concatBytes(header, utf8(JSON.stringify(body)))) !== undefined) read += 1;
      expect(readHello(concatBytes(header, randomBytes(Math.floor(random() * 40))))).toBeUndefined();
    }
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(5000);
  });
});

describe('an agent that is hostile itself', () => {
  async function agentLink(): Promise<{
    link: AgentLink;
    seal: (intent: 'click' | 'point', body: unknown) => Promise<Bytes>;
  }> {
    const [visitor, agent] = [await createKeyPair(), await createKeyPair()];
    const keys = await agreeKeys(visitor.privateKey, agent.publicKey, new Uint8Array(32));
    if (keys === undefined) throw new Error('The keys are points of the curve.');
    const link = new AgentLink({ engagement: ENGAGEMENT, slot: 1 }, keys);
    const context = { engagement: ENGAGEMENT, sender: 'agent' } as const;
    const raw = randomBytes(32);
    const keyHeader = writeFrameHeader({ kind: 'key', resend: false, slot: 1, epoch: 1, sequence: 0 });
    const opened = await link.open(
      await sealFrame(keys.agentWraps, { header: keyHeader, plain: raw }, context),
    );
    expect(opened).toEqual({ ok: true, value: { kind: 'key' } });
    const key = await importSealingKey(raw);
    const seal = (intent: 'click' | 'point', body: unknown): Promise<Bytes> => {
      const bytes = utf8(JSON.stringify(body));
      const [plain] = writeBodies({ deflated: false, plainLength: bytes.byteLength, bytes }, 1024, 28);
      const header = writeIntentHeader({
        kind: 'intent',
        resend: false,
        slot: 1,
        epoch: 1,
        sequence: 0,
        intent,
        lease: 0,
        seenEpoch: 1,
        seenSequence: 0,
      });
      return sealFrame(key, { header, plain: plain ?? new Uint8Array(0) }, context);
    };
    return { link, seal };
  }

  it('cannot hide a click behind the header of a kind that needs no lease', async () => {
    const { link, seal } = await agentLink();
    const frame = await seal('point', { kind: 'click', body: {} });
    expect(readFrameHeader(frame)?.kind).toBe('intent');
    expect(await link.open(frame)).toEqual({ ok: false, fault: 'kindMismatch' });
  });

  it.each([[null], ['text'], [7], [[]], [{}], [{ kind: 'click' }]])(
    'is told that %j is malformed',
    async (body) => {
      const { link, seal } = await agentLink();
      expect(await link.open(await seal('click', body))).toEqual({ ok: false, fault: 'malformed' });
    },
  );

  it('is opened when it says what it does', async () => {
    const { link, seal } = await agentLink();
    const opened = await link.open(await seal('click', { kind: 'click', body: { at: 1 } }));
    expect(opened).toMatchObject({ ok: true, value: { kind: 'intent', intent: 'click', body: { at: 1 } } });
  });

  it('that asks for resends without end is given a snapshot at the pace of snapshots', async () => {
    const { channel, page, console } = await watchedChannel();
    // Each live frame is followed by a gap, so that the console asks again and again.
    channel.relay.between = (frame, to) => {
      const sequence = new DataView(frame.buffer).getUint32(8);
      return to === 1 && frame[0] === 1 && (frame[1] === 1 ? sequence % 5 === 0 : sequence % 3 === 0)
        ? undefined
        : frame;
    };
    for (let event = 0; event < 400; event += 1) {
      page.emit(event);
      if (event % 5 === 0) await channel.settle();
    }
    channel.relay.between = (frame) => frame;
    await channel.convergeInTime(page, console, 120_000);
    const resent = channel.relay.forwarded.filter(({ header }) => header.resend).length;
    expect(resent).toBeLessThan(4 * 420);
    expect(page.snapshots).toBeLessThanOrEqual(8);
    expect(channel.relay.breaches).toEqual([]);
  });
});

describe('what goes over the wire', () => {
  it('holds no word of the page, of an intent or of an answer', async () => {
    const { channel, page, console } = await watchedChannel();
    const canaries = ['canary-of-page', 'canary-of-intent', 'canary-of-answer'];
    page.emit(canaries[0]);
    await channel.converge(page, console);
    const seen = console.receiver.position ?? { epoch: 0, sequence: 0 };
    await console.receiver.sendIntent({ kind: 'type', lease: 1, seen, body: canaries[1] });
    await until('the intent is there', () => page.intents.length === 1);
    page.sender.answer(1, canaries[2]);
    await until('the answer is there', () => console.answers.length === 1);
    const wire = Buffer.concat([...channel.relay.forwarded.map(({ frame }) => frame), ...page.sealed]);
    for (const canary of canaries) expect(wire.includes(canary)).toBe(false);
    expect(page.sealed.length).toBeGreaterThan(4);
    expect(new Set(page.sealed.map((frame) => frame.slice(12, 44).join())).size).toBe(page.sealed.length);
  });
});
