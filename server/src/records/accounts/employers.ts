/**
 * For whom a person works, where that is not the customer itself: what was signed with somebody covers their people, so
 * that who states it for one can widen what they are shown. It takes two officers, as what was signed does.
 */

import { type AgentShown, accept, type Done, type Reply, refuse } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { type PersonRow, personEntity } from '../entities/person-entity.js';
import type { Lapses } from '../lapses/lapses.js';
import type { RecordsContext } from '../records-context.js';
import type { Caller } from './caller.js';
import { wrongSecond } from './four-eyes.js';

/** Until it is confirmed nothing that names anybody covers them, and neither does the customer itself. */
const NOBODY = '';
export const nothingStated = { employerStated: null, employerStatedBy: null, employerStatedAt: null };
/** Stated as the customer’s own. */
const OWN = '';

type Employment = Pick<PersonRow, 'employer' | 'employerStated' | 'employerStatedBy' | 'employerStatedAt'>;

type Confirmable = Employment & Pick<PersonRow, 'personId'>;
type Reader = Pick<Caller, 'personId' | 'roles'>;

/** What an officer's statement comes to; the same one again changes nothing. */
export function employmentOf(
  before: Employment | null,
  { stated = OWN, by, at }: { readonly stated: string | undefined; readonly by: string; readonly at: number },
): Employment {
  const { employer = null, employerStated = null } = before ?? {};
  if (stated !== (employerStated ?? employer ?? OWN))
    return {
      ...{ employer: NOBODY, employerStated: stated },
      ...{ employerStatedBy: by, employerStatedAt: new Date(at) },
    };
  const { employerStatedBy = null, employerStatedAt = null } = before ?? {};
  return { employer, employerStated, employerStatedBy, employerStatedAt };
}

/** As officers see it: what was stated last, and whether somebody has yet to confirm it. */
export function employmentShown(
  row: Confirmable,
  reader: Reader,
): Pick<AgentShown, 'employer' | 'employerWaits'> {
  const { employer, employerStated } = row;
  if (employerStated === null) return { employer: employer ?? undefined };
  const employerWaits = mayConfirm(row, reader) ? 'approval' : 'otherOfficer';
  return { employer: employerStated === OWN ? undefined : employerStated, employerWaits };
}

/** Another officer than the one who stated it, and not the person themselves. */
function mayConfirm({ personId, employerStatedBy }: Confirmable, reader: Reader): boolean {
  return (
    reader.roles.includes('officer') && employerStatedBy !== reader.personId && personId !== reader.personId
  );
}

export class Employers {
  readonly #context: RecordsContext;
  readonly #lapses: Lapses;

  constructor(context: RecordsContext, lapses: Lapses) {
    this.#context = context;
    this.#lapses = lapses;
  }

  async confirm(manager: EntityManager, caller: Caller, personId: string): Promise<Reply<Done>> {
    const people = manager.getRepository(personEntity);
    const row = await people.findOneBy({ personId });
    if (row === null) return refuse('notFound');
    if (row.employerStated === null) return refuse('wrongState');
    if (!mayConfirm(row, caller)) return refuse('notPermitted', 'fourEyes');
    const { employerStatedBy: first, employerStatedAt } = row;
    if (employerStatedAt === null) throw new Error('what was stated has no date');
    const matter = { first, begunAt: employerStatedAt, now: this.#context.clock() };
    const wrong = await wrongSecond(manager, caller, matter);
    if (wrong !== undefined) return wrong;
    const employer = row.employerStated === OWN ? null : row.employerStated;
    await people.update({ personId }, { employer, ...nothingStated });
    const { tenantId, personId: actorId } = caller;
    const action = 'person.employerConfirmed';
    await this.#context.audit.add(manager, { tenantId, actorId, action, subject: personId });
    this.#lapses.lookAfter(manager, tenantId);
    return accept({});
  }
}
