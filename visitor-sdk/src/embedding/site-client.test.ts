/** What the service says to a page that leaves a conversation for good. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ReturnEntry } from '../return/return-store.js';

const entry = { engagementId: 'one', secret: 'two' } as unknown as ReturnEntry;
const answer = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('fetch', answer);
});
afterEach(() => vi.unstubAllGlobals());

async function leave(): Promise<boolean> {
  // The page's own `fetch` is taken once, when the file is loaded.
  const { leaveForGood } = await import('./site-client.js');
  return leaveForGood({ service: 'https://service.test', site: 'site' }, entry);
}

it.each([200, 401, 404])('is done with by %s: it is known no more', async (status) => {
  answer.mockResolvedValue(new Response(null, { status }));
  expect(await leave()).toBe(true);
});

it.each([429, 500, 503])('is to be said again after %s', async (status) => {
  answer.mockResolvedValue(new Response(null, { status }));
  expect(await leave()).toBe(false);
});

it('is to be said again when nobody could be reached', async () => {
  answer.mockRejectedValue(new TypeError('offline'));
  expect(await leave()).toBe(false);
});
