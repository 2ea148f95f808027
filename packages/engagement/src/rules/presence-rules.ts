/** Who is connected. A short absence changes nothing but what is shown; a long one ends what runs. */

import type { EngagementChange } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ActiveEngagement, Engagement, Presence, WrapUpEngagement } from '../engagement.js';
import type { EntryDraft, Moment, Outcome } from '../outcome.js';
import { moved, refused, unchanged } from '../outcome.js';
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
export function agentLeft(engagement: ActiveEngagement, _happening: unknown, { now }: Moment): Outcome {
  if (!engagement.agent.presence.connected) return unchanged(engagement);
  const ended = endLeases(engagement, { by: 'system', reason: 'left' });
  const agent = { ...engagement.agent, presence: { connected: false, since: now } } as const;
  return moved({ ...ended.next, agent }, [...ended.changes, 'participant:left'], ended.reports);
}

export function agentReturned(engagement: ActiveEngagement | WrapUpEngagement): Outcome {
  if (engagement.agent.presence.connected) return unchanged(engagement);
  return moved({ ...engagement, agent: { ...engagement.agent, presence: here } }, ['participant:returned']);
}

export function agentLeftWrapUp(engagement: WrapUpEngagement, _happening: unknown, { now }: Moment): Outcome {
  if (!engagement.agent.presence.connected) return unchanged(engagement);
  const agent = { ...engagement.agent, presence: { connected: false, since: now } } as const;
  return moved({ ...engagement, agent }, ['participant:left']);
}

/** When the first of those who are away has been away for too long for sharing to go on; undefined when nobody is. */
export function awayDeadline(engagement: ActiveEngagement): number | undefined {
  const absences = [engagement.visitor, engagement.agent.presence].filter((each) => !each.connected);
  if (absences.length === 0) return undefined;
  return Math.min(...absences.map((each) => each.since)) + limits.returnMs;
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
