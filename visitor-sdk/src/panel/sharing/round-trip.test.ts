/** A way to another site and back is told to whoever watches, and to the visitor when they are seen again. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TabMemory } from '../session/tab-memory.js';
import { RoundTrip } from './round-trip.js';

let navigation: EventTarget;
let memory: TabMemory;
let told: boolean[];
let backs: number;
let engagement: string | undefined;

function page(): RoundTrip {
  return new RoundTrip({
    memory,
    engagement: () => engagement,
    isOwn: ({ hostname }) => hostname.endsWith('shop.test'),
    tell: (away) => void told.push(away),
    onBack: () => {
      backs += 1;
    },
  });
}
function follow(url: string, downloadRequest: string | null = null): void {
  navigation.dispatchEvent(Object.assign(new Event('navigate'), { destination: { url }, downloadRequest }));
}

beforeEach(() => {
  vi.useFakeTimers();
  navigation = new EventTarget();
  vi.stubGlobal('navigation', navigation);
  memory = new TabMemory(undefined, 'site_0123456789');
  told = [];
  backs = 0;
  engagement = 'e';
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a way to another site', () => {
  it('is told before the page is left, and the visitor is told when they are seen again', () => {
    const before = page();
    follow('https://pay.test/card?of=mira');
    expect(told).toEqual([true]);
    before.close();
    const after = page();
    expect([after.wasAway('e'), after.wasAway('f')]).toEqual([true, false]);
    after.seen('f');
    expect(after.back.isSaid.value).toBe(false);
    after.seen('e');
    expect([after.back.isSaid.value, backs, after.wasAway('e')]).toEqual([true, 1, false]);
    vi.advanceTimersByTime(10_000);
    expect(after.back.isSaid.value).toBe(false);
    after.seen('e');
    expect(backs).toBe(1);
    after.close();
  });

  it('is the same for a page that was put away and is shown again', () => {
    const trip = page();
    follow('https://pay.test/');
    // Seen while it is on its way: it has not been away yet.
    trip.seen('e');
    expect(backs).toBe(0);
    trip.wake();
    trip.seen('e');
    expect(backs).toBe(1);
    trip.close();
  });

  it('is none when the page stays, or goes on within the site', () => {
    const trip = page();
    follow('https://pay.test/');
    vi.advanceTimersByTime(30_000);
    expect([told, trip.wasAway('e')]).toEqual([[true, false], false]);
    follow('https://pay.test/');
    follow('https://www.shop.test/cart');
    expect([told, trip.wasAway('e')]).toEqual([[true, false, true, false], false]);
    trip.close();
  });

  it.each([
    ['a page of the site', 'https://pay.shop.test/', null],
    ['a mail', 'mailto:mira@pay.test', null],
    ['a download', 'https://pay.test/terms.pdf', ''],
    ['no address', '::', null],
  ])('is not %s', (_, url, download) => {
    const trip = page();
    follow(url, download);
    expect([told, memory.get('trip')]).toEqual([[], undefined]);
    trip.close();
  });

  it('is nobody’s concern while the page may not be seen, or the browser does not tell', () => {
    engagement = undefined;
    const trip = page();
    follow('https://pay.test/');
    trip.close();
    vi.stubGlobal('navigation', undefined);
    page().close();
    expect(told).toEqual([]);
  });
});
