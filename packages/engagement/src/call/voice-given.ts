/** Whether an agent's voice is given in an engagement, or may be at any moment: then it is not given in another one too. */

import type { AgentId, EngagementView } from '@alongside/protocol';
import { callRoleOf } from './call-audience.js';

export function isVoiceGiven(me: AgentId, view: Pick<EngagementView, 'call' | 'agents'>): boolean {
  const { call, agents } = view;
  // Their own question is answered by the visitor, and the visitor's by themselves.
  if (call.state === 'asked') return call.by === 'agent' && agents[0]?.agentId === me;
  const role = callRoleOf(me, view);
  if (role !== 'announced') return role !== 'absent' && role !== 'listen';
  const coming = call.state === 'on' ? call.present?.find(({ agentId }) => agentId === me) : undefined;
  return coming?.mode !== 'listen';
}
