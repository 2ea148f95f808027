/** What an agent does at the desk. */

import type { Engagement } from '@alongside/engagement';
import { engagementView } from '@alongside/engagement';
import type { AgentId, Done, EngagementView, JoinedRole, Reply } from '@alongside/protocol';
import { accept, refuse } from '@alongside/protocol';
import type { AgentActor, DeskActor } from '../actor.js';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';
import { passLead } from './pass-lead.js';
import { newAskId } from './sharing-commands.js';

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

export function deskCommands({ runner, desk, directory }: CommandDeps) {
  return {
    'engagement:accept': async (actor: AgentActor): Promise<Reply<EngagementView>> => {
      const { engagementId, session } = actor;
      const { agentId, displayName } = session.identity;
      const supervises = session.identity.joinsAs.includes('agent') ? {} : { supervises: true as const };
      const happening = { type: 'accept', agentId, displayName, ...supervises, ...byConsent(actor) } as const;
      return entered(orAsked(await runner.run(engagementId, happening), actor), agentId);
    },
    /** The transfer to this agent is decided by `records`, before anything is shown. */
    'engagement:join': async (
      actor: AgentActor,
      { as: role }: { readonly as: JoinedRole },
    ): Promise<Reply<EngagementView>> => {
      const { engagementId, session } = actor;
      const { agentId, displayName, joinsAs } = session.identity;
      if (!joinsAs.includes(role)) return refuse('notPermitted');
      const happening = { type: 'join', agentId, displayName, role, ...byConsent(actor) } as const;
      return entered(orAsked(await runner.run(engagementId, happening), actor), agentId);
    },
    'engagement:leave': ({ engagementId, agentId }: AgentActor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'leave', agentId, reason: 'left' })),
    'engagement:handOver': async (
      { engagementId, agentId: by }: AgentActor,
      { agentId }: { readonly agentId: AgentId },
    ): Promise<Reply<Done>> => passLead({ runner, directory }, engagementId, { agentId, by }),
    'engagement:takeLead': async ({ engagementId, agentId }: AgentActor): Promise<Reply<Done>> =>
      passLead({ runner, directory }, engagementId, { agentId, by: agentId }),
    'engagement:keepLead': ({ engagementId, agentId }: AgentActor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'keepLead', agentId })),
    'engagement:close': async ({ engagementId }: AgentActor): Promise<Reply<Done>> =>
      done(await runner.run(engagementId, { type: 'close' })),
  };

  /** Where `records` says that the visitor's consent alone lets this agent in, the visitor is asked for it. */
  function orAsked(reply: Reply<Engagement>, actor: AgentActor): Reply<Engagement> {
    if (reply.ok || reply.refusal.code !== 'consentMissing') return reply;
    const { engagementId, agentId, session } = actor;
    const { displayName } = session.identity;
    const country = reply.refusal.detail ?? '';
    const question = { type: 'askTransfer', askId: newAskId(), agentId, displayName, country } as const;
    const asked = runner.runNow(engagementId, question);
    return asked.ok ? refuse('consentMissing', 'transfer') : asked;
  }

  /** What visitors write has no other way to where this agent works. */
  function byConsent({ engagementId, session }: AgentActor): { readonly byConsent?: true } {
    const siteId = directory.get(engagementId)?.siteId;
    const isReadable = siteId !== undefined && session.identity.readableSiteIds.includes(siteId);
    return isReadable ? {} : { byConsent: true };
  }

  /** Whoever went while it was committed is away, not here. */
  function entered(reply: Reply<Engagement>, agentId: AgentId): Reply<EngagementView> {
    if (!reply.ok) return reply;
    const { engagementId } = reply.value;
    if (!desk.isHere(agentId)) runner.runNow(engagementId, { type: 'agentLeft', agentId });
    return accept(engagementView(reply.value));
  }
}
