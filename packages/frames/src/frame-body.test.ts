/** Bodies: parts, padding, and everything that is no body. */

import { describe, expect, it } from 'vitest';
import { randomEvents, seededRandom } from '../test/random-events.js';
import { concatBytes, equalBytes, randomBytes, utf8 } from './bytes.js';
import { DeflateStream } from './deflate.js';
import { paddedLength, readBody, writeBodies } from './frame-body.js';
import { PartAssembler } from './part-assembler.js';

const limits = { payloadBytes: 1_000_000, plainBytes: 1_000_000 };

describe('bodies', () => {
  it.each([0, 1, 30, 31, 32, 33, 250, 1000, 65_000, 65_500, 65_536, 200_000])(
    'of %i bytes are put together again',
    (length) => {
      const bytes = randomBytes(Math.min(length, 65_536));
      const payload = {
        deflated: true,
        plainLength: 12_345,
        bytes: concatBytes(bytes, new Uint8Array(length - bytes.byteLength)),
      };
      const bodies = writeBodies(payload, 64 * 1024, 12);
      const assembler = new PartAssembler(limits);
      const wholes = bodies.map((body) => {
        expect(body.byteLength).toBeLessThanOrEqual(64 * 1024 - 28);
        const read = readBody(body);
        return read && assembler.add(read);
      });
      expect(wholes.slice(0, -1).every((whole) => whole?.ok && whole.value === undefined)).toBe(true);
      const whole = wholes.at(-1);
      if (!whole?.ok || whole.value === undefined) throw new Error('The last part completes the whole.');
      const { bytes: read, ...rest } = whole.value;
      expect(rest).toEqual({ deflated: true, plainLength: 12_345 });
      expect(equalBytes(read, payload.bytes)).toBe(true);
    },
  );

  it('that are malformed are refused', () => {
    for (const bytes of [
      [],
      [0],
      [4, 0, 0],
      [0xff, 0, 0],
      [0, 5, 9, 1],
      [1, 2, 2, 0, 0],
      [1, 0, 0, 0, 0],
      [0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1],
    ]) {
      expect(readBody(Uint8Array.from(bytes))).toBeUndefined();
    }
    const random = seededRandom(7);
    for (let round = 0; round < 20_000; round += 1) {
      const bytes = Uint8Array.from({ length: Math.floor(random() * 24) }, () => Math.floor(random() * 256));
      const body = readBody(bytes);
      if (body !== undefined) expect(body.payload.byteLength).toBeLessThanOrEqual(bytes.byteLength);
    }
  });

  it('put together in another order, or with other lengths, are refused', () => {
    const payload = { deflated: true, plainLength: 9, bytes: randomBytes(10_000) };
    const parts = writeBodies(payload, 4096, 12).map((bytes) => readBody(bytes));
    const [first, second, third] = parts;
    if (first === undefined || second === undefined || third === undefined) throw new Error('too few parts');
    const malformed = { ok: false, fault: 'malformed' };
    expect(new PartAssembler(limits).add(second)).toEqual(malformed);
    const assembler = new PartAssembler(limits);
    assembler.add(first);
    expect(assembler.add(third)).toEqual(malformed);
    assembler.add(first);
    expect(assembler.add({ ...second, plainLength: 10 })).toEqual(malformed);
    expect(new PartAssembler({ ...limits, plainBytes: 8 }).add(first)).toEqual({
      ok: false,
      fault: 'inflatesTooFar',
    });
    expect(new PartAssembler({ ...limits, payloadBytes: 100 }).add(first)).toEqual({
      ok: false,
      fault: 'tooLarge',
    });
  });
});

describe('padding', () => {
  it('adds less than 32 bytes to small bodies and a sixteenth to large ones', () => {
    const wrong: number[] = [];
    for (let length = 1; length <= 20_000; length += 1) {
      const added = paddedLength(length) - length;
      const fits = added >= 0 && added < Math.max(32, length / 16 + 1);
      if (!fits || paddedLength(length + added) !== length + added) wrong.push(length);
    }
    expect(wrong).toEqual([]);
    expect([1, 32, 33, 256, 257, 1000].map(paddedLength)).toEqual([32, 32, 64, 256, 288, 1024]);
    expect([5_000, 65_000, 98_470].map(paddedLength)).toEqual([5_120, 65_536, 100_352]);
  });

  it('lets runs of one character have one length, however long they are', () => {
    const lengths = new Set<number>();
    for (let characters = 3; characters <= 200; characters += 1) {
      lengths.add(sealedLength(textEvent('•'.repeat(characters))));
    }
    expect(lengths.size).toBe(1);
  });

  it('leaves of 200 lengths of shown text only a few to tell apart', () => {
    const random = seededRandom(3);
    const lengths = new Set<number>();
    for (let characters = 1; characters <= 200; characters += 1) {
      const text = Array.from({ length: characters }, () => 'etaoin shrdlu'[Math.floor(random() * 13)]).join(
        '',
      );
      lengths.add(sealedLength(textEvent(text)));
    }
    expect(lengths.size).toBeLessThanOrEqual(5);
  });
});

function textEvent(value: string): unknown {
  return { type: 3, data: { source: 0, texts: [{ id: 12, value }] } };
}

/** The length of a frame in the middle of a stream that has seen such events. */
function sealedLength(event: unknown): number {
  const deflate = new DeflateStream();
  const random = seededRandom(1);
  for (let frame = 0; frame < 5; frame += 1) deflate.push(utf8(JSON.stringify(randomEvents(random))));
  const plain = utf8(JSON.stringify([event]));
  const bytes = deflate.push(plain);
  const [body] = writeBodies({ deflated: true, plainLength: plain.byteLength, bytes }, 64 * 1024, 12);
  return body?.byteLength ?? 0;
}
