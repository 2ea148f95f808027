/**
 * What takes two people takes two who are there anyway: neither of them was made an officer, or given a way in, for the
 * matter. One rule for all that takes two (SPEC, FE1 to FE3).
 */

import { type Reply, refuse } from '@alongside/protocol';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { engagementEntity } from '../entities/engagement-entity.js';
import { type PersonRow, personEntity } from '../entities/person-entity.js';
import { processingAgreementEntity } from '../entities/processing-agreement-entity.js';
import type { Caller } from './caller.js';

/** Long enough for the others to see in the list of people and in the audit who was let in. */
const SETTLED_MS = 14 * 24 * 3_600_000;

export interface Matter {
  /** Who recorded it, or who approved it first; null: what came with the service. */
  readonly first: string | null;
  readonly begunAt: Date;
}

/** Why this caller is not the second person whom the matter needs; undefined where they are. */
export async function wrongSecond(
  manager: EntityManager,
  { personId }: Pick<Caller, 'personId'>,
  { first, begunAt, now }: Matter & { readonly now: number },
): Promise<Reply<never> | undefined> {
  if (first === personId) return refuse('notPermitted', 'fourEyes');
  const both = await manager
    .getRepository(personEntity)
    .findBy({ personId: In([personId, ...(first === null ? [] : [first])]) });
  const latest = Math.min(begunAt.getTime(), now - SETTLED_MS);
  const isLate = both.some(({ letInAt }) => letInAt !== null && letInAt.getTime() > latest);
  return isLate ? refuse('notPermitted', 'letInLately') : undefined;
}

/** From when an officer may be one of the two, where that is still to come. */
export function settlesFrom({ letInAt }: Pick<PersonRow, 'letInAt'>, now: number): { settlesFrom?: number } {
  const from = (letInAt?.getTime() ?? 0) + SETTLED_MS;
  return letInAt === null || from <= now ? {} : { settlesFrom: from };
}

/**
 * When whoever is an officer, or becomes one, was let in by another officer, who does it now. Before a customer has
 * an agreement and has taken a conversation nothing is at stake yet: whoever is let in belongs to the set-up.
 */
export async function lettingIn(
  manager: EntityManager,
  roles: PersonRow['roles'],
  now: number,
): Promise<Pick<PersonRow, 'letInAt'>> {
  const agreements = manager.getRepository(processingAgreementEntity);
  const isSetUp =
    !(await agreements.existsBy({ confirmedAt: Not(IsNull()) })) &&
    !(await manager.getRepository(engagementEntity).exists());
  return { letInAt: isSetUp || !roles.includes('officer') ? null : new Date(now) };
}
