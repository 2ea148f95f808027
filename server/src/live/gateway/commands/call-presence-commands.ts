/** Beside the lead: into the call, on in it in another way, and out of it. */

import { randomUUID } from 'node:crypto';
import type { CallMode, Done, Reply } from '@alongside/protocol';
import type { AgentActor } from '../actor.js';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';

export function presenceCommands({ runner, voices }: CommandDeps) {
  return {
    'call:attend': async (actor: AgentActor, { mode }: { readonly mode: CallMode }): Promise<Reply<Done>> => {
      const { engagementId, agentId } = actor;
      const attending = { type: 'attendCall', presenceId: randomUUID(), agentId, mode } as const;
      const attend = () => runner.run(engagementId, attending);
      return done(await (mode === 'listen' ? attend() : voices.give(actor, attend)));
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
