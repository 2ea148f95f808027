/**
 * Who may hear and see whom in a call, by role and mode. The server lets nothing else be consumed; both sides show by
 * it what they may do.
 */

import type { AgentId, AgentRole, CallMode, EngagementView, MediaSource } from '@alongside/protocol';

export type CallMember = 'visitor' | AgentId;
/** `announced`: in it, and not heard yet: the visitor's page has not shown them, or the question has no answer. */
export type CallRole = 'visitor' | 'lead' | CallMode | 'expert' | 'announced' | 'absent';
/** As what somebody is in a call, however they are heard in it. */
export type CallSide = 'visitor' | AgentRole | 'expert';

export function callRoleOf(
  member: CallMember,
  { call, agents }: Pick<EngagementView, 'call' | 'agents'>,
): CallRole {
  if (call.state === 'off') return 'absent';
  const isOn = call.state === 'on';
  if (member === 'visitor') return isOn ? 'visitor' : 'announced';
  const agent = agents.find(({ agentId }) => agentId === member);
  if (agent?.role === 'lead') return isOn ? 'lead' : 'announced';
  if (!isOn) return 'absent';
  const present = call.present?.find(({ agentId }) => agentId === member);
  if (present === undefined || (agent === undefined && present.expert === undefined)) return 'absent';
  if (!present.noticed) return 'announced';
  return present.expert === undefined ? present.mode : 'expert';
}

/** Undefined of who neither hears anything nor is heard. */
export function callSideOf(
  member: CallMember,
  view: Pick<EngagementView, 'call' | 'agents'>,
): CallSide | undefined {
  const role = callRoleOf(member, view);
  if (role === 'announced' || role === 'absent') return undefined;
  if (role === 'visitor' || role === 'expert') return role;
  return view.agents.find(({ agentId }) => agentId === member)?.role;
}

const agents: readonly CallRole[] = ['lead', 'speak', 'whisper', 'listen'];
const everybody: readonly CallRole[] = ['visitor', ...agents, 'expert'];
const heardBy: Readonly<Record<CallRole, readonly CallRole[]>> = {
  visitor: [...agents, 'expert'],
  lead: everybody,
  speak: everybody,
  // The team's own: an expert is not of it.
  whisper: agents,
  expert: everybody,
  listen: [],
  announced: [],
  absent: [],
};

/** Of two who are not the same. A screen is for those whom the visitor's consent to it names: no expert is. */
export function mayHear(listener: CallRole, speaker: CallRole, source?: MediaSource): boolean {
  if (listener === 'expert' && source === 'screen') return false;
  return heardBy[speaker].includes(listener);
}

/** By their role alone: what the visitor gives is under their consents besides. */
export function mayGive(role: CallRole, source: MediaSource): boolean {
  if (role === 'whisper') return source === 'microphone';
  return heardBy[role].length > 0 && !(role === 'expert' && source === 'screen');
}
