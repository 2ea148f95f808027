/** Beside the lead: into the call, on in it in another way, and out of it. */

import { randomUUID } from 'node:crypto';
import type { CallMode, Done, Reply } from '@alongside/protocol';
import { refuse } from '@alongside/protocol';
import type { AgentActor } from '../actor.js';
import { speaksElsewhere } from './call-commands.js';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';

export function presenceCommands({ runner, directory }: CommandDeps) {
  return {
    'call:attend': async (actor: AgentActor, { mode }: { readonly mode: CallMode }): Promise<Reply<Done>> => {
      const { engagementId, agentId } = actor;
      if (mode !== 'listen' && speaksElsewhere({ directory }, actor)) return refuse('conflict');
      const presenceId = randomUUID();
      return done(await runner.run(engagementId, { type: 'attendCall', presenceId, agentId, mode }));
    },
    ...leaveCommand({ runner }),
  };
}

/** Whoever comes in may go. */
export function leaveCommand({ runner }: Pick<CommandDeps, 'runner'>) {
  return {
    'call:leave': ({ engagementId, agentId }: Leaving): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'leaveCall', agentId })),
  };
}

type Leaving = Pick<AgentActor, 'engagementId' | 'agentId'>;
