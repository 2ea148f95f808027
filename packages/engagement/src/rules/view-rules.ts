/** Consent to view: asked by the agent, given, refused and taken back by the visitor. */

import { limits } from '@alongside/protocol';
import type { ActiveEngagement } from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { EntryDraft, Moment, Outcome } from '../outcome.js';
import { moved, refused } from '../outcome.js';
import { endLease } from './control-rules.js';

const scope = 'view';

export function askView(
  engagement: ActiveEngagement,
  happening: HappeningOf<'askView'>,
  { now }: Moment,
): Outcome {
  if (engagement.view.state !== 'off') return refused('wrongState');
  const view = { state: 'asked', askId: happening.askId, expiresAt: now + limits.askMs } as const;
  return moved({ ...engagement, view }, ['view:asked']);
}

export function grantView(
  engagement: ActiveEngagement,
  happening: HappeningOf<'grantView'>,
  moment: Moment,
): Outcome {
  const { view, agent } = engagement;
  if (view.state !== 'asked' || view.askId !== happening.askId) return refused('askExpired');
  const { committed, now } = moment;
  if (committed === undefined) {
    if (view.expiresAt <= now) return refused('askExpired');
    return { kind: 'commit', entries: [{ type: 'consent', scope, act: 'granted', agentId: agent.agentId }] };
  }
  return moved({ ...engagement, view: { state: 'on', entry: committed.entry, since: now } }, [
    'view:granted',
  ]);
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

/** Ends a view and the lease that stands on it; a consent that `records` took back needs no report. */
export function closeView(engagement: ActiveEngagement, recorded: boolean) {
  const withdrawn: EntryDraft = {
    type: 'consent',
    scope,
    act: 'withdrawn',
    agentId: engagement.agent.agentId,
  };
  const lease = endLease(engagement, { by: 'system', reason: 'viewEnded' });
  return {
    next: { ...lease.next, view: { state: 'off' } } as const satisfies ActiveEngagement,
    changes: [...lease.changes, 'view:stopped'] as const,
    reports: recorded ? lease.reports : [...lease.reports, withdrawn],
  };
}
