/** Who is connected. A short absence changes nothing but what is shown; a long one ends what runs. */

import type { EngagementChange } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ActiveEngagement, Engagement, Presence, WrapUpEngagement } from '../engagement.js';
import { agentsOf, seatOf } from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { EntryDraft, Moment, Outcome } from '../outcome.js';
import { moved, refused, unchanged } from '../outcome.js';
import { withSeat } from './agents-rules.js';
import { closeCall } from './call-rules.js';
import { closeControl, endLeases } from './control-rules.js';
import { closeView } from './view-rules.js';

const here: Presence = { connected: true };

export function visitorLeft(engagement: Engagement, _happening: unknown, { now }: Moment): Outcome {
  if (!engagement.visitor.connected) return unchanged(engagement);
  return moved({ ...engagement, visitor: { connected: false, since: now } }, ['participant:left']);
}

export function visitorReturned(engagement: Engagement): Outcome {
  if (engagement.visitor.connected) return unchanged(engagement);
  return moved({ ...engagement, visitor: here }, ['participant:returned']);
}

/** An agent who is gone can not be trusted to have stopped: every lease ends with the connection. */
export function agentLeft(
  engagement: ActiveEngagement,
  { agentId }: HappeningOf<'agentLeft'>,
  { now }: Moment,
): Outcome {
  const seat = seatOf(engagement, agentId);
  if (seat === undefined || !seat.presence.connected) return unchanged(engagement);
  const own = engagement.control.leases.filter((each) => each.agentId === agentId);
  const isOwn = (lease: number) => own.some((each) => each.lease === lease);
  const ended = endLeases(engagement, { by: 'system', reason: 'left' }, isOwn);
  const next = withSeat(ended.next, { ...seat, presence: { connected: false, since: now } });
  return moved(next, [...ended.changes, 'participant:left'], ended.reports);
}

export function agentReturned(
  engagement: ActiveEngagement,
  { agentId }: HappeningOf<'agentReturned'>,
): Outcome {
  const seat = seatOf(engagement, agentId);
  if (seat === undefined || seat.presence.connected) return unchanged(engagement);
  return moved(withSeat(engagement, { ...seat, presence: here }), ['participant:returned']);
}

export function agentReturnedWrapUp(engagement: WrapUpEngagement): Outcome {
  if (engagement.agent.presence.connected) return unchanged(engagement);
  return moved({ ...engagement, agent: { ...engagement.agent, presence: here } }, ['participant:returned']);
}

export function agentLeftWrapUp(engagement: WrapUpEngagement, _happening: unknown, { now }: Moment): Outcome {
  if (!engagement.agent.presence.connected) return unchanged(engagement);
  const agent = { ...engagement.agent, presence: { connected: false, since: now } } as const;
  return moved({ ...engagement, agent }, ['participant:left']);
}

/** When the visitor, or the last of the agents, has been away for too long for sharing to go on; undefined while both sides are here. */
export function awayDeadline(engagement: ActiveEngagement): number | undefined {
  const { visitor } = engagement;
  const agents = agentsOf(engagement).map(({ presence }) =>
    presence.connected ? undefined : presence.since,
  );
  const gone = agents.every((since) => since !== undefined) ? [Math.max(...agents)] : [];
  const absences = [...(visitor.connected ? [] : [visitor.since]), ...gone];
  return absences.length === 0 ? undefined : Math.min(...absences) + limits.returnMs;
}

/** When leases end because the visitor is away; undefined while nothing is lent or the visitor is here. */
export function leaseAwayDeadline({ visitor, control }: ActiveEngagement): number | undefined {
  if (visitor.connected || control.leases.length === 0) return undefined;
  return visitor.since + limits.leaseAwayMs;
}

/** A page that does not come back has been left for another site: what comes back later is asked anew. */
export function endLeasesAway(engagement: ActiveEngagement, _happening: unknown, { now }: Moment): Outcome {
  const deadline = leaseAwayDeadline(engagement);
  if (deadline === undefined || deadline > now) return refused('wrongState');
  const { next, changes, reports } = endLeases(engagement, { by: 'system', reason: 'left' });
  return moved(next, changes, reports);
}

export function awayTooLong(engagement: ActiveEngagement, _happening: unknown, { now }: Moment): Outcome {
  const deadline = awayDeadline(engagement);
  if (deadline === undefined || deadline > now) return refused('wrongState');
  return stopSharing(engagement, { by: 'system' }, { now });
}

export function stopSharing(
  engagement: ActiveEngagement,
  happening: { readonly by: 'visitor' | 'agent' | 'system' },
  { now }: Moment,
): Outcome {
  const stopped = withoutSharing(engagement, happening.by, now);
  if (stopped.changes.length === 0) return unchanged(engagement);
  return moved(stopped.next, stopped.changes, stopped.reports);
}

/** The same engagement with nothing shared and no question open. */
export function withoutSharing(
  engagement: ActiveEngagement,
  by: 'visitor' | 'agent' | 'system',
  now: number,
): { next: ActiveEngagement; changes: EngagementChange[]; reports: EntryDraft[] } {
  const call = closeCall(engagement, by, now);
  const lease = closeControl(call.next, { by: 'system', reason: 'ended' });
  const changes = [...call.changes, ...lease.changes];
  const reports = [...call.reports, ...lease.reports];
  const { view } = lease.next;
  if (view.state === 'off') return { next: lease.next, changes, reports };
  if (view.state === 'asked') {
    return {
      next: { ...lease.next, view: { state: 'off' } },
      changes: [...changes, 'view:cancelled'],
      reports,
    };
  }
  const closed = closeView(lease.next, false);
  return {
    next: closed.next,
    changes: [...changes, ...closed.changes],
    reports: [...reports, ...closed.reports],
  };
}
