/** The socket comes back by itself: by its pass, else by a ticket, ever less often, and not where a person is needed. */

import type { AgentTicketIssued } from '@alongside/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { latest, sockets } from '../../../packages/protocol/test/fake-sockets.js';
import type { Result } from '../app/failure.js';
import { fail, succeed, unreachable } from '../app/failure.js';
import { LiveConnection } from './live-connection.js';

vi.mock('socket.io-client', () => import('../../../packages/protocol/test/fake-sockets.js'));

let tickets = 0;
let issued: Result<AgentTicketIssued> | undefined;

function connection(): LiveConnection {
  return new LiveConnection(async () => {
    tickets += 1;
    const ticket = { liveUrl: 'http://live.test', ticket: `ticket ${tickets}` } as AgentTicketIssued;
    return issued ?? succeed(ticket);
  }, {});
}

async function opened(): Promise<LiveConnection> {
  const live = connection();
  live.start();
  await vi.advanceTimersByTimeAsync(0);
  latest().open({ pass: 'pass 1' });
  return live;
}

beforeEach(() => {
  vi.useFakeTimers();
  // The spread of the pauses is 0.75 to 1.25: in the middle they are as they are written.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  sockets.length = 0;
  tickets = 0;
  issued = undefined;
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the connection', () => {
  it('is opened with a ticket, once', async () => {
    const live = connection();
    live.start();
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(sockets).toHaveLength(1);
    expect([latest().url, latest().auth.ticket]).toEqual(['http://live.test/agent', 'ticket 1']);
    expect(live.state.value.state).toBe('connecting');
    latest().open({ pass: 'pass 1' });
    expect(live.state.value.state).toBe('open');
  });

  it('comes back by the newest pass', async () => {
    const live = await opened();
    latest().tell('session:passed', { pass: 'pass 2' }, () => undefined);
    latest().lose();
    expect(live.state.value.state).toBe('lost');
    await vi.advanceTimersByTimeAsync(300);
    expect(latest().auth).toMatchObject({ pass: 'pass 2' });
    expect(tickets).toBe(1);
  });

  it('asks for a ticket at once when its pass is not known any more', async () => {
    await opened();
    latest().lose();
    await vi.advanceTimersByTimeAsync(300);
    latest().refuse('passUnknown');
    await vi.advanceTimersByTimeAsync(0);
    expect(latest().auth.ticket).toBe('ticket 2');
  });

  it('waits longer after every failure, and begins anew once it was open', async () => {
    const live = await opened();
    latest().lose();
    for (const pause of [300, 1000, 2000, 4000, 8000, 8000]) {
      const before = sockets.length;
      await vi.advanceTimersByTimeAsync(pause - 1);
      expect(sockets).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(sockets).toHaveLength(before + 1);
      latest().tell('connect_error', new Error('no network'));
    }
    expect(live.state.value.state).toBe('lost');
    await vi.advanceTimersByTimeAsync(8000);
    latest().open({ pass: 'pass 9' });
    latest().lose();
    await vi.advanceTimersByTimeAsync(300);
    expect(latest().auth).toMatchObject({ pass: 'pass 9' });
  });

  it('tries on while no ticket can be had', async () => {
    issued = unreachable;
    const live = connection();
    live.start();
    await vi.advanceTimersByTimeAsync(300 + 1000);
    expect([tickets, live.state.value.state]).toEqual([3, 'lost']);
    issued = undefined;
    await vi.advanceTimersByTimeAsync(2000);
    expect(sockets).toHaveLength(1);
  });

  it.each(['clientTooOld', 'notPermitted', 'transferRefused'] as const)(
    'stays closed after %s: a person is needed',
    async (code) => {
      const live = await opened();
      latest().lose();
      await vi.advanceTimersByTimeAsync(300);
      latest().refuse(code);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(live.state.value).toMatchObject({ state: 'refused', failure: { code } });
      expect(sockets).toHaveLength(2);
    },
  );

  it('gives up a ticket that is refused again and again', async () => {
    const live = connection();
    live.start();
    for (let tries = 0; tries < 12; tries += 1) {
      await vi.advanceTimersByTimeAsync(8000);
      if (!latest().closed) latest().refuse('notAdmitted');
    }
    expect(live.state.value).toMatchObject({ state: 'refused', failure: { code: 'notAdmitted' } });
    expect(sockets.length).toBeLessThan(7);
  });

  it.each(['revoked', 'transferLapsed'])('ends for good when it was %s', async (reason) => {
    const live = await opened();
    latest().tell('session:ended', { reason });
    latest().lose();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(live.state.value.state).toBe('refused');
    expect(sockets).toHaveLength(1);
  });

  it('says nothing and tries nothing once it is stopped', async () => {
    const live = await opened();
    live.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([live.state.value.state, sockets.length, latest().closed]).toEqual(['idle', 1, true]);
  });
});

describe('a command', () => {
  it('is answered with what the service says', async () => {
    const live = await opened();
    expect(await live.send('desk:available', { available: true })).toEqual(succeed({}));
    latest().answer = async () => ({ ok: false, refusal: { code: 'tooFast' } });
    expect(await live.send('desk:available', { available: true })).toEqual(fail({ code: 'tooFast' }));
  });

  it.each(['no answer', 'no connection'])('has not been reached by anybody with %s', async (why) => {
    const live = await opened();
    if (why === 'no connection') latest().lose();
    else latest().answer = () => Promise.reject(new Error('timeout'));
    expect(await live.send('desk:available', { available: true })).toEqual(unreachable);
  });
});
