/** What one officer states of whom somebody works for, and what it is worth before another one confirms it. */

import type { Role } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { employmentOf, employmentShown } from './employers.js';

const own = { employer: null, employerStated: null, employerStatedBy: null, employerStatedAt: null };
const at = 1;
const stated = { employerStatedBy: 'one', employerStatedAt: new Date(at) };
const waiting = { employer: '', employerStated: 'Dev Ltd', ...stated };

it('covers nobody until it is confirmed, whether an employer is named, changed or taken back', () => {
  expect(employmentOf(own, { stated: 'Dev Ltd', by: 'one', at })).toEqual(waiting);
  expect(employmentOf(null, { stated: 'Dev Ltd', by: 'one', at })).toEqual(waiting);
  const named = { ...own, employer: 'Dev Ltd' };
  expect(employmentOf(named, { stated: 'Other Ltd', by: 'one', at })).toMatchObject({ employer: '' });
  const back = { employer: '', employerStated: '', ...stated };
  expect(employmentOf(named, { stated: undefined, by: 'one', at })).toEqual(back);
});

it('changes nothing when the same is stated again, and is not whose it was not', () => {
  expect(employmentOf(waiting, { stated: 'Dev Ltd', by: 'two', at })).toEqual(waiting);
  expect(employmentOf(own, { stated: undefined, by: 'two', at })).toEqual(own);
  expect(employmentOf(null, { stated: undefined, by: 'two', at })).toEqual(own);
});

it('is confirmed by another officer than who stated it, and not by the person themselves', () => {
  const waits = { ...waiting, personId: 'person' };
  const readBy = (personId: string, roles: Role[] = ['officer']) =>
    employmentShown(waits, { personId, roles });
  expect(readBy('two')).toEqual({ employer: 'Dev Ltd', employerWaits: 'approval' });
  for (const other of [readBy('one'), readBy('person'), readBy('two', ['supervisor'])])
    expect(other).toEqual({ employer: 'Dev Ltd', employerWaits: 'otherOfficer' });
  const confirmed = { ...own, employer: 'Dev Ltd', personId: 'person' };
  expect(employmentShown(confirmed, { personId: 'two', roles: ['officer'] })).toEqual({
    employer: 'Dev Ltd',
  });
});
