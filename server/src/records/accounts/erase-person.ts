/** What is known of a person goes; their id stays, which records and the audit name, and says nothing of anybody. */

import type { EntityManager } from 'typeorm';
import { enrolmentEntity } from '../entities/enrolment-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { personSiteEntity } from '../entities/person-site-entity.js';
import { refreshTokenEntity } from '../entities/refresh-token-entity.js';
import type { RecordsContext } from '../records-context.js';
import { nothingStated } from './employers.js';

export const nothingAsked = { eraseAfter: null, eraseAskedAt: null, eraseAskedBy: null };

export async function erasePerson(
  { ledger, clock }: Pick<RecordsContext, 'ledger' | 'clock'>,
  manager: EntityManager,
  personId: string,
): Promise<void> {
  ledger.note('person', personId, clock());
  await manager.getRepository(personSiteEntity).delete({ personId });
  await manager.getRepository(enrolmentEntity).delete({ personId });
  await manager.getRepository(refreshTokenEntity).delete({ personId });
  await manager.getRepository(personEntity).update(
    { personId },
    {
      ...{ email: `${personId}@erased.invalid`, displayName: `#${personId.slice(0, 8)}`, language: 'en' },
      ...{ country: null, employer: null, passwordHash: null, pledgedAt: null, pledgeVersion: null },
      ...{ ...nothingStated, ...nothingAsked, disabled: true, erasedAt: new Date(clock()) },
    },
  );
}
