/** Leases: what lets an agent act on the page, for a time, for some kinds of act. Each runs out by itself. */

import type { EngagementChange } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ActiveEngagement } from '../engagement.js';
import { seatOf } from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { EntryDraft, Moment, Outcome } from '../outcome.js';
import { moved, refused } from '../outcome.js';

export type LeaseEnd = Pick<Extract<EntryDraft, { type: 'leaseEnded' }>, 'by' | 'reason'>;

export function askControl(
  engagement: ActiveEngagement,
  happening: HappeningOf<'askControl'>,
  { now }: Moment,
): Outcome {
  const { control, view, hiddenFrom } = engagement;
  const { askId, agentId, leaseMs } = happening;
  if (seatOf(engagement, agentId) === undefined) return refused('notPermitted');
  if (view.state !== 'on' || hiddenFrom.includes(agentId)) return refused('consentMissing');
  const own = control.leases.filter((each) => each.agentId === agentId);
  if (control.asked !== undefined || own.length >= limits.leases) return refused('wrongState');
  const kinds = [...new Set(happening.kinds)];
  const asked = { askId, agentId, kinds, leaseMs, expiresAt: now + limits.askMs };
  return moved({ ...engagement, control: { ...control, asked } }, ['control:asked']);
}

export function grantControl(
  engagement: ActiveEngagement,
  happening: HappeningOf<'grantControl'>,
  moment: Moment,
): Outcome {
  const { control, view } = engagement;
  const { asked, leases } = control;
  if (asked === undefined || asked.askId !== happening.askId) return refused('askExpired');
  if (view.state !== 'on') return refused('consentMissing');
  if (happening.lease <= engagement.lastLease) return refused('conflict');
  const { agentId, kinds, leaseMs } = asked;
  const { lease, words } = happening;
  const isHere = seatOf(engagement, agentId)?.presence.connected === true;
  const { committed, now } = moment;
  if (committed === undefined) {
    if (asked.expiresAt <= now) return refused('askExpired');
    // A lease that nobody watches over must not begin: the agent's would end it at once.
    if (!isHere) return refused('peerAbsent');
    return { kind: 'commit', entries: [{ type: 'leaseGranted', lease, agentId, kinds, leaseMs, words }] };
  }
  if (!isHere) return refused('peerAbsent');
  const given = { lease, agentId, kinds, expiresAt: now + leaseMs };
  const next = { ...engagement, control: { leases: [...leases, given] }, lastLease: lease };
  return moved(next, ['control:granted']);
}

export function refuseControl(
  engagement: ActiveEngagement,
  happening: HappeningOf<'refuseControl'>,
): Outcome {
  const { asked } = engagement.control;
  if (asked === undefined || asked.askId !== happening.askId) return refused('askExpired');
  return moved(
    dropQuestion(engagement),
    ['control:refused'],
    [{ type: 'consent', scope: 'control', act: 'refused', agentId: asked.agentId }],
  );
}

export function cancelControl(
  engagement: ActiveEngagement,
  { agentId }: HappeningOf<'cancelControl'>,
): Outcome {
  if (engagement.control.asked?.agentId !== agentId) return refused('wrongState');
  return moved(dropQuestion(engagement), ['control:cancelled']);
}

export function endControl(engagement: ActiveEngagement, happening: HappeningOf<'endControl'>): Outcome {
  const { by, lease } = happening;
  const meant = engagement.control.leases.filter(
    (each) =>
      (lease === undefined || each.lease === lease) &&
      (happening.by === 'visitor' || each.agentId === happening.agentId),
  );
  if (meant.length === 0) return refused('leaseMissing');
  const isMeant = (number: number) => meant.some((each) => each.lease === number);
  const reason = by === 'visitor' ? 'takenBack' : 'released';
  const { next, changes, reports } = endLeases(engagement, { by, reason }, isMeant);
  return moved(next, changes, reports);
}

export function expireLease(
  engagement: ActiveEngagement,
  { lease }: HappeningOf<'expireLease'>,
  { now }: Moment,
): Outcome {
  const held = engagement.control.leases.find((each) => each.lease === lease);
  if (held === undefined) return refused('leaseMissing');
  if (held.expiresAt > now) return refused('wrongState');
  const end = { by: 'system', reason: 'expired' } as const;
  const { next, changes, reports } = endLeases(engagement, end, (number) => number === lease);
  return moved(next, changes, reports);
}

/** The same engagement without its open question for control. */
export function dropQuestion(engagement: ActiveEngagement): ActiveEngagement {
  return { ...engagement, control: { leases: engagement.control.leases } };
}

/** Ends leases, all of them unless told which; an open question stays. */
export function endLeases(
  engagement: ActiveEngagement,
  end: LeaseEnd,
  isMeant: (lease: number) => boolean = () => true,
) {
  const { control } = engagement;
  const ended = control.leases.filter(({ lease }) => isMeant(lease));
  const leases = control.leases.filter(({ lease }) => !isMeant(lease));
  const next: ActiveEngagement =
    ended.length === 0 ? engagement : { ...engagement, control: { ...control, leases } };
  const changes: EngagementChange[] = ended.length === 0 ? [] : ['control:ended'];
  const reports = ended.map(({ lease }): EntryDraft => ({ type: 'leaseEnded', lease, ...end }));
  return { next, changes, reports };
}

/** Ends every lease and the question for one, whichever there are. */
export function closeControl(engagement: ActiveEngagement, end: LeaseEnd) {
  const cancelled: EngagementChange[] = engagement.control.asked === undefined ? [] : ['control:cancelled'];
  const unasked = cancelled.length === 0 ? engagement : dropQuestion(engagement);
  const { next, changes, reports } = endLeases(unasked, end);
  return { next, changes: [...cancelled, ...changes], reports };
}
