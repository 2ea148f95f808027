/** What is offered again counts once, so that it takes no other offer's place. */

import type { AgentId, DeliveryOffered, EngagementId } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { OpenOffers } from './open-offers.js';

const here = 'e' as EngagementId;
const offer = (deliveryId: string): DeliveryOffered => ({
  ...{ deliveryId, agentId: 'a' as AgentId, content: { kind: 'page', path: '/' } },
});
const named = (offers: OpenOffers) => offers.of(here).map(({ deliveryId }) => deliveryId);

it('[DE3] [DE4] counts once what is offered twice, and lets the oldest go', () => {
  const offers = new OpenOffers();
  for (const each of ['a', 'b', 'b', 'c']) offers.add(here, offer(each));
  expect(named(offers)).toEqual(['a', 'b', 'c']);
  offers.add(here, offer('d'));
  expect(named(offers)).toEqual(['b', 'c', 'd']);
  expect(named(offers)).toHaveLength(limits.openOffers);
  offers.answered(here, 'c');
  expect(named(offers)).toEqual(['b', 'd']);
  offers.forget(here);
  expect(named(offers)).toEqual([]);
});
