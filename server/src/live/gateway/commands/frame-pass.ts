/** Hands out the one-time pass to the frames' own WebSocket. */

import { seatOf } from '@alongside/engagement';
import type { CommandValues, Reply } from '@alongside/protocol';
import { accept } from '@alongside/protocol';
import type { FrameSeat } from '../../relay/ports.js';
import type { Actor } from '../actor.js';
import type { CommandDeps } from './command-deps.js';

export function framePass(deps: CommandDeps, actor: Actor): Reply<CommandValues['frames:pass']> {
  const { engagementId, session } = actor;
  const { sessionId, origin } = session;
  if (actor.party === 'visitor') {
    return issued(deps, { role: 'visitor', engagementId, sessionId }, origin);
  }
  const { agentId } = actor;
  const engagement = deps.directory.get(engagementId);
  const place = engagement?.phase === 'active' ? seatOf(engagement, agentId)?.place : undefined;
  const seat = { role: 'agent', engagementId, sessionId, agentId } as const;
  return issued(deps, place === undefined ? seat : { ...seat, place }, origin);
}

function issued(deps: CommandDeps, seat: FrameSeat, origin: string): Reply<CommandValues['frames:pass']> {
  return accept({ pass: deps.framePasses.issue(seat, origin), url: deps.framesUrl() });
}
