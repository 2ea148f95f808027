/** A call bears the number of its question, so that it is joined by who asks or says yes before the answer is known. */

import type { Engagement } from '../engagement.js';

/** Of the call that is on. */
export function runningCallId(engagement: Engagement): string | undefined {
  return engagement.phase === 'active' && engagement.call.state === 'on' ? engagement.call.callId : undefined;
}

/** Of the call that is on, or that is being asked for. */
export function callIdOf(engagement: Engagement): string | undefined {
  if (engagement.phase === 'active' && engagement.call.state === 'asked') return engagement.call.askId;
  return runningCallId(engagement);
}
