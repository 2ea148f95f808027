/** What the banner has to tell: the yes to being seen, by its entry, whoever is there, and what is lent to them. */

import type { EngagementView, LeaseView } from '@alongside/protocol';

type Seen = Pick<EngagementView, 'engagementId' | 'view' | 'agents'>;

/** Undefined while nobody is let see anything, as far as is known. */
export function factsOf(engagement: Seen | undefined, leases: readonly LeaseView[]): string | undefined {
  if (engagement?.view.state !== 'on') return undefined;
  const { engagementId, view, agents } = engagement;
  const there = agents.map(({ place, agentId }) => `${place}:${agentId}`);
  return [`${engagementId}:${view.entry}`, ...there, ...leases.map(({ lease }) => lease)].join(' ');
}

/** Whether there is nothing in it that was not told before. */
export function isWithin(facts: string, before: string): boolean {
  const known = before.split(' ');
  return facts.split(' ').every((each) => known.includes(each));
}
