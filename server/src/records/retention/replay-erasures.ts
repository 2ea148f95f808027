/** Erases and restricts again what a restored database has brought back, before anything is served from it. */

import { type EntityManager, In, IsNull } from 'typeorm';
import { erasePerson } from '../accounts/erase-person.js';
import { customerEntity } from '../entities/customer-entity.js';
import { engagementEntity } from '../entities/engagement-entity.js';
import { erasureEntity } from '../entities/erasure-entity.js';
import { replayLapsed } from '../lapses/erase-lapsed.js';
import type { RecordsContext } from '../records-context.js';
import { eraseContent } from '../rights/erase-content.js';
import type { LedgerLine } from './erasure-ledger.js';

/** Thrown at the start; its message is for the person who starts. */
export class LedgerMissing extends Error {
  override readonly name = 'LedgerMissing';

  constructor() {
    super(
      [
        'The database has been used, and the ledger of erasures that belongs to it is not here.',
        'If the database was restored, bring the folder "ledger" of its data folder back as well, as it was last:',
        'without it, what people had erased would come back. Where there is none, make an empty file',
        '"ledger/erasures" in the data folder: then nothing is erased again that a backup brought back.',
      ].join('\n'),
    );
  }
}

/** Answers how many engagements, accounts and people had come back, or into sight again. */
export async function replayErasures(context: RecordsContext): Promise<number> {
  const { database, ledger, clock } = context;
  const isMissing = ledger.isMissing;
  const lines = ledger.read();
  if (!isMissing && lines.length === 0) return 0;
  const subjects = (kind: string) => lines.filter((line) => line.kind === kind).map(({ subject }) => subject);
  const accounts = new Set(subjects('account'));
  const engagements = subjects('engagement');
  const answers = lines.filter(({ kind }) => kind === 'answers');
  const answersGone = [answers.map(({ subject }) => subject), answers.map(({ at }) => new Date(at))];
  const restricted = restrictedStill(lines);
  let replayed = 0;
  for (const { tenant_id: tenantId } of await database.allTenants()) {
    replayed += await database.inTenant(tenantId, async (manager) => {
      // A backup from before the first erasure holds none, and the erasures that came after it are missing all the same.
      if (isMissing && (await isUsed(manager))) throw new LedgerMissing();
      const [customer] = await manager.query<{ subject: string }[]>(hashOfTenant, [tenantId]);
      if (customer !== undefined && accounts.has(customer.subject)) {
        const at = new Date(clock());
        const end = { deactivatedAt: at, eraseAfter: at, eraseAskedBy: tenantId };
        await manager.getRepository(customerEntity).update({ tenantId }, end);
        await manager.query('SELECT end_account($1)', [at]);
        return 1;
      }
      const back = await manager.query<{ engagement_id: string }[]>(broughtBack, [
        engagements,
        new Date(clock()),
      ]);
      const rows = await manager
        .getRepository(engagementEntity)
        .findBy({ engagementId: In(back.map((each) => each.engagement_id)), erasedAt: IsNull() });
      for (const row of rows) await eraseContent(context, manager, row);
      await manager.query(answersBack, answersGone);
      const people = await manager.query<{ person_id: string }[]>(peopleBack, [subjects('person')]);
      for (const { person_id: personId } of people) await erasePerson(context, manager, personId);
      const [, inSight] = await manager.query<[unknown, number]>(restrictAgain, [
        restricted,
        new Date(clock()),
      ]);
      const lapsed = await replayLapsed(context, manager, subjects('lapse'));
      return rows.length + people.length + inSight + lapsed;
    });
  }
  ledger.tidy(clock());
  return replayed;
}

/** Those of which the last word is that they are out of sight. */
function restrictedStill(lines: readonly LedgerLine[]): readonly string[] {
  const since = new Map<string, boolean>();
  for (const { kind, subject } of lines.toSorted((one, other) => one.at - other.at)) {
    if (kind === 'restricted' || kind === 'freed') since.set(subject, kind === 'restricted');
  }
  return [...since].filter(([, isRestricted]) => isRestricted).map(([subject]) => subject);
}

/** Who starts for the first time has neither a ledger nor anything that could have been erased. */
async function isUsed(manager: EntityManager): Promise<boolean> {
  const [erasures, engagements] = [erasureEntity, engagementEntity].map((each) =>
    manager.getRepository(each),
  );
  return Boolean((await erasures?.exists()) || (await engagements?.exists()));
}

const hashOf = (column: string) => `encode(sha256(convert_to(${column}::text, 'UTF8')), 'hex')`;
const hashOfTenant = `SELECT ${hashOf('tenant_id')} AS subject FROM customer WHERE tenant_id = $1`;
/** Answers that were given after they went are given anew. */
const answersBack = `DELETE FROM survey_answers a
  USING unnest($1::text[], $2::timestamptz[]) AS gone (subject, at)
  WHERE ${hashOf('a.engagement_id')} = gone.subject AND a.at <= gone.at`;
const restrictAgain = `UPDATE engagement SET restricted_at = $2, version = version + 1
  WHERE restricted_at IS NULL AND erased_at IS NULL AND ${hashOf('engagement_id')} = ANY($1::text[])`;
const peopleBack = `SELECT person_id FROM person
  WHERE erased_at IS NULL AND ${hashOf('person_id')} = ANY($1::text[])`;
/** What waits for the end of a hold that is known here waits on. */
const broughtBack = `SELECT engagement_id FROM engagement e
  WHERE erased_at IS NULL AND ${hashOf('engagement_id')} = ANY($1::text[])
    AND NOT (erase_wanted_at IS NOT NULL AND EXISTS (SELECT FROM legal_hold h
      WHERE h.engagement_id = e.engagement_id AND h.lifted_at IS NULL AND h.held_until > $2))`;
