/** Consent to view: asked by the agent, given, refused and taken back by the visitor. */

import { limits } from '@alongside/protocol';
import type { ActiveEngagement } from '../engagement.js';
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
  const { askId } = happening;
  const kinds = [...new Set(happening.kinds)];
  const view = { state: 'asked', askId, kinds, expiresAt: now + limits.askMs } as const;
  return moved({ ...engagement, view }, ['view:asked']);
}

export function grantView(
  engagement: ActiveEngagement,
  happening: HappeningOf<'grantView'>,
  moment: Moment,
): Outcome {
  const { view, agent } = engagement;
  if (view.state !== 'asked' || view.askId !== happening.askId) return refused('askExpired');
  const { kinds } = view;
  const { lease } = happening;
  if (kinds.length > 0 && lease <= engagement.lastLease) return refused('conflict');
  const { committed, now } = moment;
  const { agentId } = agent;
  if (committed === undefined) {
    if (view.expiresAt <= now) return refused('askExpired');
    const consent = { type: 'consent', scope, act: 'granted', agentId } as const;
    const lent = { type: 'leaseGranted', lease, agentId, kinds, leaseMs: limits.viewMs } as const;
    return { kind: 'commit', entries: kinds.length === 0 ? [consent] : [consent, lent] };
  }
  const expiresAt = now + limits.viewMs;
  const on = { state: 'on', entry: committed.entry, since: now, expiresAt } as const;
  const viewed: ActiveEngagement = { ...engagement, view: on };
  if (kinds.length === 0) return moved(viewed, ['view:granted']);
  const leases = [...viewed.control.leases, { lease, agentId, kinds, expiresAt }];
  const lent = { ...viewed, control: { ...viewed.control, leases }, lastLease: lease };
  if (agent.presence.connected) return moved(lent, ['view:granted', 'control:granted']);
  // The agent has left during the commit: they see the page when they are back, and lent is nothing.
  const { next, reports } = endLeases(lent, { by: 'system', reason: 'left' });
  return moved(next, ['view:granted'], reports);
}

export function refuseView(engagement: ActiveEngagement, happening: HappeningOf<'refuseView'>): Outcome {
  const { view, agent } = engagement;
  if (view.state !== 'asked' || view.askId !== happening.askId) return refused('askExpired');
  return moved(
    { ...engagement, view: { state: 'off' } },
    ['view:refused'],
    [{ type: 'consent', scope, act: 'refused', agentId: agent.agentId }],
  );
}

/** The agent takes the question back, or stops looking. */
export function cancelView(engagement: ActiveEngagement, _happening: unknown, moment: Moment): Outcome {
  if (engagement.view.state === 'asked') {
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
