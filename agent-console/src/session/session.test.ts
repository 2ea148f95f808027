/** Signing out: done, or said not to be. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Session } from './session.js';

const signedIn = { accessToken: 'token', expiresAt: Date.now() + 600_000, me: { agentId: 'a' } };
let answer: () => Response;
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal('fetch', async (path: string, { method }: RequestInit) => {
    asked.push(`${method} ${path}`);
    return answer();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open(): Session {
  const session = new Session();
  session.take({ ok: true, value: signedIn } as unknown as Parameters<Session['take']>[0]);
  return session;
}
const refusal = (code: string, status: number) => () => Response.json({ refusal: { code } }, { status });
const noNetwork = (): Response => {
  throw new TypeError('no network');
};

describe('signing out', () => {
  it.each([
    ['offline', noNetwork, 'unreachable'],
    ['while the records cannot be written', refusal('storageUnavailable', 503), 'storageUnavailable'],
  ])('is told not to have happened %s, and done when it is tried again', async (_, fails, code) => {
    const session = open();
    answer = fails;
    await session.signOut(true);
    expect([session.state.value.state, session.notSignedOut.value]).toEqual(['signedIn', { code }]);
    answer = () => new Response(undefined, { status: 204 });
    await session.signOut(true);
    expect([session.state.value, session.notSignedOut.value]).toEqual([
      { state: 'signedOut', because: 'left' },
      undefined,
    ]);
    expect(new Set(asked)).toEqual(new Set(['DELETE /api/session?everywhere=true']));
  });

  it('is done for a session that is over already', async () => {
    const session = open();
    answer = refusal('notAdmitted', 401);
    await session.signOut(false);
    expect(session.state.value).toEqual({ state: 'signedOut', because: 'left' });
  });

  it('that failed can be put out of sight', async () => {
    const session = open();
    answer = noNetwork;
    await session.signOut(false);
    session.dismissNotSignedOut();
    expect(session.notSignedOut.value).toBeUndefined();
  });
});
