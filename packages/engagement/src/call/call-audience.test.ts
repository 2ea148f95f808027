/** The whole table of who may hear whom, and what each may give: rules CA6 and CA7 of SPEC.md. */

import type { AgentId, EngagementView } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { CallRole } from './call-audience.js';
import { callRoleOf, mayGive, mayHear } from './call-audience.js';

const roles: readonly CallRole[] = ['visitor', 'lead', 'speak', 'whisper', 'listen', 'announced', 'absent'];

describe('in a call', () => {
  // A row says who hears the one at its beginning, in the order of the roles above.
  it.each([
    ['visitor', [false, true, true, true, true, false, false]],
    ['lead', [true, true, true, true, true, false, false]],
    ['speak', [true, true, true, true, true, false, false]],
    ['whisper', [false, true, true, true, true, false, false]],
    ['listen', [false, false, false, false, false, false, false]],
    ['announced', [false, false, false, false, false, false, false]],
    ['absent', [false, false, false, false, false, false, false]],
  ] as const)('[CA7] %s is heard as listed', (speaker, expected) => {
    expect(roles.map((listener) => mayHear(listener, speaker))).toEqual(expected);
  });

  it('[CA7] a voice is all that is whispered, and who is not heard gives nothing', () => {
    const given = (source: 'microphone' | 'camera') => roles.filter((role) => mayGive(role, source));
    expect(given('microphone')).toEqual(['visitor', 'lead', 'speak', 'whisper']);
    expect(given('camera')).toEqual(['visitor', 'lead', 'speak']);
  });

  it('[CA7] somebody is what the visitor was shown of them, and nothing before', () => {
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
    expect([roleOf('visitor', on), roleOf(aki, on), roleOf(sue, on)]).toEqual(['visitor', 'lead', 'absent']);
    expect(roleOf(sue, { ...on, present: [present] })).toBe('announced');
    expect(roleOf(sue, { ...on, present: [{ ...present, noticed: true }] })).toBe('listen');
    expect(roleOf(aki, { state: 'off' })).toBe('absent');
    // Whoever has left the conversation has left its call.
    const gone = { ...present, agentId: 'ben' as AgentId, noticed: true };
    expect(roleOf(gone.agentId, { ...on, present: [gone] })).toBe('absent');
  });
});
