/** What the page is drawn from is asked for before the code that fetches it is there. */

import { beforeEach, describe, expect, it } from 'vitest';
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
    reference: (address: string) => (address.startsWith('https:') ? 'pending' : undefined),
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
    expect(log).toEqual(['settled ftp://shop.example/b.png', 'idle']);
  });

  it('tries again with the next when it did not load', async () => {
    later.reference('https://shop.example/a.png', 'image');
    failed(new Error('blocked'));
    await turns();
    expect(log).toEqual([]);
    later.reference('https://shop.example/b.png', 'image');
    expect(loads).toBe(2);
    came(part);
    await turns();
    expect(later.want([HASH])).toEqual([FETCHED]);
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
    expect(log).toEqual([]);
    expect(later.want([HASH])[0]?.bytes).toBeUndefined();
  });

  it('leaves everything covered where there is nothing to load', () => {
    const never = make(undefined);
    expect(never.reference('https://shop.example/a.png', 'image')).toBeUndefined();
  });
});
