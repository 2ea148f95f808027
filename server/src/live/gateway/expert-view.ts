/** What an expert is told of an engagement: the call that they were invited into, and who is in it. */

import { type Engagement, engagementView } from '@alongside/engagement';
import type { AgentId, CallPresent, EngagementView, ExpertView } from '@alongside/protocol';

/** Undefined where they are not in its call. */
export function expertViewOf(engagement: Engagement, expertId: AgentId): ExpertView | undefined {
  const view = engagementView(engagement);
  const { call, engagementId, siteName } = view;
  if (call.state !== 'on') return undefined;
  const own = call.present?.find(({ agentId, expert }) => agentId === expertId && expert !== undefined);
  if (own === undefined) return undefined;
  const { callId, since } = call;
  return { engagementId, siteName, callId, since, noticed: own.noticed, people: peopleIn(view, expertId) };
}

/** Who listens is told as well: nobody hears an expert unseen. */
function peopleIn({ agents, call }: EngagementView, expertId: AgentId): ExpertView['people'] {
  const present = call.state === 'on' ? (call.present ?? []) : [];
  const lead = agents.filter(({ role }) => role === 'lead');
  const others = present
    .filter(({ agentId }) => agentId !== expertId)
    .flatMap((each): ExpertView['people'] => namedIn(each, agents));
  return [...lead.map(({ agentId, displayName, role }) => ({ agentId, displayName, role })), ...others];
}

function namedIn({ agentId, expert }: CallPresent, agents: EngagementView['agents']): ExpertView['people'] {
  if (expert !== undefined) return [{ agentId, displayName: expert.displayName, role: 'expert' }];
  const agent = agents.find((each) => each.agentId === agentId);
  return agent === undefined ? [] : [{ agentId, displayName: agent.displayName, role: agent.role }];
}
