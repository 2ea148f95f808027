/** Time as data: when something is due, and what happens then. No timer lives in a rule. */

import { limits } from '@alongside/protocol';
import type { ActiveEngagement, Engagement } from './engagement.js';
import type { Happening } from './happening.js';
import { awayDeadline } from './rules/presence-rules.js';

export interface Deadline {
  readonly at: number;
  readonly happening: Happening;
}

/** The first deadline of the engagement; undefined when time alone changes nothing. */
export function nextDeadline(engagement: Engagement): Deadline | undefined {
  return deadlines(engagement).reduce<Deadline | undefined>(
    (first, each) => (first === undefined || each.at < first.at ? each : first),
    undefined,
  );
}

function deadlines(engagement: Engagement): Deadline[] {
  switch (engagement.phase) {
    case 'waiting':
      return visitorGone(engagement);
    case 'offered':
      return [
        ...visitorGone(engagement),
        { at: engagement.offer.expiresAt, happening: { type: 'expireOffer' } },
      ];
    case 'active':
      return [...visitorGone(engagement), ...sharingDeadlines(engagement)];
    case 'wrapUp':
    case 'closed':
      return [];
  }
}

function visitorGone(engagement: Engagement): Deadline[] {
  if (engagement.visitor.connected) return [];
  const reason = engagement.phase === 'active' ? 'visitorLeft' : 'abandoned';
  const at = engagement.visitor.since + limits.visitorGoneMs;
  return [{ at, happening: { type: 'end', by: 'system', reason } }];
}

function sharingDeadlines(engagement: ActiveEngagement): Deadline[] {
  const found: Deadline[] = [];
  for (const ask of [engagement.view, engagement.control, engagement.call]) {
    if (ask.state !== 'asked') continue;
    found.push({ at: ask.expiresAt, happening: { type: 'expireAsk', askId: ask.askId } });
  }
  if (engagement.control.state === 'leased') {
    const { lease, expiresAt } = engagement.control;
    found.push({ at: expiresAt, happening: { type: 'expireLease', lease } });
  }
  const away = awayDeadline(engagement);
  const shares = [engagement.view, engagement.control, engagement.call].some((each) => each.state !== 'off');
  if (away !== undefined && shares) found.push({ at: away, happening: { type: 'awayTooLong' } });
  return found;
}
