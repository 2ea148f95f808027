/** The visitor's socket comes back by itself: by its pass, else by a ticket, ever less often, until it is over. */

import type { VisitorFacts } from '@alongside/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { latest, sockets } from '../../../../packages/protocol/test/fake-sockets.js';
import type { Admission } from './signal-connection.js';
import { SignalConnection } from './signal-connection.js';

vi.mock('./signal-socket.js', () => import('../../../../packages/protocol/test/fake-sockets.js'));

class Page extends EventTarget {
  readonly visibilityState = 'visible';
}

let page: Page;
const states: string[] = [];
const told: string[] = [];
let tickets = 0;
let admission: 'over' | undefined | 'ticket' = 'ticket';

function connection(): SignalConnection {
  const facts = new Proxy({} as { [K in keyof VisitorFacts]: VisitorFacts[K] }, {
    get: (_, name) => () => void told.push(String(name)),
    ownKeys: () => ['session:opened', 'chat:said'],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
  return new SignalConnection({
    admission: async (): Promise<Admission | 'over' | undefined> => {
      tickets += 1;
      return admission === 'ticket'
        ? { ticket: `ticket ${tickets}`, liveUrl: 'http://live.test' }
        : admission;
    },
    onState: (state) => void states.push(state),
    facts,
  });
}

function opened(): SignalConnection {
  const signals = connection();
  signals.open({ ticket: 'first', liveUrl: 'http://live.test' });
  latest().open({ pass: 'pass 1' });
  return signals;
}
const now = () => states.at(-1);

beforeEach(() => {
  vi.useFakeTimers();
  // The pauses are between half and all of 0.5, 1, 2 … 15 s: at this end they are whole.
  vi.spyOn(Math, 'random').mockReturnValue(1);
  page = new Page();
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  for (const list of [sockets, states, told]) list.length = 0;
  tickets = 0;
  admission = 'ticket';
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the visitor’s connection', () => {
  it('uses the ticket that came with the beginning', () => {
    opened();
    expect([latest().url, latest().auth, tickets]).toEqual([
      'http://live.test/visitor',
      { protocol: expect.any(Number), ticket: 'first' },
      0,
    ]);
    expect([states, told]).toEqual([['connecting', 'online'], ['session:opened']]);
  });

  it('comes back by the newest pass, and says at first only that it connects', async () => {
    opened();
    latest().tell('session:passed', { pass: 'pass 2' }, () => undefined);
    latest().lose();
    expect(now()).toBe('connecting');
    await vi.advanceTimersByTimeAsync(500);
    expect(latest().auth).toMatchObject({ pass: 'pass 2' });
    latest().lose();
    expect(now()).toBe('offline');
  });

  it('asks for a ticket at once when its pass is not known any more', async () => {
    opened();
    latest().lose();
    await vi.advanceTimersByTimeAsync(500);
    latest().refuse('passUnknown');
    await vi.advanceTimersByTimeAsync(0);
    expect(latest().auth).toMatchObject({ ticket: 'ticket 1' });
  });

  it('waits longer after every failure, and at most so long', async () => {
    admission = undefined;
    connection().open();
    await vi.advanceTimersByTimeAsync(0);
    for (const [place, pause] of [500, 1000, 2000, 4000, 8000, 15_000, 15_000].entries()) {
      expect(tickets).toBe(place + 1);
      await vi.advanceTimersByTimeAsync(pause);
    }
    expect([tickets, now()]).toEqual([8, 'offline']);
  });

  it('gives up a socket that opens but says nothing', async () => {
    connection().open({ ticket: 'first', liveUrl: 'http://live.test' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(latest().closed).toBe(true);
    await vi.advanceTimersByTimeAsync(500);
    expect(sockets).toHaveLength(2);
  });

  it('is over when there is nothing to come back to', async () => {
    admission = 'over';
    connection().open();
    await vi.advanceTimersByTimeAsync(120_000);
    expect([tickets, sockets.length]).toEqual([1, 0]);
  });

  it('stays closed for a service that is too new', async () => {
    opened();
    latest().lose();
    await vi.advanceTimersByTimeAsync(500);
    latest().refuse('clientTooOld');
    await vi.advanceTimersByTimeAsync(120_000);
    expect([now(), sockets.length]).toEqual(['tooOld', 2]);
  });

  it('lets go while the page is put away, and is back at once by its pass when the page is', async () => {
    opened();
    const before = latest();
    page.dispatchEvent(new Event('pagehide'));
    expect([before.closed, now()]).toEqual([true, 'connecting']);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sockets).toHaveLength(1);
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await vi.advanceTimersByTimeAsync(0);
    expect(latest().auth).toMatchObject({ pass: 'pass 1' });
    latest().open({ pass: 'pass 2' });
    expect(now()).toBe('online');
  });

  it('does not wait for a socket that has slept through its end', async () => {
    opened();
    latest().tell('io ping');
    vi.setSystemTime(Date.now() + 14_000);
    page.dispatchEvent(new Event('focus'));
    expect(sockets).toHaveLength(1);
    vi.setSystemTime(Date.now() + 2_000);
    page.dispatchEvent(new Event('focus'));
    await vi.advanceTimersByTimeAsync(0);
    expect([sockets.length, sockets[0]?.closed]).toEqual([2, true]);
    latest().open({ pass: 'pass 2' });
    page.dispatchEvent(new Event('focus'));
    expect([sockets.length, now()]).toEqual([2, 'online']);
  });

  it('tries nothing once it is closed', async () => {
    const signals = opened();
    signals.close();
    await vi.advanceTimersByTimeAsync(120_000);
    expect([sockets.length, latest().closed]).toEqual([1, true]);
  });
});

describe('a command', () => {
  it('refuses by itself while there is no connection', async () => {
    const signals = opened();
    latest().lose();
    expect(await signals.command('chat:typing', {})).toMatchObject({ refusal: { code: 'peerAbsent' } });
  });

  it('that nobody acknowledges is no success', async () => {
    const signals = opened();
    latest().answer = () => Promise.reject(new Error('timeout'));
    expect(await signals.command('chat:typing', {})).toMatchObject({ ok: false });
  });
});
