import type { CallSession } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { JoinedAhead } from './joined-ahead.js';

const session = { callId: 'one' } as CallSession;
const ready = async () => undefined;

it('[CA12] brings what was told with the yes to that call, once', async () => {
  const joined = new JoinedAhead();
  const readied: CallSession[] = [];
  joined.begin(Promise.resolve({ ok: true, value: session }), async (each) => readied.push(each));
  expect(await joined.take('one')).toBe(session);
  expect(readied).toEqual([session]);
  expect(await joined.take('one')).toBeUndefined();
});

it('[CA12] brings nothing to another call, nor where it was refused, not answered or not asked', async () => {
  const joined = new JoinedAhead();
  expect(await joined.take('one')).toBeUndefined();
  for (const asked of [
    Promise.resolve({ ok: true, value: { ...session, callId: 'before' } } as const),
    Promise.resolve({ ok: false } as const),
    Promise.reject(new Error('no answer')),
  ]) {
    joined.begin(asked, ready);
    expect(await joined.take('one')).toBeUndefined();
  }
});

it('[CA12] comes about although what can be made ready could not be', async () => {
  const joined = new JoinedAhead();
  joined.begin(Promise.resolve({ ok: true, value: session }), () => Promise.reject(new Error('not here')));
  expect(await joined.take('one')).toBe(session);
});
