/** In which engagements an agent's voice is given: where it is, a call in another one is not begun. */

import type { AgentId, AgentPresent, AskId, CallMode, CallState, Party } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { isVoiceGiven } from './voice-given.js';

const [me, other] = ['me', 'other'] as AgentId[] as [AgentId, AgentId];
const agents = [me, other].map((agentId, place) => ({
  ...{ agentId, place, displayName: agentId, role: place === 0 ? 'lead' : 'agent', hidden: false },
  ...{ noticed: true, supervises: false, connected: true, country: 'FI' },
})) as unknown as readonly AgentPresent[];
const asked = (by: Party): CallState => ({
  ...{ state: 'asked', askId: 'ask' as AskId, by, media: 'voice', expiresAt: 1 },
});
const on = (mode?: CallMode, noticed = true): CallState => ({
  ...{ state: 'on', callId: 'call', since: 0, visitorVoice: true, visitorVideo: false },
  present: mode === undefined ? [] : [{ presenceId: 'p', agentId: other, mode, since: 0, noticed }],
});

it.each<[string, AgentId, CallState, boolean]>([
  ['no call', me, { state: 'off' }, false],
  ['their own question', me, asked('agent'), true],
  ['the question of the one who leads', other, asked('agent'), false],
  ['the visitor’s question', me, asked('visitor'), false],
  ['a call that they lead', me, on(), true],
  ['a colleague’s call', other, on(), false],
  ['a colleague’s call to which they listen', other, on('listen'), false],
  ['a colleague’s call to which they are about to listen', other, on('listen', false), false],
  ['a colleague’s call in which they whisper', other, on('whisper'), true],
  ['a colleague’s call in which they are about to speak', other, on('speak', false), true],
])('%s', (_, agentId, call, isGiven) => expect(isVoiceGiven(agentId, { call, agents })).toBe(isGiven));
