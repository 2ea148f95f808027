/** Erases and restricts again what a restored database has brought back, before anything is served from it. */

import { setTimeout as pause } from 'node:timers/promises';
import { type EntityManager, In, IsNull } from 'typeorm';
import { erasePerson } from '../accounts/erase-person.js';
import type { Database } from '../database/database.js';
import { customerEntity } from '../entities/customer-entity.js';
import { engagementEntity } from '../entities/engagement-entity.js';
import { erasureEntity } from '../entities/erasure-entity.js';
import { replayLapsed } from '../lapses/erase-lapsed.js';
import type { RecordsContext } from '../records-context.js';
import { eraseContent } from '../rights/erase-content.js';
import { hashId, hashOf, type LedgerLine } from './erasure-ledger.js';
import { replayHolds } from './replay-holds.js';
import { ReplayRefused } from './replay-refused.js';

/** The advisory lock by which one process at a time replays, and how soon another asks for it again. */
const REPLAY_LOCK = 7_219_002;
const TURN_MS = 50;
/** So few at once that no statement takes long, however many lines there are. */
const LOOKED_UP = 5_000;

interface NamedRow {
  readonly engagement_id: string;
  readonly tenant_id: string;
  readonly subject: string;
}

/** Thrown at the start; its message is for the person who starts. */
export class LedgerMissing extends Error {
  override readonly name = 'LedgerMissing';

  constructor() {
    super(
      [
        'The database has been used, and the ledger of erasures that belongs to it is not here.',
        'If the database was restored, bring the folder "ledger" of its data folder back as well, as it was last:',
        'without it, what people had erased would come back, and whoever was shut out. Where there is none, make an',
        'empty file "ledger/erasures" in the data folder: then nothing goes again that a backup brought back.',
      ].join('\n'),
    );
  }
}

/** Answers how many engagements, accounts, people and holds had come back, were missing, or were in sight again. */
export async function replayErasures(context: RecordsContext): Promise<number> {
  const { database, ledger, clock } = context;
  const isMissing = ledger.isMissing;
  const lines = ledger.read();
  if (!isMissing && lines.length === 0) return 0;
  const known = await engagementsNamed(database, lines);
  let replayed = 0;
  for (const { tenant_id: tenantId } of await database.allTenants()) {
    replayed += await database.inTenant(tenantId, async (manager) => {
      await takeTurn(manager);
      // A backup from before the first erasure holds none, and the erasures that came after it are missing all the same.
      if (isMissing && (await isUsed(manager))) throw new LedgerMissing();
      return replay(context, manager, { tenantId, lines, own: known.get(tenantId) ?? new Map() });
    });
  }
  ledger.tidy(clock());
  return replayed;
}

/** Of processes that start together each finds what the one before has put right, however long that took. */
async function takeTurn(manager: EntityManager): Promise<void> {
  const ask = 'SELECT pg_try_advisory_xact_lock($1) AS mine';
  for (;;) {
    const [turn] = await manager.query<{ mine: boolean }[]>(ask, [REPLAY_LOCK]);
    if (turn?.mine) return;
    await pause(TURN_MS);
  }
}

/** Of each customer the engagements that the lines name: hash to id. */
async function engagementsNamed(
  database: Database,
  lines: readonly LedgerLine[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const named = new Map<string, Map<string, string>>();
  const subjects = [...new Set(lines.map(({ subject }) => subject))];
  for (let from = 0; from < subjects.length; from += LOOKED_UP) {
    const some = subjects.slice(from, from + LOOKED_UP);
    for (const each of await database.lookUp<NamedRow>('engagements_of_hashes', some)) {
      const own = named.get(each.tenant_id) ?? new Map<string, string>();
      named.set(each.tenant_id, own.set(each.subject, each.engagement_id));
    }
  }
  return named;
}

async function replay(
  context: RecordsContext,
  manager: EntityManager,
  {
    tenantId,
    lines,
    own,
  }: { tenantId: string; lines: readonly LedgerLine[]; own: ReadonlyMap<string, string> },
): Promise<number> {
  const now = new Date(context.clock());
  const subjects = (kind: string) => hashesOf(lines.filter((line) => line.kind === kind));
  const ids = (hashes: readonly string[]) => hashes.flatMap((subject) => own.get(subject) ?? []);
  // Nothing is asked of what is in no line.
  const ofAny = async <Row = unknown>(hashes: readonly string[], statement: string, ...more: unknown[]) =>
    hashes.length === 0 ? ([] as Row[]) : manager.query<Row[]>(statement, [hashes, ...more]);
  if ((await ofAny(subjects('account'), ownHash, tenantId)).length > 0) {
    const end = { deactivatedAt: now, eraseAfter: now, eraseAskedBy: tenantId };
    await manager.getRepository(customerEntity).update({ tenantId }, end);
    await manager.query('SELECT end_account($1)', [now]);
    return 1;
  }
  // First, since what they keep must not go with what follows.
  const held = await replayHolds(context, manager, { lines, own });
  const back = await ofAny<{ engagement_id: string }>(ids(subjects('engagement')), broughtBack, now);
  const rows = await manager
    .getRepository(engagementEntity)
    .findBy({ engagementId: In(back.map((each) => each.engagement_id)), erasedAt: IsNull() });
  for (const engagement of rows) {
    const erased = await eraseContent(context, manager, { engagement, by: 'system' });
    if (!erased.ok) throw new ReplayRefused(erased.refusal);
  }
  const answers = lines.filter(({ kind, subject }) => kind === 'answers' && own.has(subject));
  const gone = [answers.map(({ at }) => new Date(at)), answers.map(({ hold }) => hold !== undefined)];
  await ofAny(ids(answers.map(({ subject }) => subject)), answersBack, ...gone, now);
  const people = await ofAny<{ person_id: string }>(subjects('person'), peopleBack);
  for (const { person_id: personId } of people) await erasePerson(context, manager, personId);
  const shutOut = linesStill(lines, 'shutOut', 'letIn');
  const out = await ofAny(hashesOf(shutOut), shutOutAgain, now);
  const account = hashId(tenantId);
  const rest = shutOut.find(({ subject }) => subject === account);
  const eraseAfter = rest?.eraseAfter === undefined ? null : new Date(rest.eraseAfter);
  if (rest !== undefined)
    out.push(...(await manager.query<unknown[]>(restAgain, [tenantId, now, eraseAfter])));
  const restricted = ids(hashesOf(linesStill(lines, 'restricted', 'freed')));
  const inSight = await ofAny(restricted, restrictAgain, now);
  const lapsed = await replayLapsed(context, manager, subjects('lapse'));
  return rows.length + people.length + out.length + inSight.length + held + lapsed;
}

const hashesOf = (lines: readonly LedgerLine[]) => lines.map(({ subject }) => subject);

/** The last word of each of which that is this one of the two. */
function linesStill(
  lines: readonly LedgerLine[],
  word: LedgerLine['kind'],
  takenBack: LedgerLine['kind'],
): readonly LedgerLine[] {
  const last = new Map<string, LedgerLine>();
  for (const line of lines.toSorted((one, other) => one.at - other.at)) {
    if (line.kind === word || line.kind === takenBack) last.set(line.subject, line);
  }
  return [...last.values()].filter(({ kind }) => kind === word);
}

/** Who starts for the first time has neither a ledger nor anything that could have been erased. */
async function isUsed(manager: EntityManager): Promise<boolean> {
  return (
    (await manager.getRepository(erasureEntity).exists()) || manager.getRepository(engagementEntity).exists()
  );
}

const ownHash = `SELECT 1 FROM customer WHERE tenant_id = $2 AND ${hashOf('tenant_id')} = ANY($1::text[])`;
const isHeld = (engagementId: string, now: string) => `EXISTS (SELECT FROM legal_hold h
  WHERE h.engagement_id = ${engagementId} AND h.lifted_at IS NULL AND h.held_until > ${now})`;
/**
 * Answers that were given after they went are given anew; those that a hold keeps go with a start after it, unless the
 * request by which they are to go is known here: then they go by that, as ever.
 */
const answersBack = `DELETE FROM survey_answers a
  USING unnest($1::uuid[], $2::timestamptz[], $3::boolean[]) AS gone (engagement_id, at, was_held)
  WHERE a.engagement_id = gone.engagement_id AND a.at <= gone.at AND NOT ${isHeld('a.engagement_id', '$4')}
    AND NOT (gone.was_held AND EXISTS (SELECT FROM rights_case c WHERE c.engagement_id = a.engagement_id
      AND c.kind = 'objection' AND c.objects_to = 'feedback' AND c.executed_at >= a.at))`;
/** One that runs again, or is written up again, is over. */
const closes = (
  reason: string,
) => `version = version + 1, phase = 'closed', closed_at = coalesce(closed_at, $2),
    ended_at = coalesce(ended_at, $2), ended_by = coalesce(ended_by, 'system'),
    end_reason = coalesce(end_reason, '${reason}')`;
/** Who restricted it, and whether they talked on, went with the rest. */
const restrictAgain = `WITH again AS (UPDATE engagement SET restricted_at = $2, ${closes('restricted')}
    WHERE restricted_at IS NULL AND erased_at IS NULL AND engagement_id = ANY($1::uuid[]) RETURNING 1)
  SELECT 1 FROM again`;
const peopleBack = `SELECT person_id FROM person
  WHERE erased_at IS NULL AND ${hashOf('person_id')} = ANY($1::text[])`;
/** Who was disabled, with whatever they have open; links that they gave lead nowhere by that. */
const shutOutAgain = `WITH again AS (UPDATE person SET disabled = true
    WHERE NOT disabled AND ${hashOf('person_id')} = ANY($1::text[]) RETURNING person_id),
  sessions AS (UPDATE refresh_token SET revoked_at = $2
    WHERE revoked_at IS NULL AND person_id IN (SELECT person_id FROM again))
  SELECT 1 FROM again`;
/** The customer's account, which waits to be erased where it did. */
const restAgain = `WITH again AS (UPDATE customer SET deactivated_at = $2, erase_after = $3,
    erase_asked_by = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE tenant_id END
    WHERE tenant_id = $1 AND deactivated_at IS NULL RETURNING 1),
  sessions AS (UPDATE refresh_token SET revoked_at = $2 WHERE revoked_at IS NULL AND EXISTS (SELECT FROM again)),
  open AS (UPDATE engagement SET ${closes('revoked')} WHERE phase <> 'closed' AND EXISTS (SELECT FROM again))
  SELECT 1 FROM again`;
/** What waits for the end of a hold that is known here waits on. */
const broughtBack = `SELECT engagement_id FROM engagement e
  WHERE erased_at IS NULL AND engagement_id = ANY($1::uuid[])
    AND NOT (erase_wanted_at IS NOT NULL AND ${isHeld('e.engagement_id', '$2')})`;
