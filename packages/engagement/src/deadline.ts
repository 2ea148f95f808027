/** Time as data: when something is due, and what happens then. No timer lives in a rule. */

import type { AskId } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ActiveEngagement, Engagement } from './engagement.js';
import type { Happening } from './happening.js';
import { lostAgent } from './rules/agents-rules.js';
import { awayDeadline, leaseAwayDeadline } from './rules/presence-rules.js';

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
      return [...visitorGone(engagement), ...unansweredTransfer(engagement)];
    case 'offered':
      return [
        ...visitorGone(engagement),
        { at: engagement.offer.expiresAt, happening: { type: 'expireOffer' } },
      ];
    case 'active':
      return [...visitorGone(engagement), ...unansweredTransfer(engagement), ...sharingDeadlines(engagement)];
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

function unansweredTransfer({ transfer }: Engagement): Deadline[] {
  if (transfer === undefined) return [];
  const { askId, expiresAt } = transfer;
  return [{ at: expiresAt, happening: { type: 'expireTransfer', askId } }];
}

function sharingDeadlines(engagement: ActiveEngagement): Deadline[] {
  const found: Deadline[] = [];
  const { view, control, call } = engagement;
  for (const ask of [view, call]) if (ask.state === 'asked') found.push(unanswered(ask));
  if (control.asked !== undefined) found.push(unanswered(control.asked));
  if (view.state === 'on') found.push({ at: view.expiresAt, happening: { type: 'expireView' } });
  for (const { lease, expiresAt } of control.leases) {
    found.push({ at: expiresAt, happening: { type: 'expireLease', lease } });
  }
  if (call.state === 'on' && call.heir !== undefined)
    found.push({ at: call.heir.expiresAt, happening: { type: 'expireHeir' } });
  const leaseAway = leaseAwayDeadline(engagement);
  if (leaseAway !== undefined) found.push({ at: leaseAway, happening: { type: 'endLeasesAway' } });
  const lost = lostAgent(engagement);
  if (lost !== undefined) {
    const { at, agentId } = lost;
    found.push({ at, happening: { type: 'leave', agentId, reason: 'lost' } });
  }
  const away = awayDeadline(engagement);
  const lends = control.asked !== undefined || control.leases.length > 0;
  const shares = lends || view.state !== 'off' || call.state !== 'off';
  if (away !== undefined && shares) found.push({ at: away, happening: { type: 'awayTooLong' } });
  return found;
}

function unanswered({ askId, expiresAt }: { readonly askId: AskId; readonly expiresAt: number }): Deadline {
  return { at: expiresAt, happening: { type: 'expireAsk', askId } };
}
