/** What a call leads to: rules CA1 to CA5 of SPEC.md. */

import { describe, expect, it } from 'vitest';
import type { EngagementName, HappeningName } from '../test/engagement-samples.js';
import { aki, engagements, happenings, start } from '../test/engagement-samples.js';
import { after, committed, entries, moment, nameOf } from '../test/steps.js';
import { transition } from './index.js';

describe('a call', () => {
  it('[CA1] is asked for while there is none, answered by the other side and cancelled by the one who asked', () => {
    const outcomeOf = (state: EngagementName, name: HappeningName) =>
      nameOf(transition(engagements[state], happenings[name], moment), engagements[state]);
    for (const name of ['startCallByAgent', 'startCallByVisitor'] as const) {
      expect(outcomeOf('active', name), name).toBe('moved');
      for (const state of ['callAskedByAgent', 'callAskedByVisitor', 'calling'] as const)
        expect(outcomeOf(state, name), `${name} in ${state}`).toBe('wrongState');
    }
    const answers = {
      callAskedByAgent: { acceptCallByVisitor: 'commit', acceptCallByAgent: 'askExpired' },
      callAskedByVisitor: { acceptCallByAgent: 'commit', acceptCallByVisitor: 'askExpired' },
    } as const;
    for (const [state, each] of Object.entries(answers))
      for (const [name, expected] of Object.entries(each))
        expect(outcomeOf(state as EngagementName, name as HappeningName), `${name} in ${state}`).toBe(
          expected,
        );
    for (const [state, own, other] of [
      ['callAskedByAgent', 'Agent', 'Visitor'],
      ['callAskedByVisitor', 'Visitor', 'Agent'],
    ] as const) {
      expect(outcomeOf(state, `cancelCallBy${own}`), state).toBe('moved');
      expect(outcomeOf(state, `cancelCallBy${other}`), state).not.toBe('moved');
      expect(outcomeOf(state, `refuseCallBy${other}`), state).toBe('moved');
      expect(outcomeOf(state, `refuseCallBy${own}`), state).not.toBe('moved');
    }
  });

  it('[CA2] [CA3] commits what the visitor gives, whoever asked', () => {
    const consent = (scope: string) => ({ type: 'consent', scope, act: 'granted', agentId: aki });
    // The agent wished for video; the visitor answered with voice.
    expect(entries('callAskedByAgent', 'acceptCallByVisitor')).toEqual([
      consent('voice'),
      { type: 'callStarted', callId: 'call', media: 'video', by: 'agent' },
    ]);
    // The visitor asked with voice; the agent answers with video of their own.
    expect(entries('callAskedByVisitor', 'acceptCallByAgent')).toEqual([
      consent('voice'),
      { type: 'callStarted', callId: 'call', media: 'voice', by: 'visitor' },
    ]);
    expect(after('callAskedByAgent', 'acceptCallByVisitor').next).toMatchObject({
      call: { state: 'on', visitorVoice: true, visitorVideo: false },
    });
  });

  it('[CA4] changes with the sources of the visitor', () => {
    expect(entries('calling', 'grantCamera')).toMatchObject([{ scope: 'video', act: 'granted' }]);
    expect(after('calling', 'grantCamera').next).toMatchObject({ call: { visitorVideo: true } });
    expect(after('everything', 'withdrawCamera').reports).toMatchObject([
      { scope: 'video', act: 'withdrawn' },
    ]);
  });

  it('[CA5] ends with its duration and the withdrawal of what was given', () => {
    expect(after('everything', 'endCall', { ...committed, now: start + 9000 }).reports).toEqual([
      { type: 'callEnded', callId: 'call', by: 'agent', durationMs: 9000 },
      { type: 'consent', scope: 'voice', act: 'withdrawn', agentId: aki },
      { type: 'consent', scope: 'video', act: 'withdrawn', agentId: aki },
    ]);
  });
});
