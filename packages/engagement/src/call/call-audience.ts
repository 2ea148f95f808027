/**
 * Who may hear and see whom in a call, by role and mode. The server lets nothing else be consumed; both sides show by
 * it what they may do.
 */

import type { AgentId, CallMode, EngagementView, MediaSource } from '@alongside/protocol';

export type CallMember = 'visitor' | AgentId;
/** `announced`: in it, and the visitor's page has not said yet that it shows them. */
export type CallRole = 'visitor' | 'lead' | CallMode | 'announced' | 'absent';

export function callRoleOf(
  member: CallMember,
  { call, agents }: Pick<EngagementView, 'call' | 'agents'>,
): CallRole {
  if (call.state !== 'on') return 'absent';
  if (member === 'visitor') return 'visitor';
  const agent = agents.find(({ agentId }) => agentId === member);
  if (agent?.role === 'lead') return 'lead';
  const present = call.present?.find(({ agentId }) => agentId === member);
  if (agent === undefined || present === undefined) return 'absent';
  return present.noticed ? present.mode : 'announced';
}

const agents: readonly CallRole[] = ['lead', 'speak', 'whisper', 'listen'];
const everybody: readonly CallRole[] = ['visitor', ...agents];
const heardBy: Readonly<Record<CallRole, readonly CallRole[]>> = {
  visitor: agents,
  lead: everybody,
  speak: everybody,
  whisper: agents,
  listen: [],
  announced: [],
  absent: [],
};

/** Of two who are not the same. */
export function mayHear(listener: CallRole, speaker: CallRole): boolean {
  return heardBy[speaker].includes(listener);
}

/** By their role alone: what the visitor gives is under their consents besides. */
export function mayGive(role: CallRole, source: MediaSource): boolean {
  return role === 'whisper' ? source === 'microphone' : heardBy[role].length > 0;
}
