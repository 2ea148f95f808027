/** Thirty days before a contract or its assessment is past its date, and while it is; and a year after somebody looked. */

import { expect, it } from 'vitest';
import { alarmsOf } from './contract-alarms.js';

const now = new Date('2026-11-23T10:00:00Z');

it.each([
  [{ validUntil: null, reviewDue: null }, []],
  [{ validUntil: '2026-12-24', reviewDue: '2026-12-24' }, []],
  [{ validUntil: null, reviewDue: '2026-12-23' }, ['contractReviewSoon']],
  [{ validUntil: null, reviewDue: '2026-11-23' }, ['contractReviewSoon']],
  [{ validUntil: null, reviewDue: '2026-11-22' }, ['contractReview']],
  [{ validUntil: '2026-12-23', reviewDue: null }, ['contractExpiring']],
  [{ validUntil: '2026-11-01', reviewDue: null }, ['contractExpiring']],
])('of %j officers are told %j', (dates, alarms) => {
  expect(alarmsOf([{ verifiedAt: '2026-11-01', ...dates }], now)).toEqual(alarms);
});

it.each([
  ['2025-11-23', []],
  ['2025-11-22', ['contractUnseen']],
])('[G2] of one that was last looked at on %s officers are told %j', (verifiedAt, alarms) => {
  expect(alarmsOf([{ validUntil: null, reviewDue: null, verifiedAt }], now)).toEqual(alarms);
});
