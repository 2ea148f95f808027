/** One step of an engagement, as the tests of transitions take it. */

import { type Engagement, type Outcome, transition } from '../src/index.js';
import {
  type EngagementName,
  engagements,
  type HappeningName,
  happenings,
  start,
} from './engagement-samples.js';

export const moment = { now: start + 5 };
export const committed = { ...moment, committed: { version: 9, entry: 7 } };

/** The state that a happening leads to. */
export function after(state: EngagementName, name: HappeningName, at: typeof moment = committed) {
  const outcome = transition(engagements[state], happenings[name], at);
  if (outcome.kind !== 'moved') throw new Error(`${name} did not happen in ${state}.`);
  return outcome;
}

/** What a happening asks to be committed. */
export function entries(state: EngagementName, name: HappeningName) {
  const outcome = transition(engagements[state], happenings[name], moment);
  if (outcome.kind !== 'commit') throw new Error(`${name} needs no commit in ${state}.`);
  return outcome.entries;
}

/** `moved`, `commit`, `same`, or the refusal's code. */
export function nameOf(outcome: Outcome, before: Engagement): string {
  if (outcome.kind === 'commit') return 'commit';
  if (outcome.kind === 'refused') return outcome.refusal.code;
  return outcome.next === before ? 'same' : 'moved';
}
