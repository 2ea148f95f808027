/** The whole table of who may hear whom, and what each may give: rules CA6 and CA7 of SPEC.md. */

import type { AgentId, AskId, EngagementView, MediaSource } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { CallRole } from './call-audience.js';
import { callRoleOf, callSideOf, mayGive, mayHear } from './call-audience.js';

const roles: readonly CallRole[] = [
  ...(['visitor', 'lead', 'speak', 'whisper', 'listen', 'expert', 'announced', 'absent'] as const),
];

describe('in a call', () => {
  // A row says who hears the one at its beginning, in the order of the roles above.
  it.each([
    ['visitor', [false, true, true, true, true, true, false, false]],
    ['lead', [true, true, true, true, true, true, false, false]],
    ['speak', [true, true, true, true, true, true, false, false]],
    ['whisper', [false, true, true, true, true, false, false, false]],
    ['listen', [false, false, false, false, false, false, false, false]],
    ['expert', [true, true, true, true, true, true, false, false]],
    ['announced', [false, false, false, false, false, false, false, false]],
    ['absent', [false, false, false, false, false, false, false, false]],
  ] as const)('[CA7] %s is heard as listed', (speaker, expected) => {
    expect(roles.map((listener) => mayHear(listener, speaker))).toEqual(expected);
    // A screen is for the same, without those who come from elsewhere.
    const shown = expected.map((hears, index) => hears && roles[index] !== 'expert');
    expect(roles.map((listener) => mayHear(listener, speaker, 'screen'))).toEqual(shown);
  });

  it('[CA7] a voice is all that is whispered, and who is not heard gives nothing', () => {
    const given = (source: MediaSource) => roles.filter((role) => mayGive(role, source));
    expect(given('microphone')).toEqual(['visitor', 'lead', 'speak', 'whisper', 'expert']);
    expect(given('camera')).toEqual(['visitor', 'lead', 'speak', 'expert']);
    expect(given('screen')).toEqual(['visitor', 'lead', 'speak']);
  });

  it('[CA7] [CA12] somebody is what the visitor was shown of them, and nothing before', () => {
    const [aki, sue] = ['aki' as AgentId, 'sue' as AgentId];
    const agent = { displayName: '', connected: true, place: 1, since: 0, noticed: true, hidden: false };
    const agents = [
      { ...agent, agentId: aki, role: 'lead', supervises: false },
      { ...agent, agentId: sue, role: 'supervisor', supervises: true },
    ] as const;
    const on = { state: 'on', callId: 'c', since: 0, visitorVoice: true, visitorVideo: false } as const;
    const present = { presenceId: 'p', agentId: sue, mode: 'listen', since: 0, noticed: false } as const;
    const roleOf = (member: 'visitor' | AgentId, call: EngagementView['call']) =>
      callRoleOf(member, { agents, call });
    const sideOf = (member: 'visitor' | AgentId, call: EngagementView['call']) =>
      callSideOf(member, { agents, call });
    expect([roleOf('visitor', on), roleOf(aki, on), roleOf(sue, on)]).toEqual(['visitor', 'lead', 'absent']);
    expect([sideOf('visitor', on), sideOf(aki, on), sideOf(sue, on)]).toEqual(['visitor', 'lead', undefined]);
    expect(roleOf(sue, { ...on, present: [present] })).toBe('announced');
    expect(sideOf(sue, { ...on, present: [present] })).toBeUndefined();
    expect(roleOf(sue, { ...on, present: [{ ...present, noticed: true }] })).toBe('listen');
    expect(sideOf(sue, { ...on, present: [{ ...present, noticed: true }] })).toBe('supervisor');
    expect(roleOf(aki, { state: 'off' })).toBe('absent');
    const asked = { state: 'asked', askId: 'c' as AskId, by: 'agent', media: 'voice', expiresAt: 1 } as const;
    const asking = [roleOf('visitor', asked), roleOf(aki, asked), roleOf(sue, asked)];
    expect(asking).toEqual(['announced', 'announced', 'absent']);
    // Whoever has left the conversation has left its call.
    const gone = { ...present, agentId: 'ben' as AgentId, noticed: true };
    expect(roleOf(gone.agentId, { ...on, present: [gone] })).toBe('absent');
    // An expert never took part in it.
    const expert = { displayName: 'Lin', organisation: 'Optics Ltd' };
    const invited = { ...gone, mode: 'speak', expert } as const;
    expect(roleOf(gone.agentId, { ...on, present: [invited] })).toBe('expert');
    expect(sideOf(gone.agentId, { ...on, present: [invited] })).toBe('expert');
    expect(roleOf(gone.agentId, { ...on, present: [{ ...invited, noticed: false }] })).toBe('announced');
  });
});
