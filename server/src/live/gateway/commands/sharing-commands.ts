/** Consent to view and leases of control, from both sides. */

import { randomUUID } from 'node:crypto';
import type { HappeningOf } from '@alongside/engagement';
import type { AgentId, AskedIn, AskId, Done, LeasedKind, Reply } from '@alongside/protocol';
import type { AgentActor, VisitorActor } from '../actor.js';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';

interface Asked {
  readonly askId: AskId;
}

interface Granted extends Asked {
  readonly words?: AskedIn | undefined;
}

interface Ended {
  readonly lease?: number | undefined;
}

interface Named {
  readonly agentId: AgentId;
}

/** By the agent, or by the visitor. */
function endedBy(agentId: AgentId | undefined, { lease }: Ended): HappeningOf<'endControl'> {
  const which = lease === undefined ? {} : { lease };
  if (agentId === undefined) return { type: 'endControl', by: 'visitor', ...which };
  return { type: 'endControl', by: 'agent', agentId, ...which };
}

/** Names a question; made here, so that nobody can answer one that was never put. */
export function newAskId(): AskId {
  return randomUUID() as AskId;
}

export function visitorSharingCommands({ runner }: CommandDeps) {
  return {
    'view:grant': async ({ engagementId }: VisitorActor, granted: Granted): Promise<Reply<Done>> =>
      done(await runner.grantView(engagementId, granted)),
    'view:refuse': ({ engagementId }: VisitorActor, { askId }: Asked): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'refuseView', askId })),
    'view:stop': ({ engagementId }: VisitorActor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'stopView' })),
    'agent:notice': async ({ engagementId }: VisitorActor, { agentId }: Named): Promise<Reply<Done>> =>
      done(await runner.run(engagementId, { type: 'noticeAgent', agentId })),
    'agent:hide': ({ engagementId }: VisitorActor, { agentId }: Named): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'hideFrom', agentId })),
    'agent:show': async (
      { engagementId }: VisitorActor,
      shown: Named & Pick<Granted, 'words'>,
    ): Promise<Reply<Done>> => done(await runner.run(engagementId, { type: 'showTo', ...shown })),
    'control:grant': async ({ engagementId }: VisitorActor, granted: Granted): Promise<Reply<Done>> =>
      done(await runner.grantControl(engagementId, granted)),
    'control:refuse': ({ engagementId }: VisitorActor, { askId }: Asked): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'refuseControl', askId })),
    'control:end': ({ engagementId }: VisitorActor, ended: Ended): Reply<Done> =>
      done(runner.runNow(engagementId, endedBy(undefined, ended))),
  };
}

export function agentSharingCommands({ runner }: CommandDeps) {
  return {
    'view:ask': (
      { engagementId, agentId }: AgentActor,
      { kinds = [] }: { readonly kinds?: readonly LeasedKind[] | undefined },
    ): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'askView', askId: newAskId(), agentId, kinds })),
    'view:cancel': ({ engagementId, agentId }: AgentActor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'cancelView', agentId })),
    'control:ask': (
      { engagementId, agentId }: AgentActor,
      { kinds, leaseMs }: { readonly kinds: readonly LeasedKind[]; readonly leaseMs: number },
    ): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'askControl', askId: newAskId(), agentId, kinds, leaseMs })),
    'control:cancel': ({ engagementId, agentId }: AgentActor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'cancelControl', agentId })),
    'control:end': ({ engagementId, agentId }: AgentActor, ended: Ended): Reply<Done> =>
      done(runner.runNow(engagementId, endedBy(agentId, ended))),
  };
}
