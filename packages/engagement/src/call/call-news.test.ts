/** What each side is told of a call or a question for one that is gone. */

import type { AskId, CallState, EngagementChange, Party } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { type CallNews, callNewsOf } from './call-news.js';

const expiresAt = 60_000;
const off: CallState = { state: 'off' };
const on: CallState = { state: 'on', callId: 'call', since: 0, visitorVoice: true, visitorVideo: false };
const asked = (by: Party): CallState => ({
  ...{ state: 'asked', askId: 'ask' as AskId, by, media: 'voice', expiresAt },
});

it.each<[string, CallState, CallState, EngagementChange, number, CallNews | undefined, CallNews | undefined]>(
  [
    ['a no to the visitor', asked('visitor'), off, 'call:refused', 9000, 'declined', undefined],
    ['a no to the agent', asked('agent'), off, 'call:refused', 9000, undefined, 'declined'],
    ['no answer to the visitor', asked('visitor'), off, 'call:cancelled', 59_500, 'unanswered', 'missed'],
    ['no answer to the agent', asked('agent'), off, 'call:cancelled', 60_010, 'missed', 'unanswered'],
    ['a visitor who takes it back', asked('visitor'), off, 'call:cancelled', 9000, undefined, 'missed'],
    ['an agent who takes it back', asked('agent'), off, 'call:cancelled', 9000, 'missed', undefined],
    ['a yes', asked('agent'), on, 'call:answered', 9000, undefined, undefined],
    ['a question', off, asked('agent'), 'call:asked', 0, undefined, undefined],
    ['the end', on, off, 'call:ended', 90_000, 'ended', 'ended'],
    ['an end that was missed', on, off, 'session:synchronised', 90_000, 'ended', 'ended'],
    ['a change of something else', off, off, 'view:asked', 0, undefined, undefined],
  ],
)('[CA13] of %s', (_, before, now, because, nowMs, toVisitor, toAgent) => {
  const turn = { before, now, because };
  expect([callNewsOf('visitor', turn, nowMs), callNewsOf('agent', turn, nowMs)]).toEqual([
    toVisitor,
    toAgent,
  ]);
});
