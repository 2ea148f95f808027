/** What the page is drawn from is asked for before the code that fetches it is there. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MovingPart } from '../moving/moving-part.js';
import { LaterAssets } from './later-assets.js';
import type { PageAsset } from './page-assets.js';

const HASH = 'a'.repeat(43);
const FETCHED: PageAsset = { hash: HASH, contentType: 'image/png', bytes: Uint8Array.of(1) };

let log: string[];
let came: (part: MovingPart) => void;
let failed: (error: Error) => void;
let loads: number;
let later: LaterAssets;

const part = {
  startAssets: () => ({
    reference: (address: string) => {
      log.push(`fetches ${address}`);
      return address.startsWith('https:') ? 'pending' : undefined;
    },
    want: () => [FETCHED],
    put: async () => HASH,
    drop: (hash: string) => log.push(`dropped ${hash}`),
    readSheet: (id: number, address: string) => log.push(`read ${id} ${address}`),
    close: () => log.push('closed'),
  }),
} as unknown as MovingPart;

function make(load: (() => Promise<MovingPart>) | undefined): LaterAssets {
  return new LaterAssets(load, {
    fetch: async () => new Response(),
    digest: async () => new ArrayBuffer(0),
    origin: 'https://shop.example',
    now: () => 0,
    onSettled: (address) => log.push(`settled ${address}`),
    onIdle: () => log.push('idle'),
    onRead: () => undefined,
  });
}

beforeEach(() => {
  log = [];
  loads = 0;
  later = make(() => {
    loads += 1;
    return new Promise((resolve, reject) => {
      came = resolve;
      failed = reject;
    });
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const turns = () => new Promise((resolve) => setTimeout(resolve));

describe('LaterAssets', () => {
  it('loads with the first that is asked for, once, and hands on what waited', async () => {
    expect(loads).toBe(0);
    expect(later.reference('https://shop.example/a.png', 'image')).toBe('pending');
    expect(later.reference('ftp://shop.example/b.png', 'image')).toBe('pending');
    later.readSheet(7, 'https://cdn.example/c.css');
    expect(later.want([HASH])).toEqual([
      { hash: HASH, contentType: 'application/octet-stream', bytes: undefined },
    ]);
    expect(loads).toBe(1);
    came(part);
    await turns();
    expect(log, 'what is fetched now settles by itself').toEqual([
      'read 7 https://cdn.example/c.css',
      'fetches https://shop.example/a.png',
      'fetches ftp://shop.example/b.png',
      'settled ftp://shop.example/b.png',
    ]);
    expect(later.want([HASH])).toEqual([FETCHED]);
    expect(later.reference('ftp://shop.example/d.png', 'image')).toBeUndefined();
    expect(loads).toBe(1);
  });

  it('tells sheets to be shown again when nothing of what waited is fetched', async () => {
    later.reference('ftp://shop.example/b.png', 'image');
    came(part);
    await turns();
    expect(log).toEqual(['fetches ftp://shop.example/b.png', 'settled ftp://shop.example/b.png', 'idle']);
  });

  it('tries again by itself when it did not load, less and less often, and hands on all that waited', async () => {
    vi.useFakeTimers();
    later.reference('https://shop.example/a.png', 'image');
    for (const [tried, afterMs] of [1000, 4000, 16_000, 60_000, 60_000].entries()) {
      failed(new Error('blocked'));
      await vi.advanceTimersByTimeAsync(afterMs - 1);
      later.reference('https://shop.example/b.png', 'image');
      await later.put({ bytes: Uint8Array.of(1), contentType: 'image/png' });
      expect(loads, 'none in between').toBe(tried + 1);
      await vi.advanceTimersByTimeAsync(1);
      expect(loads).toBe(tried + 2);
    }
    expect(log).toEqual([]);
    came(part);
    await vi.advanceTimersByTimeAsync(0);
    expect(log).toEqual(['fetches https://shop.example/a.png', 'fetches https://shop.example/b.png']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['rest', 'close'] as const)(
    'fetches nothing of what waited for nobody, and tries no more (%s)',
    async (end) => {
      vi.useFakeTimers();
      later.reference('https://shop.example/a.png', 'image');
      later.readSheet(7, 'https://cdn.example/c.css');
      failed(new Error('blocked'));
      await vi.advanceTimersByTimeAsync(0);
      expect(vi.getTimerCount()).toBe(1);
      later[end]();
      expect(vi.getTimerCount()).toBe(0);
      later.reference('https://shop.example/b.png', 'image');
      expect(loads).toBe(end === 'rest' ? 2 : 1);
      later[end]();
      came(part);
      await vi.advanceTimersByTimeAsync(0);
      expect(log.filter((line) => line !== 'idle')).toEqual([]);
    },
  );

  it('waits between two tries for a picture that was made here as well, and tries for none that is not there', async () => {
    vi.useFakeTimers();
    const put = () => later.put({ bytes: Uint8Array.of(1), contentType: 'image/png' });
    const lost = put();
    failed(new Error('blocked'));
    expect(await lost).toBeUndefined();
    expect(await put()).toBeUndefined();
    expect(loads).toBe(1);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(loads).toBe(1);
    void put();
    expect(loads).toBe(2);
  });

  it('keeps no more sheets in mind than a page has', async () => {
    for (let id = 0; id < 600; id += 1) later.readSheet(id, 'https://cdn.example/c.css');
    came(part);
    await turns();
    expect(log.filter((line) => line.startsWith('read'))).toHaveLength(500);
  });

  it('keeps a picture that was made here', async () => {
    const kept = later.put({ bytes: Uint8Array.of(1), contentType: 'image/png' });
    came(part);
    expect(await kept).toBe(HASH);
    later.drop(HASH);
    expect(log).toContain(`dropped ${HASH}`);
  });

  it('begins nothing once it is closed', async () => {
    later.reference('https://shop.example/a.png', 'image');
    later.close();
    came(part);
    await turns();
    expect(later.reference('https://shop.example/b.png', 'image')).toBeUndefined();
    later.readSheet(7, 'https://cdn.example/c.css');
    expect(await later.put({ bytes: Uint8Array.of(1), contentType: 'image/png' })).toBeUndefined();
    expect(loads).toBe(1);
    expect(log).toEqual([]);
    expect(later.want([HASH])[0]?.bytes).toBeUndefined();
  });

  it('leaves everything covered where there is nothing to load', () => {
    const never = make(undefined);
    expect(never.reference('https://shop.example/a.png', 'image')).toBeUndefined();
  });
});
