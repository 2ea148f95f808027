/** The end of an active engagement: what is shared stops with it, then the agent wraps up. */

import type { ActiveEngagement, WrapUpEngagement } from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { Moment, Outcome } from '../outcome.js';
import { moved, refused } from '../outcome.js';
import { closeCall } from './call-rules.js';
import { dropQuestion } from './control-rules.js';
import { withoutSharing } from './presence-rules.js';
import { withoutQuestion } from './transfer-rules.js';

export function end(engagement: ActiveEngagement, happening: HappeningOf<'end'>, moment: Moment): Outcome {
  const { by, reason } = happening;
  if (moment.committed === undefined && !happening.recorded) {
    return { kind: 'commit', entries: [{ type: 'ended', by, reason }] };
  }
  const stopped = withoutSharing(engagement, by, moment.now);
  const {
    view: _view,
    control: _control,
    call: _call,
    phase: _phase,
    ...rest
  } = withoutQuestion(stopped.next);
  const { joined: _joined, hiddenFrom: _hidden, lastPlace: _place, ...core } = rest;
  const next: WrapUpEngagement = { ...core, phase: 'wrapUp', ended: { by, reason, at: moment.now } };
  return moved(next, [...stopped.changes, 'engagement:ended'], stopped.reports);
}

/** A question that nobody answered in time. */
export function expireAsk(
  engagement: ActiveEngagement,
  happening: HappeningOf<'expireAsk'>,
  { now }: Moment,
): Outcome {
  const { askId } = happening;
  const { view, control, call } = engagement;
  const over = (ask: { askId: string; expiresAt: number }) => ask.askId === askId && ask.expiresAt <= now;
  if (view.state === 'asked' && over(view)) {
    return moved({ ...engagement, view: { state: 'off' } }, ['view:cancelled']);
  }
  if (control.asked !== undefined && over(control.asked)) {
    return moved(dropQuestion(engagement), ['control:cancelled']);
  }
  if (call.state === 'asked' && over(call)) {
    const { next, changes, reports } = closeCall(engagement, 'system', now);
    return moved(next, changes, reports);
  }
  return refused('askExpired');
}
