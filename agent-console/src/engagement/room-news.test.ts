/** An agent is told what became of their questions and of what they were lent, and nothing of what they did themselves. */

import { engagementView } from '@alongside/engagement';
import type { EngagementChange } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { aki, ben, engagements, start } from '../../../packages/engagement/test/engagement-samples.js';
import type { RoomNews } from './room-news.js';
import { roomNewsOf } from './room-news.js';

type Sample = keyof typeof engagements;
const soon = start + 5_000;
/** A question, and a lease, that began when the samples did. */
const late = start + 60_000;

function newsOf(
  [before, now, because]: readonly [Sample, Sample, EngagementChange],
  { me = aki, nowMs = soon, givenBack = [] as number[] } = {},
): RoomNews | undefined {
  const turn = {
    before: engagementView(engagements[before]),
    now: engagementView(engagements[now]),
    because,
  };
  return roomNewsOf(turn, { me, nowMs, givenBack: new Set(givenBack) });
}

describe('of the page, an agent is told', () => {
  it.each([
    ['that the visitor shares it', ['viewAsked', 'viewed', 'view:granted'], soon, 'viewGranted'],
    ['that they would rather not', ['viewAsked', 'active', 'view:refused'], soon, 'viewRefused'],
    ['that nobody has answered', ['viewAsked', 'active', 'view:cancelled'], late, 'viewUnanswered'],
    [
      'that nobody has answered, by a clock behind',
      ['viewAsked', 'active', 'view:cancelled'],
      late - 900,
      'viewUnanswered',
    ],
    ['nothing of a question taken back', ['viewAsked', 'active', 'view:cancelled'], soon, undefined],
    ['that it is shared no more', ['viewed', 'active', 'view:stopped'], soon, 'viewStopped'],
    ['that its time is over', ['viewed', 'active', 'view:stopped'], start + limits.viewMs, 'viewOver'],
    ['that it went with what was lent on it', ['leased', 'active', 'control:ended'], soon, 'viewStopped'],
    ['nothing while it is asked for', ['active', 'viewAsked', 'view:asked'], soon, undefined],
  ] as const)('%s', (_, turn, nowMs, news) => {
    expect(newsOf(turn, { nowMs })).toBe(news);
    // Who sees the page beside them is told the same.
    expect(newsOf(turn, { nowMs, me: ben })).toBe(news);
  });
});

describe('of what they asked to do, an agent is told', () => {
  it.each([
    ['that they may', ['controlAsked', 'leased', 'control:granted'], soon, 'controlGranted'],
    [
      'that the visitor would rather not',
      ['controlAsked', 'viewed', 'control:refused'],
      soon,
      'controlRefused',
    ],
    ['that nobody has answered', ['controlAsked', 'viewed', 'control:cancelled'], late, 'controlUnanswered'],
    ['nothing of a question taken back', ['controlAsked', 'viewed', 'control:cancelled'], soon, undefined],
    ['that it was taken from them', ['leased', 'viewed', 'control:ended'], soon, 'leaseEnded'],
    ['that its time is over', ['leased', 'viewed', 'control:ended'], late, 'leaseOver'],
  ] as const)('%s, and nobody else is', (_, turn, nowMs, news) => {
    expect(newsOf(turn, { nowMs })).toBe(news);
    expect(newsOf(turn, { nowMs, me: ben })).toBeUndefined();
  });

  it('that the visitor has ended the conversation', () => {
    expect(newsOf(['leased', 'wrapUp', 'engagement:ended'])).toBe('ended');
  });

  it('nothing of what they have given back themselves', () => {
    expect(newsOf(['leased', 'viewed', 'control:ended'], { givenBack: [1] })).toBeUndefined();
    expect(newsOf(['leased', 'viewed', 'control:ended'], { givenBack: [2] })).toBe('leaseEnded');
  });
});
