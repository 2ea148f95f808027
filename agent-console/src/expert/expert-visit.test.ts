/** An expert's visit over a bad line: the link is asked again until they are in, and leaving is said until it is heard. */

import type { EngagementId, ExpertView } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { latest, sockets } from '../../../packages/protocol/test/fake-sockets.js';
import { ExpertVisit } from './expert-visit.js';

vi.mock('socket.io-client', () => import('../../../packages/protocol/test/fake-sockets.js'));
/** No browser, and so no media: the visit is what is looked at. */
vi.mock('../engagement/call/call-media.js', () => ({
  CallMediaSession: class {
    join = () => new Promise(() => undefined);
    close = () => undefined;
  },
}));

const engagementId = 'a2f4a1a0-0000-4000-8000-000000000000' as EngagementId;
const expert: ExpertView = {
  engagementId,
  siteName: 'Shop',
  callId: 'c',
  since: 0,
  noticed: false,
  people: [],
};
let joins = 0;
let answer: object = {};
let kept: unknown;

async function joined(): Promise<ExpertVisit> {
  const visit = new ExpertVisit({ engagementId, secret: 'secret' });
  visit.join();
  await vi.advanceTimersByTimeAsync(0);
  return visit;
}

function open(): void {
  const opened = { pass: 'pass', now: 0, expert, calls: { state: 'building' }, storage: 'up' };
  latest().open(opened);
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets.length = 0;
  joins = 0;
  kept = null;
  answer = { ticket: 'ticket', liveUrl: 'http://live.test' };
  vi.stubGlobal('history', {
    get state() {
      return kept;
    },
    replaceState: (state: unknown) => {
      kept = state;
    },
  });
  vi.stubGlobal('fetch', async () => {
    joins += 1;
    return Response.json(answer, { status: 'refusal' in answer ? 410 : 200 });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('asks again with the link where the connection did not come, and is in when it does', async () => {
  const visit = await joined();
  latest().lose();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([joins, sockets.length]).toEqual([2, 2]);
  expect(visit.state.value.stage).toBe('joining');
  open();
  expect(visit.state.value).toMatchObject({ stage: 'in', connected: true });
});

it('says that the connection was lost where the link let them in and nothing is left to come back by', async () => {
  const visit = await joined();
  latest().lose();
  answer = { refusal: { code: 'expired', detail: 'used' } };
  await vi.advanceTimersByTimeAsync(1_000);
  expect(visit.state.value).toEqual({ stage: 'over', why: 'lost' });
  // The page that is loaded anew says so too.
  expect(kept).toEqual({ over: 'lost' });
});

it('leaves once the line is back, where it was away', async () => {
  const visit = await joined();
  open();
  latest().lose();
  await visit.leave();
  expect(visit.state.value.stage).toBe('in');
  await vi.advanceTimersByTimeAsync(1_000);
  open();
  await vi.advanceTimersByTimeAsync(0);
  expect(latest().sent.map(({ name }) => name)).toContain('call:leave');
});
