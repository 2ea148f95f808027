/** Leases: what lets an agent act on the page, for a time, for some kinds of act. */

import type { EngagementChange } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ActiveEngagement } from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { EntryDraft, Moment, Outcome } from '../outcome.js';
import { moved, refused } from '../outcome.js';

type LeaseEnd = Pick<Extract<EntryDraft, { type: 'leaseEnded' }>, 'by' | 'reason'>;

export function askControl(
  engagement: ActiveEngagement,
  happening: HappeningOf<'askControl'>,
  { now }: Moment,
): Outcome {
  if (engagement.view.state !== 'on') return refused('consentMissing');
  if (engagement.control.state !== 'off') return refused('wrongState');
  const { askId, leaseMs } = happening;
  const kinds = [...new Set(happening.kinds)];
  const control = { state: 'asked', askId, kinds, leaseMs, expiresAt: now + limits.askMs } as const;
  return moved({ ...engagement, control }, ['control:asked']);
}

export function grantControl(
  engagement: ActiveEngagement,
  happening: HappeningOf<'grantControl'>,
  moment: Moment,
): Outcome {
  const { control, agent, view } = engagement;
  if (control.state !== 'asked' || control.askId !== happening.askId) return refused('askExpired');
  if (view.state !== 'on') return refused('consentMissing');
  if (happening.lease <= engagement.lastLease) return refused('conflict');
  const { kinds, leaseMs } = control;
  const { lease } = happening;
  const { committed, now } = moment;
  if (committed === undefined) {
    if (control.expiresAt <= now) return refused('askExpired');
    // A lease that nobody watches over must not begin: the agent's would end it at once.
    if (!agent.presence.connected) return refused('peerAbsent');
    return {
      kind: 'commit',
      entries: [{ type: 'leaseGranted', lease, agentId: agent.agentId, kinds, leaseMs }],
    };
  }
  if (!agent.presence.connected) return refused('peerAbsent');
  const leased = { state: 'leased', lease, kinds, expiresAt: now + leaseMs } as const;
  return moved({ ...engagement, control: leased, lastLease: lease }, ['control:granted']);
}

export function refuseControl(
  engagement: ActiveEngagement,
  happening: HappeningOf<'refuseControl'>,
): Outcome {
  const { control, agent } = engagement;
  if (control.state !== 'asked' || control.askId !== happening.askId) return refused('askExpired');
  return moved(
    { ...engagement, control: { state: 'off' } },
    ['control:refused'],
    [{ type: 'consent', scope: 'control', act: 'refused', agentId: agent.agentId }],
  );
}

export function cancelControl(engagement: ActiveEngagement): Outcome {
  if (engagement.control.state !== 'asked') return refused('wrongState');
  return moved({ ...engagement, control: { state: 'off' } }, ['control:cancelled']);
}

export function endControl(engagement: ActiveEngagement, happening: HappeningOf<'endControl'>): Outcome {
  if (engagement.control.state !== 'leased') return refused('leaseMissing');
  const reason = happening.by === 'visitor' ? 'takenBack' : 'released';
  const { next, changes, reports } = endLease(engagement, { by: happening.by, reason });
  return moved(next, changes, reports);
}

export function expireLease(
  engagement: ActiveEngagement,
  happening: HappeningOf<'expireLease'>,
  { now }: Moment,
): Outcome {
  const { control } = engagement;
  if (control.state !== 'leased' || control.lease !== happening.lease) return refused('leaseMissing');
  if (control.expiresAt > now) return refused('wrongState');
  const { next, changes, reports } = endLease(engagement, { by: 'system', reason: 'expired' });
  return moved(next, changes, reports);
}

/** Ends a lease or a question for one, whichever there is. */
export function endLease(engagement: ActiveEngagement, end: LeaseEnd) {
  const { control } = engagement;
  const next: ActiveEngagement =
    control.state === 'off' ? engagement : { ...engagement, control: { state: 'off' } };
  const changes: EngagementChange[] = [];
  const reports: EntryDraft[] = [];
  if (control.state === 'asked') changes.push('control:cancelled');
  if (control.state === 'leased') {
    changes.push('control:ended');
    reports.push({ type: 'leaseEnded', lease: control.lease, ...end });
  }
  return { next, changes, reports };
}
