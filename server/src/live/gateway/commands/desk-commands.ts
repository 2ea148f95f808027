/** What an agent does at the desk. */

import { engagementView } from '@alongside/engagement';
import type { Done, EngagementView, Reply } from '@alongside/protocol';
import { accept } from '@alongside/protocol';
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

export function deskCommands({ runner }: CommandDeps) {
  return {
    'engagement:accept': async ({ engagementId, session }: AgentActor): Promise<Reply<EngagementView>> => {
      const { agentId, displayName } = session.identity;
      const accepted = await runner.run(engagementId, { type: 'accept', agentId, displayName });
      return accepted.ok ? accept(engagementView(accepted.value)) : accepted;
    },
    'engagement:close': async ({ engagementId }: AgentActor): Promise<Reply<Done>> =>
      done(await runner.run(engagementId, { type: 'close' })),
  };
}
