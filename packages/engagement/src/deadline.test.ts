/** Time as data: what is due, when, and that it always happens then. */

import { limits } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { EngagementName } from '../test/engagement-samples.js';
import { aki, engagements, start, viewAsk } from '../test/engagement-samples.js';
import { nextDeadline, transition } from './index.js';

const states = Object.keys(engagements) as EngagementName[];

describe.each(states)('in %s', (state) => {
  it('[DL1] what is due is never refused at its time', () => {
    const engagement = engagements[state];
    const deadline = nextDeadline(engagement);
    if (deadline === undefined) {
      expect(['waiting', 'active', 'calling', 'overheard', 'wrapUp', 'wrapUpAlone', 'closed']).toContain(
        state,
      );
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
    const asked = transition(
      engagements.active,
      { type: 'askView', askId: viewAsk, agentId: aki, kinds: [] },
      { now: start },
    );
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
    expect(alone.kind === 'moved' && nextDeadline(alone.next)).toEqual({
      at: start - 30_000 + limits.leaseAwayMs,
      happening: { type: 'endLeasesAway' },
    });
  });

  it('[VW6] of a view alone is its end, which ends the leases as well', () => {
    expect(nextDeadline(engagements.viewed)).toEqual({
      at: start + limits.viewMs,
      happening: { type: 'expireView' },
    });
    const over = transition(engagements.leased, { type: 'expireView' }, { now: start + limits.viewMs });
    expect(over).toMatchObject({
      next: { view: { state: 'off' }, control: { leases: [] } },
      reports: [
        { type: 'leaseEnded', reason: 'viewEnded' },
        { type: 'consent', scope: 'view', act: 'withdrawn' },
      ],
    });
  });
});
