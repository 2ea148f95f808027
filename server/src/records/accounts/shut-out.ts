/** Everything that a person has open ends: sessions, connections to `live`, and the links that they gave experts. */

import type { Revocation } from '@alongside/engagement';
import type { AgentId } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { PersonRow } from '../entities/person-entity.js';
import { revokeExperts } from '../experts/revoke-experts.js';
import type { RecordsContext } from '../records-context.js';
import { noteAhead } from '../retention/note-turns.js';
import type { RefreshTokens } from './refresh-tokens.js';

export interface ShutOutDeps {
  readonly context: RecordsContext;
  readonly refreshTokens: RefreshTokens;
  /** To `live`, once the change is committed. */
  readonly revoke: (revocation: Revocation) => void;
}

/** As they were before, of whom it is written down where a restored database learns of it. */
export async function shutOut(
  deps: ShutOutDeps,
  manager: EntityManager,
  { personId, disabled }: Pick<PersonRow, 'personId' | 'disabled'>,
): Promise<void> {
  if (!disabled) noteAhead(deps.context, manager, ['shutOut', personId]);
  await deps.refreshTokens.revokePerson(manager, personId);
  await revokeExperts(deps, manager, { invitedBy: personId });
  tellLive(deps, manager, { personId, disabled: true });
}

/** Told before the commit, the agent's next ticket could still be made from the account as it was. */
export function tellLive(
  { context: { database, clock }, revoke }: Pick<ShutOutDeps, 'context' | 'revoke'>,
  manager: EntityManager,
  { personId, disabled }: { readonly personId: string; readonly disabled: boolean },
): void {
  const changed = { type: 'agentChanged', agentId: personId as AgentId, disabled } as const;
  database.afterCommit(manager, () => revoke({ ...changed, at: clock() }));
}
