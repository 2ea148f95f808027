/** What the desk makes of facts: whose engagements are open, who waits, and what is said of it. */

import type { AgentId, DeskView, EngagementId, EngagementView } from '@alongside/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { latest, sockets } from '../../../packages/protocol/test/fake-sockets.js';
import type { Failure } from '../app/failure.js';
import { succeed } from '../app/failure.js';
import type { Api } from '../session/api.js';
import { Desk, isBeingAsked } from './desk.js';

vi.mock('socket.io-client', () => import('../../../packages/protocol/test/fake-sockets.js'));

const me = 'aki' as AgentId;
const off = { state: 'off' } as const;
const api = {
  post: async () => succeed({ liveUrl: 'http://live.test', ticket: 'ticket' }),
  get: async () => succeed({ lines: [] }),
} as unknown as Api;

const engagement = (id: string, more: object = {}): EngagementView =>
  ({
    engagementId: id,
    phase: 'active',
    version: 1,
    agent: { agentId: me, displayName: 'Aki', connected: true },
    agents: [{ agentId: me, displayName: 'Aki', connected: true, role: 'lead' }],
    visitor: { connected: true },
    view: off,
    control: { leases: [] },
    call: off,
    lastChatNumber: 0,
    ...more,
  }) as unknown as EngagementView;
const deskOf = (...ids: string[]): DeskView =>
  ({
    queue: ids.map((engagementId) => ({ engagementId, siteName: 'Shop', topic: `About ${engagementId}` })),
    agents: [],
  }) as unknown as DeskView;
const openedWith = (more: object = {}) => ({
  pass: 'pass',
  now: Date.now(),
  available: false,
  desk: deskOf(),
  engagements: [],
  calls: { state: 'ready' },
  storage: 'up',
  ...more,
});

let desk: Desk;

async function open(more: object = {}): Promise<void> {
  desk.start();
  await vi.advanceTimersByTimeAsync(0);
  latest().open(openedWith(more));
}
const rooms = (): readonly string[] => [...desk.rooms.value.keys()];

beforeEach(() => {
  vi.useFakeTimers();
  sockets.length = 0;
  desk = new Desk(api, me);
});
afterEach(() => {
  desk.close();
  vi.useRealTimers();
});

describe('the desk', () => {
  it('is filled once it was heard of', async () => {
    expect(desk.filled.value).toBe(false);
    await open({ engagements: [engagement('one')], desk: deskOf('two'), available: true });
    expect([desk.filled.value, desk.available.value, rooms()]).toEqual([true, true, ['one']]);
    // What waited already is no news.
    expect(desk.notice.value).toBeUndefined();
  });

  it('tells once of each who begins to wait', async () => {
    await open();
    latest().tell('desk:changed', { desk: deskOf('one') });
    expect(desk.notice.value).toEqual({ kind: 'waiting', siteName: 'Shop', topic: 'About one' });
    desk.dismissNotice();
    latest().tell('desk:changed', { desk: deskOf('one') });
    expect(desk.notice.value).toBeUndefined();
  });

  it.each([
    ['its own', engagement('one'), ['one']],
    ['a colleague’s', engagement('one', { agents: [{ agentId: 'noor' }] }), []],
    ['one that nobody has', engagement('one', { phase: 'waiting', agents: [] }), []],
    ['a closed one', engagement('one', { phase: 'closed' }), []],
  ])('opens a room for %s or not', async (_, view, open_) => {
    await open();
    latest().tell('engagement:changed', { engagement: view, because: 'engagement:accepted' });
    expect(rooms()).toEqual(open_);
  });

  it('drops an older view that overtook a newer one', async () => {
    await open({ engagements: [engagement('one', { version: 5, lastChatNumber: 0 })] });
    const older = engagement('one', { version: 4, phase: 'wrapUp' });
    latest().tell('engagement:changed', { engagement: older, because: 'engagement:ended' });
    expect(desk.room('one')?.view.value.phase).toBe('active');
  });

  it('forgets what the service has no more after a reconnection', async () => {
    await open({ engagements: [engagement('one'), engagement('two')] });
    latest().tell('session:opened', openedWith({ engagements: [engagement('two')] }), () => undefined);
    expect(rooms()).toEqual(['two']);
  });

  it.each([
    ['taken', true],
    ['revoked', false],
  ])('says when an engagement was %s', async (reason, taken) => {
    await open({ engagements: [engagement('one')] });
    latest().tell('engagement:removed', { engagementId: 'one', reason });
    expect([rooms(), desk.notice.value]).toEqual([[], { kind: 'removed', id: 'one', taken }]);
  });

  it('is available again on a node that has forgotten it', async () => {
    await open();
    await desk.setAvailable(true);
    latest().tell('session:opened', openedWith({ available: false }), () => undefined);
    await vi.advanceTimersByTimeAsync(0);
    expect(latest().sent.at(-1)).toEqual({ name: 'desk:available', body: { available: true } });
    expect(desk.available.value).toBe(true);
  });

  it('sends what waits as soon as records can be written again', async () => {
    await open({ engagements: [engagement('one')], storage: 'down' });
    latest().answer = async () => ({ ok: false, refusal: { code: 'storageUnavailable' } });
    desk.room('one')?.chat.say('Hello');
    await vi.advanceTimersByTimeAsync(0);
    latest().answer = async () => ({ ok: true, value: { number: 1, at: 1 } });
    latest().tell('session:statusChanged', { calls: { state: 'ready' }, storage: 'up' });
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.room('one')?.chat.log.value).toMatchObject({ pending: [], lines: [{ text: 'Hello' }] });
  });

  it('comes in once the visitor has explicitly agreed, and says so when they have not', async () => {
    await open();
    const asked = { ok: false, refusal: { code: 'consentMissing', detail: 'transfer' } };
    const id = 'one' as EngagementId;
    const answered = (granted: boolean) => latest().tell('transfer:answered', { engagementId: id, granted });
    latest().answer = async () => asked;
    expect(await desk.join(id, 'agent')).toMatchObject({ ok: false, failure: asked.refusal });
    expect([desk.asking.value, isBeingAsked(asked.refusal as Failure)]).toEqual(['asked', true]);
    answered(false);
    expect([desk.asking.value, desk.notice.value]).toEqual([
      'refused',
      { kind: 'answered', id, how: 'refused' },
    ]);
    await desk.join(id, 'agent');
    latest().answer = async () => ({ ok: true, value: engagement('one') });
    answered(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(latest().sent.at(-1)).toEqual({
      name: 'engagement:join',
      body: { engagementId: id, as: 'agent' },
    });
    expect([rooms(), desk.asking.value]).toEqual([['one'], undefined]);
    expect(desk.notice.value).toEqual({ kind: 'answered', id, how: 'in' });
    // The yes stands, whatever else keeps them out for a moment.
    latest().answer = async () => asked;
    await desk.join(id, 'agent');
    latest().answer = async () => ({ ok: false, refusal: { code: 'storageUnavailable' } });
    answered(true);
    await vi.advanceTimersByTimeAsync(0);
    expect([desk.asking.value, desk.notice.value]).toEqual([
      'agreed',
      { kind: 'answered', id, how: 'agreed' },
    ]);
    // Another window of the same person asked.
    desk.dismissNotice();
    answered(true);
    expect(desk.notice.value).toBeUndefined();
  });
});
