import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { AssetStore, assetLimits } from './asset-store.js';

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);
const woff2 = Uint8Array.of(0x77, 0x4f, 0x46, 0x32, 0, 0);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url');

interface Asked {
  readonly address: string;
  readonly init: RequestInit;
}

describe('AssetStore', () => {
  let asked: Asked[];
  let answers: Map<string, Uint8Array<ArrayBuffer> | number>;
  let settled: string[];
  let idle: (() => void) | undefined;
  let now: number;
  let store: AssetStore;

  beforeEach(() => {
    asked = [];
    answers = new Map();
    settled = [];
    idle = undefined;
    now = 0;
    store = new AssetStore({
      fetch: async (address, init) => {
        asked.push({ address, init });
        const answer = answers.get(address) ?? 404;
        return typeof answer === 'number' ? new Response(null, { status: answer }) : new Response(answer);
      },
      digest: async (bytes) => {
        const digest = createHash('sha256').update(bytes).digest();
        return new Uint8Array(digest).buffer;
      },
      origin: 'https://shop.example',
      now: () => now,
      onSettled: (address) => settled.push(address),
      onIdle: () => idle?.(),
    });
  });

  const untilIdle = () =>
    new Promise<void>((resolve) => {
      idle = resolve;
    });

  async function load(
    address: string,
    bytes: Uint8Array<ArrayBuffer> | number,
    kind: 'image' | 'font' = 'image',
  ) {
    answers.set(address, bytes);
    const done = untilIdle();
    expect(store.reference(address, kind)).toBe('pending');
    await done;
    return store.reference(address, kind);
  }

  it('names an image by the hash of its bytes and gives it out by that', async () => {
    const reference = await load('https://shop.example/a.png', png);
    expect(reference).toBe(`alongside-asset:${hashOf(png)}`);
    expect(settled).toEqual(['https://shop.example/a.png']);
    expect(store.want([hashOf(png)])).toEqual([{ hash: hashOf(png), contentType: 'image/png', bytes: png }]);
  });
  it('sends the visitor’s cookies to their own site only', async () => {
    await load('https://shop.example/a.png', png);
    await load('https://cdn.example/a.png', png);
    expect(asked.map(({ init }) => [init.credentials, init.mode, init.cache])).toEqual([
      ['same-origin', 'cors', 'force-cache'],
      ['omit', 'cors', 'force-cache'],
    ]);
  });
  it('takes images for images and fonts for fonts', async () => {
    expect(await load('https://shop.example/f.woff2', woff2, 'font')).toBe(
      `alongside-asset:${hashOf(woff2)}`,
    );
    expect(await load('https://shop.example/g.woff2', woff2, 'image')).toBeUndefined();
    expect(store.reference('https://shop.example/f.woff2', 'image')).toBeUndefined();
  });
  it.each([
    ['a page', new TextEncoder().encode('<!doctype html><p>x')],
    ['a script', new TextEncoder().encode('alert(1)')],
    ['too much', new Uint8Array(assetLimits.bytesEach + 1).fill(0x42)],
    ['an error', 500],
  ])('does not take %s', async (_name, answer) => {
    expect(await load('https://shop.example/x', answer)).toBeUndefined();
    expect(store.want(['x'])).toEqual([
      { hash: 'x', contentType: 'application/octet-stream', bytes: undefined },
    ]);
  });
  it('asks for nothing but addresses of the web and of the page itself', () => {
    for (const address of ['', 'javascript:alert(1)', 'file:///etc/passwd', 'ftp://x/y', 'not an address']) {
      expect(store.reference(address, 'image')).toBeUndefined();
    }
    expect(asked).toEqual([]);
  });
  it('stops at a rate, and goes on later', () => {
    const at = (index: number) => `https://shop.example/${index}.png`;
    const count = (from: number) =>
      Array.from({ length: 100 }, (_, index) => store.reference(at(from + index), 'image')).filter(
        (reference) => reference === 'pending',
      ).length;
    expect(count(0)).toBe(assetLimits.per10s);
    now = 10_001;
    expect(count(1000)).toBe(assetLimits.per10s);
  });
  it('keeps no more than its share of memory', async () => {
    const big = (mark: number) => {
      const bytes = new Uint8Array(assetLimits.bytesEach);
      bytes.set(png);
      bytes[20] = mark;
      return bytes;
    };
    const fitting = assetLimits.bytesInAll / assetLimits.bytesEach;
    for (let index = 0; index < fitting; index += 1) {
      expect(await load(`https://shop.example/${index}`, big(index))).toBeDefined();
    }
    expect(await load('https://shop.example/more', big(200))).toBeUndefined();
  });
  it('gives out what was made here until it is dropped, and then has its room again', async () => {
    const made = { bytes: new Uint8Array(assetLimits.bytesEach).fill(7), contentType: 'image/webp' };
    for (let round = 0; round < 40; round += 1) {
      made.bytes[0] = round;
      const hash = (await store.put({ ...made, bytes: made.bytes.slice() })) ?? '';
      expect(store.want([hash])[0]?.contentType).toBe('image/webp');
      store.drop(hash);
      expect(store.want([hash])[0]?.bytes).toBeUndefined();
    }
    expect(await store.put({ ...made, bytes: new Uint8Array(assetLimits.bytesEach + 1) })).toBeUndefined();
  });
  it.each([
    ['font/ttf', [0, 1, 0, 0]],
    ['font/otf', [0x4f, 0x54, 0x54, 0x4f]],
    ['font/woff', [0x77, 0x4f, 0x46, 0x46]],
  ])('knows %s by its first bytes', async (contentType, start) => {
    const bytes = Uint8Array.from([...start, 1, 2, 3]);
    expect(await load('https://shop.example/f', bytes, 'font')).toBeDefined();
    expect(store.want([hashOf(bytes)])[0]?.contentType).toBe(contentType);
  });
  it('keeps nothing when it is closed, and tells nobody', async () => {
    answers.set('https://shop.example/a.png', png);
    store.reference('https://shop.example/a.png', 'image');
    store.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toEqual([]);
    expect(store.want([hashOf(png)])[0]?.bytes).toBeUndefined();
  });
});
