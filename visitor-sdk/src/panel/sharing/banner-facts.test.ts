/** A banner that was made small stays so only for what it had told by then: who comes later is told of as large as ever. */

import type { EngagementView, LeaseView } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { factsOf, isWithin } from './banner-facts.js';

const seen = (engagementId: string, entry: number, ...agents: string[]) =>
  ({
    engagementId,
    view: { state: 'on', entry },
    agents: agents.map((agentId, at) => ({ agentId, place: at + 1 })),
  }) as unknown as EngagementView;
const lent = (...leases: number[]) => leases.map((lease) => ({ lease }) as LeaseView);

it.each([
  ['the same', seen('e', 4, 'aki', 'ben'), lent(1, 2), true],
  ['less', seen('e', 4, 'aki'), [], true],
  ['one more who sees', seen('e', 4, 'aki', 'ben', 'noor'), lent(1), false],
  ['somebody in the place of another', seen('e', 4, 'aki', 'noor'), lent(1), false],
  ['another lease', seen('e', 4, 'aki'), lent(1, 3), false],
  ['another yes to being seen', seen('e', 9, 'aki'), lent(1), false],
  ['the same numbers in another conversation', seen('f', 4, 'aki', 'ben'), lent(1, 2), false],
])('%s is within what was told before, or more', (_, engagement, leases, within) => {
  const before = factsOf(seen('e', 4, 'aki', 'ben'), lent(1, 2)) ?? '';
  expect(isWithin(factsOf(engagement, leases) ?? '', before)).toBe(within);
});

it('is nothing while nobody may see anything', () => {
  expect(factsOf({ ...seen('e', 4, 'aki'), view: { state: 'off' } } as EngagementView, [])).toBeUndefined();
  expect(factsOf(undefined, [])).toBeUndefined();
});
