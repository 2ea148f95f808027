/** [CO4] What the relay asks before each frame and intent, in every state. */

import type { IntentKind } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { EngagementName } from '../test/engagement-samples.js';
import { aki, engagements, noor, start } from '../test/engagement-samples.js';
import { mayAct, mayPublish, mayWatch } from './index.js';

const states = Object.keys(engagements) as EngagementName[];
const viewed: EngagementName[] = [
  'visitorAway',
  'agentAway',
  'viewed',
  'controlAsked',
  'leased',
  'leasedTwice',
  'everything',
  'shared',
  'leadAway',
];
const intents: IntentKind[] = ['point', 'draw', 'scroll', 'click', 'type', 'navigate'];
const now = start + 5;

describe.each(states)('in %s', (state) => {
  const engagement = engagements[state];
  const isViewed = viewed.includes(state);

  it('frames pass only while the view is on, and to its agent only', () => {
    expect(mayPublish(engagement)).toBe(isViewed);
    expect(mayWatch(engagement, aki)).toBe(isViewed);
    expect(mayWatch(engagement, noor)).toBe(false);
  });

  it.each(intents)('%s is allowed under its own conditions only', (intent) => {
    const isLent = ['leased', 'leasedTwice', 'everything', 'shared'].includes(state);
    // A hand that clicks or types shows where it is.
    const expected = isLent && ['point', 'click', 'type'].includes(intent);
    expect(mayAct(engagement, { agentId: aki, intent, lease: 1 }, now)).toBe(expected);
    expect(mayAct(engagement, { agentId: noor, intent, lease: 1 }, now)).toBe(false);
    expect(mayAct(engagement, { agentId: aki, intent, lease: 0 }, now)).toBe(false);
    expect(mayAct(engagement, { agentId: aki, intent, lease: 2 }, now)).toBe(
      state === 'leasedTwice' && intent === 'point',
    );
    if (state === 'leasedTwice') return;
    expect(mayAct(engagement, { agentId: aki, intent, lease: 2 }, now)).toBe(false);
    expect(mayAct(engagement, { agentId: aki, intent, lease: 1 }, start + 60_000)).toBe(false);
  });
});
