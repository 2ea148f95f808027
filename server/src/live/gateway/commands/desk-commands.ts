/** What an agent does at the desk. */

import type { Engagement } from '@alongside/engagement';
import { engagementView } from '@alongside/engagement';
import type { AgentId, Done, EngagementView, JoinedRole, Reply } from '@alongside/protocol';
import { accept, refuse } from '@alongside/protocol';
import type { AgentActor, DeskActor } from '../actor.js';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';

export function availabilityCommand({ desk }: CommandDeps) {
  return {
    'desk:available': (
      { session }: DeskActor,
      { available }: { readonly available: boolean },
    ): Reply<Done> => {
      desk.setAvailable(session.identity.agentId, available);
      return accept({});
    },
  };
}

export function deskCommands({ runner, desk }: CommandDeps) {
  return {
    'engagement:accept': async ({ engagementId, session }: AgentActor): Promise<Reply<EngagementView>> => {
      const { agentId, displayName } = session.identity;
      const supervises = session.identity.joinsAs.includes('agent') ? {} : { supervises: true as const };
      const happening = { type: 'accept', agentId, displayName, ...supervises } as const;
      return entered(await runner.run(engagementId, happening), agentId);
    },
    /** The transfer to this agent is decided by `records`, before anything is shown. */
    'engagement:join': async (
      { engagementId, session }: AgentActor,
      { as: role }: { readonly as: JoinedRole },
    ): Promise<Reply<EngagementView>> => {
      const { agentId, displayName, joinsAs } = session.identity;
      if (!joinsAs.includes(role)) return refuse('notPermitted');
      return entered(await runner.run(engagementId, { type: 'join', agentId, displayName, role }), agentId);
    },
    'engagement:leave': ({ engagementId, agentId }: AgentActor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'leave', agentId, reason: 'left' })),
    'engagement:handOver': async (
      { engagementId }: AgentActor,
      { agentId }: { readonly agentId: AgentId },
    ): Promise<Reply<Done>> => done(await runner.run(engagementId, { type: 'passLead', agentId })),
    'engagement:takeLead': async ({ engagementId, agentId }: AgentActor): Promise<Reply<Done>> =>
      done(await runner.run(engagementId, { type: 'passLead', agentId })),
    'engagement:close': async ({ engagementId }: AgentActor): Promise<Reply<Done>> =>
      done(await runner.run(engagementId, { type: 'close' })),
  };

  /** Whoever went while it was committed is away, not here. */
  function entered(reply: Reply<Engagement>, agentId: AgentId): Reply<EngagementView> {
    if (!reply.ok) return reply;
    const { engagementId } = reply.value;
    if (!desk.isHere(agentId)) runner.runNow(engagementId, { type: 'agentLeft', agentId });
    return accept(engagementView(reply.value));
  }
}
