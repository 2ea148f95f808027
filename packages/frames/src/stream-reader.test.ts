/** The order of the stream, frame by frame: gaps, ends of epochs, what is broken, and what asks for what. */

import { readFrameHeader, writeFrameHeader } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { StreamPosition } from './agent-request.js';
import type { Bytes } from './bytes.js';
import { randomBytes, utf8 } from './bytes.js';
import { DeflateStream } from './deflate.js';
import { writeBodies } from './frame-body.js';
import type { FrameFault } from './frame-fault.js';
import { addressResend } from './frame-ring.js';
import { ReceivedEpoch } from './received-epoch.js';
import { importSealingKey, sealFrame } from './sealing.js';
import { StreamReader } from './stream-reader.js';

const ENGAGEMENT = 'e';

/** One epoch on both sides of the wire. */
class Epoch {
  readonly #deflate = new DeflateStream();
  readonly #raw = randomBytes(32);
  readonly number: number;
  #sequence = 0;

  constructor(number: number) {
    this.number = number;
  }

  async data(...events: unknown[]): Promise<Bytes> {
    const plain = utf8(JSON.stringify(events));
    return this.sealed({ deflated: true, plainLength: plain.byteLength, bytes: this.#deflate.push(plain) });
  }

  async sealed(payload: Parameters<typeof writeBodies>[0]): Promise<Bytes> {
    const [plain] = writeBodies(payload, 64 * 1024, 12);
    return this.plain(plain ?? new Uint8Array(0));
  }

  async plain(plain: Bytes): Promise<Bytes> {
    const sequence = this.#sequence++;
    const header = writeFrameHeader({ kind: 'data', resend: false, slot: 0, epoch: this.number, sequence });
    const context = { engagement: ENGAGEMENT, sender: 'visitor' } as const;
    return sealFrame(await importSealingKey(this.#raw), { header, plain }, context);
  }

  received(follows?: StreamPosition): Promise<ReceivedEpoch> {
    const grant = {
      key: this.#raw.slice(),
      snapshot: follows === undefined,
      previousEpoch: follows?.epoch ?? 0,
      previousFrames: follows?.sequence ?? 0,
    };
    return ReceivedEpoch.create({ number: this.number, engagement: ENGAGEMENT }, grant);
  }
}

class Reading {
  readonly shown: unknown[] = [];
  readonly asked: (StreamPosition | 'snapshot')[] = [];
  readonly faults: FrameFault[] = [];
  readonly reader = new StreamReader({
    onEvents: (events) => this.shown.push(...events),
    onGap: (from) => this.asked.push(from ?? 'snapshot'),
    onFault: (fault) => this.faults.push(fault),
    onRead: () => undefined,
  });

  async take(...frames: readonly Bytes[]): Promise<void> {
    for (const frame of frames) {
      const header = readFrameHeader(frame);
      if (header !== undefined) await this.reader.take(header, frame);
    }
  }
}

async function started(): Promise<{ reading: Reading; epoch: Epoch }> {
  const reading = new Reading();
  const epoch = new Epoch(10);
  await reading.reader.addEpoch(await epoch.received());
  expect(reading.reader.takeSnapshot(10, () => undefined)).toBe(true);
  return { reading, epoch };
}

describe('a gap', () => {
  it('is asked about once, whatever comes after it, and closed by the resends', async () => {
    const { reading, epoch } = await started();
    const [a, b, c, d] = [
      await epoch.data('a'),
      await epoch.data('b'),
      await epoch.data('c'),
      await epoch.data('d'),
    ];
    await reading.take(a, c, d);
    expect(reading.asked).toEqual([{ epoch: 10, sequence: 1 }]);
    expect([reading.shown, reading.reader.live]).toEqual([['a'], false]);
    await reading.take(...[b, c, d].map((frame) => addressResend(frame, 1)));
    expect([reading.shown, reading.reader.live]).toEqual([['a', 'b', 'c', 'd'], true]);
    await reading.take(await epoch.data('e'));
    expect(reading.shown).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect([reading.asked.length, reading.faults]).toEqual([1, []]);
  });

  it('that opens behind the one being closed is asked about when the resends have ended', async () => {
    const { reading, epoch } = await started();
    const [a, b, c] = [await epoch.data('a'), await epoch.data('b'), await epoch.data('c')];
    const [d, e] = [await epoch.data('d'), await epoch.data('e')];
    await reading.take(b, addressResend(a, 1), addressResend(b, 1));
    expect(reading.asked).toEqual([{ epoch: 10, sequence: 0 }]);
    await reading.take(d);
    expect(reading.asked.slice(1)).toEqual([{ epoch: 10, sequence: 2 }]);
    // The resends of the second gap break off, as the relay loses some of them.
    await reading.take(addressResend(c, 1), e);
    expect(reading.shown).toEqual(['a', 'b', 'c', 'd', 'e']);
    const [, g, , i] = [
      await epoch.data('f'),
      await epoch.data('g'),
      await epoch.data('h'),
      await epoch.data('i'),
    ];
    await reading.take(g, addressResend(g, 1), i);
    expect(reading.asked.slice(2)).toEqual([
      { epoch: 10, sequence: 5 },
      { epoch: 10, sequence: 5 },
    ]);
  });

  it('that is not closed in time needs a snapshot, and one that is does not', async () => {
    const { reading, epoch } = await started();
    const [a, b] = [await epoch.data('a'), await epoch.data('b')];
    await reading.take(b);
    await reading.take(addressResend(a, 1));
    reading.reader.concludeGap();
    expect(reading.asked).toEqual([{ epoch: 10, sequence: 0 }]);
    await epoch.data('lost');
    await reading.take(await epoch.data('d'));
    reading.reader.concludeGap();
    expect(reading.asked.at(-1)).toBe('snapshot');
    expect(reading.reader.reconnect()).toBeUndefined();
  });
});

describe('the end of an epoch', () => {
  it('is where the next begins, and not before all of it is read', async () => {
    const { reading, epoch } = await started();
    const next = new Epoch(11);
    const [a, b] = [await epoch.data('a'), await epoch.data('b')];
    await reading.take(a);
    await reading.reader.addEpoch(await next.received({ epoch: 10, sequence: 2 }));
    expect(reading.asked).toEqual([{ epoch: 10, sequence: 1 }]);
    await reading.take(await next.data('c'));
    expect(reading.shown).toEqual(['a']);
    await reading.take(addressResend(b, 1));
    expect(reading.shown).toEqual(['a', 'b', 'c']);
    expect(reading.reader.position).toEqual({ epoch: 11, sequence: 1 });
    // The key of the epoch before is gone, so that a repetition out of it says nothing.
    await reading.take(a, b);
    expect([reading.shown.length, reading.faults]).toEqual([3, []]);
  });

  it('is passed over epochs without a frame', async () => {
    const { reading, epoch } = await started();
    await reading.take(await epoch.data('a'));
    await reading.reader.addEpoch(await new Epoch(11).received({ epoch: 10, sequence: 1 }));
    const last = new Epoch(12);
    await reading.reader.addEpoch(await last.received({ epoch: 11, sequence: 0 }));
    await reading.take(await last.data('b'));
    expect([reading.shown, reading.asked]).toEqual([['a', 'b'], []]);
  });
});

describe('a stream that is broken', () => {
  it.each([
    ['a body that is none', 'malformed', (epoch: Epoch) => epoch.plain(Uint8Array.of(0xff, 1, 2))],
    [
      'a payload that is not of the stream',
      'inflatesTooFar',
      (epoch: Epoch) => epoch.sealed({ deflated: true, plainLength: 9, bytes: Uint8Array.of(0xff, 0xff) }),
    ],
    [
      'a bomb',
      'inflatesTooFar',
      (epoch: Epoch) => {
        const bytes = new DeflateStream().push(new Uint8Array(1_000_000));
        return epoch.sealed({ deflated: true, plainLength: 10, bytes });
      },
    ],
    [
      'a promise that no memory should keep',
      'inflatesTooFar',
      (epoch: Epoch) => epoch.sealed({ deflated: true, plainLength: 2 ** 31, bytes: Uint8Array.of(1) }),
    ],
    ['events that are no list', 'malformed', async (epoch: Epoch) => epoch.sealed(deflated('{"a":1}'))],
    ['events that are no JSON', 'malformed', async (epoch: Epoch) => epoch.sealed(deflated('[1,'))],
    [
      'a batch that is not deflated',
      'malformed',
      (epoch: Epoch) => epoch.sealed({ deflated: false, plainLength: 3, bytes: utf8('[1]') }),
    ],
  ] as const)('by %s asks for a snapshot and shows nothing more', async (_, fault, make) => {
    const { reading, epoch } = await started();
    await reading.take(await make(epoch), await epoch.data('after'));
    expect([reading.faults, reading.asked, reading.shown]).toEqual([[fault], ['snapshot'], []]);
    const next = new Epoch(20);
    await reading.reader.addEpoch(await next.received());
    await reading.take(await next.data('new'));
    expect(reading.shown).toEqual([]);
    reading.reader.takeSnapshot(20, () => reading.shown.push('snapshot'));
    expect(reading.shown).toEqual(['snapshot', 'new']);
  });

  it('is not broken by a forgery: the true frame still counts', async () => {
    const { reading, epoch } = await started();
    const [a, b] = [await epoch.data('a'), await epoch.data('b')];
    const forged = a.slice();
    forged[30] = (forged[30] ?? 0) ^ 1;
    await reading.take(forged, a, b);
    expect([reading.faults, reading.shown, reading.asked]).toEqual([['notAuthentic'], ['a', 'b'], []]);
  });

  it('by more held frames than there is room for asks for a snapshot', async () => {
    const { reading, epoch } = await started();
    await epoch.data('lost');
    const frame = await epoch.data('a');
    for (let sequence = 1; sequence < 5000; sequence += 1) {
      const held = frame.slice();
      new DataView(held.buffer).setUint32(8, sequence);
      await reading.take(held);
    }
    expect(reading.asked).toEqual([{ epoch: 10, sequence: 0 }, 'snapshot']);
  });
});

function deflated(text: string): { deflated: true; plainLength: number; bytes: Bytes } {
  const plain = utf8(text);
  return { deflated: true, plainLength: plain.byteLength, bytes: new DeflateStream().push(plain) };
}
