/** Time as data: what is due, when, and that it always happens then. */

import { describe, expect, it } from 'vitest';
import type { EngagementName } from '../test/engagement-samples.js';
import { engagements, start, viewAsk } from '../test/engagement-samples.js';
import { nextDeadline, transition } from './index.js';

const states = Object.keys(engagements) as EngagementName[];

describe.each(states)('in %s', (state) => {
  it('[DL1] what is due is never refused at its time', () => {
    const engagement = engagements[state];
    const deadline = nextDeadline(engagement);
    if (deadline === undefined) {
      expect(['waiting', 'active', 'viewed', 'calling', 'wrapUp', 'wrapUpAlone', 'closed']).toContain(state);
      return;
    }
    const outcome = transition(engagement, deadline.happening, { now: deadline.at });
    expect(outcome.kind).not.toBe('refused');
    if (outcome.kind === 'moved') expect(outcome.next).not.toBe(engagement);
  });

  it('[DL2] nothing is due before its time', () => {
    const engagement = engagements[state];
    const deadline = nextDeadline(engagement);
    if (deadline === undefined || deadline.happening.type === 'end') return;
    expect(transition(engagement, deadline.happening, { now: deadline.at - 1 }).kind).toBe('refused');
  });
});

describe('the first deadline', () => {
  it('[VW1] of a question is a minute after it was put', () => {
    const asked = transition(engagements.active, { type: 'askView', askId: viewAsk }, { now: start });
    expect(asked.kind === 'moved' && nextDeadline(asked.next)).toEqual({
      at: start + 60_000,
      happening: { type: 'expireAsk', askId: viewAsk },
    });
  });

  it('[PR3] [PR4] of an absent visitor is the end of sharing, then of the engagement', () => {
    const first = nextDeadline(engagements.visitorAway);
    expect(first).toEqual({ at: start + 60_000, happening: { type: 'awayTooLong' } });
    const stopped = transition(engagements.visitorAway, { type: 'awayTooLong' }, { now: start + 60_000 });
    expect(stopped.kind === 'moved' && nextDeadline(stopped.next)).toEqual({
      at: start + 600_000,
      happening: { type: 'end', by: 'system', reason: 'visitorLeft' },
    });
    expect(nextDeadline(engagements.waitingAlone)?.happening).toMatchObject({ reason: 'abandoned' });
  });

  it('is the earliest of several', () => {
    const lease = nextDeadline(engagements.leased);
    expect(lease).toEqual({ at: start + 60_000, happening: { type: 'expireLease', lease: 1 } });
    const alone = transition(engagements.leased, { type: 'visitorLeft' }, { now: start - 30_000 });
    expect(alone.kind === 'moved' && nextDeadline(alone.next)?.happening.type).toBe('awayTooLong');
  });
});
