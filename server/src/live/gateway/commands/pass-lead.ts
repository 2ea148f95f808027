/** The lead passes: as somebody wants it, or once who was asked into a call is shown in it. */

import { randomUUID } from 'node:crypto';
import type { ActiveEngagement } from '@alongside/engagement';
import type { AgentId, Done, EngagementId, Reply } from '@alongside/protocol';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';

type Deps = Pick<CommandDeps, 'runner' | 'directory'>;

/** Whoever led goes on in a call that goes on. */
export async function passLead(
  { runner, directory }: Deps,
  engagementId: EngagementId,
  { agentId, by }: { readonly agentId: AgentId; readonly by: AgentId },
): Promise<Reply<Done>> {
  const call = callOn({ directory }, engagementId);
  const stays = call === undefined ? {} : { stays: { callId: call.callId, presenceId: randomUUID() } };
  return done(await runner.run(engagementId, { type: 'passLead', agentId, by, ...stays }));
}

/** Should it fail, as where nothing can be written down, the lead stays where it is and both speak in the call. */
export async function passLeadToHeir(deps: Deps, engagementId: EngagementId): Promise<void> {
  const call = callOn(deps, engagementId);
  const heir = call?.heir;
  const isShown = call?.present?.some(({ agentId, noticed }) => noticed && agentId === heir?.agentId);
  if (heir !== undefined && isShown) await passLead(deps, engagementId, heir);
}

function callOn(
  { directory }: Pick<CommandDeps, 'directory'>,
  engagementId: EngagementId,
): CallOn | undefined {
  const engagement = directory.get(engagementId);
  return engagement?.phase === 'active' && engagement.call.state === 'on' ? engagement.call : undefined;
}

type CallOn = Extract<ActiveEngagement['call'], { state: 'on' }>;
