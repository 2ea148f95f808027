/** Hands out the one-time pass to the frames' own WebSocket. */

import type { CommandValues, Reply } from '@alongside/protocol';
import { accept } from '@alongside/protocol';
import type { Actor } from '../actor.js';
import type { CommandDeps } from './command-deps.js';

export function framePass(deps: CommandDeps, actor: Actor): Reply<CommandValues['frames:pass']> {
  const { engagementId, session } = actor;
  const { sessionId, origin } = session;
  const seat =
    actor.party === 'visitor'
      ? ({ role: 'visitor', engagementId, sessionId } as const)
      : ({ role: 'agent', engagementId, sessionId, agentId: actor.agentId } as const);
  return accept({ pass: deps.framePasses.issue(seat, origin), url: deps.framesUrl() });
}
