/** [AG2] What an agreement is worth, by day. */

import { expect, it } from 'vitest';
import { agreementState } from './agreement-state.js';

const open = { confirmedAt: new Date(0), endedAt: null, replacedBy: null, validUntil: null };
const at = (text: string) => Date.parse(text);

it.each([
  ['2026-03-01T23:59:59.999Z', 'inForce'],
  ['2026-03-02T00:00:00Z', 'expiring'],
  ['2026-03-31T23:59:59.999Z', 'expiring'],
  ['2026-04-01T00:00:00Z', 'expired'],
] as const)('[AG2] one that holds to the end of March is at %s %s', (now, state) => {
  expect(agreementState({ ...open, validUntil: '2026-03-31' }, at(now))).toBe(state);
});

it('[AG2] one that has run out before anybody confirmed it waits no more', () => {
  const late = { ...open, confirmedAt: null, validUntil: '2026-03-31' };
  expect(agreementState(late, at('2026-03-31T23:59:59.999Z'))).toBe('waiting');
  expect(agreementState(late, at('2026-04-01T00:00:00Z'))).toBe('expired');
});

it('[AG1] one that nobody else confirmed, or that was ended or replaced, is none', () => {
  const now = at('2026-03-01T00:00:00Z');
  expect(agreementState(open, now)).toBe('inForce');
  expect(agreementState({ ...open, confirmedAt: null }, now)).toBe('waiting');
  expect(agreementState({ ...open, endedAt: new Date(0) }, now)).toBe('ended');
  expect(agreementState({ ...open, endedAt: new Date(0), replacedBy: 'other' }, now)).toBe('replaced');
});
