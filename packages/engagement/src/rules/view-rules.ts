/** Consent to view: asked by the agent, given, refused and taken back by the visitor. */

import { limits } from '@alongside/protocol';
import type { ActiveEngagement } from '../engagement.js';
import { seatOf } from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { EntryDraft, Moment, Outcome } from '../outcome.js';
import { moved, refused } from '../outcome.js';
import { closeControl, endLeases } from './control-rules.js';

const scope = 'view';

export function askView(
  engagement: ActiveEngagement,
  happening: HappeningOf<'askView'>,
  { now }: Moment,
): Outcome {
  if (engagement.view.state !== 'off') return refused('wrongState');
  const { askId, agentId } = happening;
  if (seatOf(engagement, agentId) === undefined) return refused('notPermitted');
  const kinds = [...new Set(happening.kinds)];
  const view = { state: 'asked', askId, agentId, kinds, expiresAt: now + limits.askMs } as const;
  return moved({ ...engagement, view }, ['view:asked']);
}

export function grantView(
  engagement: ActiveEngagement,
  happening: HappeningOf<'grantView'>,
  moment: Moment,
): Outcome {
  const { view } = engagement;
  if (view.state !== 'asked' || view.askId !== happening.askId) return refused('askExpired');
  const { agentId, kinds } = view;
  const { lease, words } = happening;
  if (kinds.length > 0 && lease <= engagement.lastLease) return refused('conflict');
  const { committed, now } = moment;
  if (committed === undefined) {
    if (view.expiresAt <= now) return refused('askExpired');
    const consent = { type: 'consent', scope, act: 'granted', agentId, words } as const;
    const lent = { type: 'leaseGranted', lease, agentId, kinds, leaseMs: limits.viewMs, words } as const;
    // Who asks and is given the page is not one from whom it is hidden.
    const isHidden = engagement.hiddenFrom.includes(agentId);
    const watch = { type: 'consent', scope: 'watch', act: 'granted', agentId, words } as const;
    return {
      kind: 'commit',
      entries: [consent, ...(isHidden ? [watch] : []), ...(kinds.length === 0 ? [] : [lent])],
    };
  }
  const expiresAt = now + limits.viewMs;
  const on = { state: 'on', entry: committed.entry, since: now, expiresAt } as const;
  const hiddenFrom = engagement.hiddenFrom.filter((each) => each !== agentId);
  const viewed: ActiveEngagement = { ...engagement, view: on, hiddenFrom };
  if (kinds.length === 0) return moved(viewed, ['view:granted']);
  const leases = [...viewed.control.leases, { lease, agentId, kinds, expiresAt }];
  const lent = { ...viewed, control: { ...viewed.control, leases }, lastLease: lease };
  if (seatOf(engagement, agentId)?.presence.connected)
    return moved(lent, ['view:granted', 'control:granted']);
  // The agent has left during the commit: they see the page when they are back, and lent is nothing.
  const { next, reports } = endLeases(lent, { by: 'system', reason: 'left' }, (each) => each === lease);
  return moved(next, ['view:granted'], reports);
}

export function refuseView(engagement: ActiveEngagement, happening: HappeningOf<'refuseView'>): Outcome {
  const { view } = engagement;
  if (view.state !== 'asked' || view.askId !== happening.askId) return refused('askExpired');
  return moved(
    { ...engagement, view: { state: 'off' } },
    ['view:refused'],
    [{ type: 'consent', scope, act: 'refused', agentId: view.agentId }],
  );
}

/** Who asked takes the question back, and the lead any; the lead alone stops the view for all. */
export function cancelView(
  engagement: ActiveEngagement,
  { agentId }: HappeningOf<'cancelView'>,
  moment: Moment,
): Outcome {
  const { view, agent } = engagement;
  const isOwn = view.state === 'asked' && view.agentId === agentId;
  if (view.state !== 'off' && !isOwn && agent.agentId !== agentId) return refused('notPermitted');
  if (view.state === 'asked') {
    return moved({ ...engagement, view: { state: 'off' } }, ['view:cancelled']);
  }
  return stopView(engagement, { type: 'stopView' }, moment);
}

export function stopView(
  engagement: ActiveEngagement,
  happening: HappeningOf<'stopView'>,
  _moment: Moment,
): Outcome {
  if (engagement.view.state !== 'on') return refused('wrongState');
  const { next, reports, changes } = closeView(engagement, happening.recorded === true);
  return moved(next, changes, reports);
}

/** A view that nobody stopped is stopped for the visitor; whoever still needs it asks again. */
export function expireView(engagement: ActiveEngagement, _happening: unknown, { now }: Moment): Outcome {
  const { view } = engagement;
  if (view.state !== 'on' || view.expiresAt > now) return refused('wrongState');
  const { next, reports, changes } = closeView(engagement, false);
  return moved(next, changes, reports);
}

/** Ends a view and the leases that stand on it; a consent that `records` took back needs no report. */
export function closeView(engagement: ActiveEngagement, recorded: boolean) {
  const withdrawn: EntryDraft = {
    type: 'consent',
    scope,
    act: 'withdrawn',
    agentId: engagement.agent.agentId,
  };
  const lease = closeControl(engagement, { by: 'system', reason: 'viewEnded' });
  return {
    next: { ...lease.next, view: { state: 'off' } } as const satisfies ActiveEngagement,
    changes: [...lease.changes, 'view:stopped'] as const,
    reports: recorded ? lease.reports : [...lease.reports, withdrawn],
  };
}
