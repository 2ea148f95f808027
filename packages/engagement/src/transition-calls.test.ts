/** What a call leads to: rules CA1 to CA5, CA10 and CA12 of SPEC.md. */

import { describe, expect, it } from 'vitest';
import type { EngagementName, HappeningName } from '../test/engagement-samples.js';
import { aki, engagements, happenings, start } from '../test/engagement-samples.js';
import { after, committed, entries, moment, nameOf } from '../test/steps.js';
import { callIdOf, engagementView, may, mayProduce, runningCallId, transition } from './index.js';

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

  it('[CA12] is joined by its two sides while it is asked for, under the number of its question, and given nothing', () => {
    for (const state of ['callAskedByAgent', 'callAskedByVisitor'] as const) {
      const view = engagementView(engagements[state]);
      for (const who of ['visitor', { agentId: aki }] as const) {
        expect(may(who, 'call:join', view)).toBe(true);
        for (const command of ['call:connect', 'call:produce', 'call:consume', 'call:passKeys'] as const)
          expect(may(who, command, view), command).toBe(false);
      }
      const { call } = engagements[state];
      const id = call.state === 'asked' ? call.askId : '';
      expect([callIdOf(engagements[state]), runningCallId(engagements[state])]).toEqual([id, undefined]);
    }
    expect([callIdOf(engagements.calling), callIdOf(engagements.active)]).toEqual(['call', undefined]);
    expect(may('visitor', 'call:join', engagementView(engagements.active))).toBe(false);
  });

  it('[CA10] shows of the visitor what the site allows and they agreed to, until either takes it back', () => {
    const { calling } = engagements;
    const grant = (surface: 'tab' | 'window' | 'screen') =>
      ({ type: 'grantSource', source: 'screen', surface }) as const;
    const outcome = (screens: 'tab' | 'any' | undefined, surface: 'tab' | 'window' | 'screen') =>
      transition(screens === undefined ? calling : { ...calling, screens }, grant(surface), moment).kind;
    expect(outcome(undefined, 'tab')).toBe('refused');
    expect([outcome('tab', 'tab'), outcome('tab', 'window'), outcome('tab', 'screen')]).toEqual([
      ...['commit', 'refused', 'refused'],
    ]);
    expect([outcome('any', 'tab'), outcome('any', 'window'), outcome('any', 'screen')]).toEqual([
      ...['commit', 'commit', 'commit'],
    ]);
    const allowing = { ...calling, screens: 'tab' } as const;
    const given = transition(allowing, grant('tab'), committed);
    if (given.kind !== 'moved') throw new Error('It was not given.');
    expect(mayProduce('visitor', 'screen', engagementView(allowing))).toBe(false);
    expect(mayProduce('visitor', 'screen', engagementView(given.next))).toBe(true);
    expect(mayProduce('agent', 'screen', engagementView(allowing))).toBe(true);
    expect(mayProduce('agent', 'screen', engagementView(calling))).toBe(false);
    for (const happening of [
      { type: 'withdrawSource', source: 'screen' },
      { type: 'endCall', by: 'agent' },
    ] as const) {
      const taken = transition(given.next, happening, moment);
      if (taken.kind !== 'moved') throw new Error('It was not taken back.');
      expect(taken.reports).toContainEqual({
        type: 'consent',
        scope: 'screen',
        act: 'withdrawn',
        agentId: aki,
      });
      expect(mayProduce('visitor', 'screen', engagementView(taken.next))).toBe(false);
    }
  });

  it('[CA2] [CA3] commits what the visitor gives, whoever asked', () => {
    const consent = (scope: string, act = 'granted') => ({ type: 'consent', scope, act, agentId: aki });
    // The agent wished for video; the visitor answered with voice.
    expect(entries('callAskedByAgent', 'acceptCallByVisitor')).toEqual([
      consent('voice'),
      consent('video', 'refused'),
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
