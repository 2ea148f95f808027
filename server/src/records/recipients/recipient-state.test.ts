/** Who may receive something now, by what the register says of them. */
import { describe, expect, it } from 'vitest';
import type { RecipientRow } from '../entities/recipient-entity.js';
import { hostShown, mayReceive } from './recipient-state.js';

const now = Date.parse('2026-06-15T12:00:00Z');
const row = {
  role: 'subProcessor',
  approvedAt: new Date('2026-01-02'),
  activeFrom: new Date('2026-02-01'),
  endedAt: null,
  evidenceUntil: '2026-06-15',
} as RecipientRow;

describe('[RC4] a recipient', () => {
  it('receives while two have approved it, it is not ended and its evidence holds', () => {
    expect(mayReceive(row, now)).toBe(true);
    expect(mayReceive({ ...row, evidenceUntil: null }, now)).toBe(true);
  });

  it('receives to the end of the last day of its evidence, and not a moment longer', () => {
    const over = Date.parse('2026-06-16T00:00:00Z');
    expect(mayReceive(row, over - 1)).toBe(true);
    expect(mayReceive(row, over)).toBe(false);
  });

  it.each([
    ['was ended', { endedAt: new Date(now - 1) }],
    ['is not approved', { approvedAt: null }],
    ['is announced for later', { activeFrom: new Date(now + 1) }],
    ['has evidence that ran out', { evidenceUntil: '2026-06-14' }],
  ])('receives nothing when it %s', (_why, more) => {
    expect(mayReceive({ ...row, ...more }, now)).toBe(false);
  });
});

it('[RC1] is announced from its approval on, which is when notices begin to name it, unless it is the customer’s own', () => {
  const approvedAt = new Date('2026-06-10T12:00:00Z');
  const from = Date.parse('2026-07-10T12:00:00Z');
  const late = { ...row, approvedAt, evidenceUntil: null };
  expect([mayReceive(late, from - 1), mayReceive(late, from)]).toEqual([false, true]);
  expect(mayReceive({ ...late, role: 'ownStore' }, now)).toBe(true);
});

it('[RC5] is named once where one runs both, however it is spelled, and apart where another passes on', () => {
  const places = { storageCountry: 'FI', storageHost: 'Host Oy', liveCountry: 'FI' };
  const named = (liveHost: string) => hostShown({ ...places, liveHost }).map(({ name }) => name);
  expect(named('host  OY')).toEqual(['Host Oy']);
  expect(named('Other Oy')).toEqual(['Host Oy', 'Other Oy']);
});
