/** Deflating and inflating: every frame at once, and no more than was said. */

import { constants, inflateRawSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { randomEvents, seededRandom } from '../test/random-events.js';
import { turn } from '../test/until.js';
import { concatBytes, utf8 } from './bytes.js';
import { DeflateStream, deflateWhole, FLUSH_END } from './deflate.js';
import { InflateStream, inflateWhole } from './inflate.js';

// What goes over many frames takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('a stream', () => {
  it('gives each batch back at once, over hundreds of random batches', () => {
    const random = seededRandom(42);
    const deflate = new DeflateStream();
    const inflate = new InflateStream();
    for (let batch = 0; batch < 400; batch += 1) {
      const plain = utf8(JSON.stringify(randomEvents(random)));
      const inflated = inflate.pull(deflate.push(plain), plain.byteLength);
      expect(inflated !== undefined && Buffer.compare(inflated, plain)).toBe(0);
    }
  });

  it('is far smaller than what went in, and refuses what does not belong to it', () => {
    const deflate = new DeflateStream();
    const plain = utf8(JSON.stringify(Array.from({ length: 50 }, (_, id) => ({ type: 3, data: { id } }))));
    const payload = deflate.push(plain);
    expect(payload.byteLength).toBeLessThan(plain.byteLength / 5);
    expect(new InflateStream().pull(deflate.push(plain), plain.byteLength)).toBeUndefined();
    expect(new InflateStream().pull(Uint8Array.of(0xff, 0xff, 0xff), 10)).toBeUndefined();
  });

  it('is what others inflate, whatever goes in: noise, runs, rare letters, and what was said a window ago', () => {
    const random = seededRandom(7);
    const below = (limit: number): number => Math.floor(random() * limit);
    // Numbers of Fibonacci make the longest codes there are: longer ones than deflate allows.
    const rare = Array.from({ length: 22 }, (_, letter) =>
      Array<number>(fibonacci(letter)).fill(letter),
    ).flat();
    const letters = [() => below(256), () => below(3), () => 97, () => rare[below(rare.length)] ?? 0];
    for (const letter of letters) {
      const deflate = new DeflateStream();
      const plains: Uint8Array[] = [];
      const payloads: Uint8Array[] = [];
      for (const length of [0, 1, 2, 3, 40, 70_000, 32_768, 500, 32_767, 1000]) {
        const plain = Uint8Array.from({ length }, letter);
        const again = plains[below(plains.length)] ?? plain;
        plain.set(again.subarray(0, length >> 1));
        plains.push(plain);
        payloads.push(deflate.push(plain), FLUSH_END);
      }
      const inflated = inflateRawSync(concatBytes(...payloads), { finishFlush: constants.Z_SYNC_FLUSH });
      expect(Buffer.compare(inflated, concatBytes(...plains))).toBe(0);
    }
  });

  it('that ends itself is refused', async () => {
    const plain = utf8('[1]');
    expect(new InflateStream().pull(await deflateWhole(plain), plain.byteLength)).toBeUndefined();
  });
});

describe('a bomb', () => {
  it('is refused as soon as it passes what it said, in a stream and alone', async () => {
    const plain = new Uint8Array(16 * 1024 * 1024);
    const whole = await deflateWhole(plain);
    expect(whole.byteLength).toBeLessThan(20_000);
    const startedAt = performance.now();
    for (const said of [0, 1, 1000, 100_000]) {
      expect(inflateWhole(whole, said)).toBeUndefined();
      expect(
        new InflateStream().pull(new DeflateStream().push(plain.subarray(0, 200_000)), said),
      ).toBeUndefined();
    }
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(inflateWhole(whole, plain.byteLength)?.byteLength).toBe(plain.byteLength);
    expect(inflateWhole(whole, plain.byteLength + 1)).toBeUndefined();
  });
});

describe('a snapshot', () => {
  it('comes back the same in one piece and in slices, and lets others have their turn between slices', async () => {
    const random = seededRandom(9);
    for (const length of [0, 1, 65_535, 65_536, 65_537, 131_072, 400_000]) {
      const noise = utf8(JSON.stringify(randomEvents(random))).subarray(0, length);
      const plain = concatBytes(noise, new Uint8Array(length - noise.byteLength));
      let pauses = 0;
      const sliced = await deflateWhole(plain, () => {
        pauses += 1;
        return turn();
      });
      expect(pauses).toBe(Math.max(0, Math.ceil(length / 65_536) - 1));
      for (const deflated of [sliced, await deflateWhole(plain)]) {
        const inflated = inflateWhole(deflated, length);
        expect(inflated !== undefined && Buffer.compare(inflated, plain)).toBe(0);
      }
    }
  });
});

function fibonacci(place: number): number {
  return Math.round(((1 + Math.sqrt(5)) / 2) ** (place + 1) / Math.sqrt(5));
}
