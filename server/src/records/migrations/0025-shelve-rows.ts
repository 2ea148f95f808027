/**
 * Lines, journal entries and connections lie on shelves, one partition for each month in which their engagement
 * began, so that a month whose terms are over goes as a whole. What there was before this stays together on the shelf
 * that takes the rest. Only the owner of the tables makes and drops shelves, through two functions that look for
 * themselves whether it is time.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';
import { decisionTrigger } from './carried-columns.js';
import { secureTable } from './secure-table.js';
import { shelfFunctions } from './shelf-functions.js';
import { type ShelvedTable, shelvedTables } from './shelved-tables.js';

export class ShelveRows1763760000025 implements MigrationInterface {
  readonly name = 'ShelveRows1763760000025';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    for (const [table, described] of Object.entries(shelvedTables)) await shelve(runner, table, described);
    for (const { create, signature } of shelfFunctions) {
      await runner.query(create);
      await runner.query(`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`);
    }
    await runner.query(
      `GRANT EXECUTE ON FUNCTION make_shelves(), drop_shelf(text, date, timestamptz) TO ${APP_ROLE}`,
    );
    await runner.query('SELECT make_shelves()');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { signature } of shelfFunctions.toReversed()) await runner.query(`DROP FUNCTION ${signature}`);
    for (const [table, described] of Object.entries(shelvedTables)) await unshelve(runner, table, described);
    await runner.query('ALTER TABLE purge_receipt DROP COLUMN shelf');
    await runner.query('ALTER TABLE engagement DROP CONSTRAINT engagement_shelf');
    await runner.query('DROP INDEX engagement_on_shelf');
    await runner.query('ALTER TABLE engagement DROP COLUMN shelf');
  }
}

/** Of the transaction, so that an engagement and its first line cannot fall on two sides of midnight. */
const THIS_MONTH = "date_trunc('month', now() AT TIME ZONE 'UTC')::date";

const statements = [
  `ALTER TABLE engagement ADD COLUMN shelf date NOT NULL DEFAULT (${THIS_MONTH})`,
  "UPDATE engagement SET shelf = date_trunc('month', requested_at AT TIME ZONE 'UTC')::date",
  // What the rows on a shelf refer to: none can lie on another one than its engagement's.
  'ALTER TABLE engagement ADD CONSTRAINT engagement_shelf UNIQUE (tenant_id, engagement_id, shelf)',
  'CREATE INDEX engagement_on_shelf ON engagement (shelf)',
  'ALTER TABLE purge_receipt ADD COLUMN shelf date',
];

const PAIR = '(tenant_id, engagement_id)';
const TRIPLE = '(tenant_id, engagement_id, shelf)';

async function shelve(runner: QueryRunner, table: string, described: ShelvedTable): Promise<void> {
  const rest = `${table}_rest`;
  const references = await referencesOf(runner, table);
  await runner.query(`ALTER TABLE ${table} ADD COLUMN shelf date`);
  await runner.query(
    `UPDATE ${table} t SET shelf = e.shelf FROM engagement e WHERE e.engagement_id = t.engagement_id`,
  );
  await runner.query(
    `ALTER TABLE ${table} ALTER COLUMN shelf SET DEFAULT ${THIS_MONTH}, ALTER COLUMN shelf SET NOT NULL`,
  );
  await strip(runner, table, described);
  await runner.query(`ALTER TABLE ${table} RENAME TO ${rest}`);
  await runner.query(
    `CREATE TABLE ${table} (LIKE ${rest} INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (shelf)`,
  );
  await runner.query(`ALTER TABLE ${table} ATTACH PARTITION ${rest} DEFAULT`);
  const keys = described.keys.map((key) => key.replace(')', ', shelf)'));
  const shelved = references.map((each) =>
    each.replace(PAIR, TRIPLE).replace(`engagement${PAIR}`, `engagement${TRIPLE}`),
  );
  await furnish(runner, { table, described, constraints: [...keys, ...shelved] });
}

async function unshelve(runner: QueryRunner, table: string, described: ShelvedTable): Promise<void> {
  const flat = `${table}_flat`;
  const references = (await referencesOf(runner, table)).map((each) => each.replaceAll(TRIPLE, PAIR));
  await runner.query(`CREATE TABLE ${flat} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
  await runner.query(`INSERT INTO ${flat} SELECT * FROM ${table}`);
  await runner.query(`DROP TABLE ${table}`);
  await runner.query(`ALTER TABLE ${flat} RENAME TO ${table}`);
  await runner.query(`ALTER TABLE ${table} DROP COLUMN shelf`);
  await furnish(runner, { table, described, constraints: [...described.keys, ...references] });
}

/** As they are, whatever other migrations have made of them. */
async function referencesOf(runner: QueryRunner, table: string): Promise<readonly string[]> {
  const found: readonly { definition: string }[] = await runner.query(
    `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
      WHERE conrelid = '${table}'::regclass AND contype = 'f' ORDER BY conname`,
  );
  return found.map((each) => each.definition);
}

/** What a partition gets from its table, and what would let somebody in past it. */
async function strip(runner: QueryRunner, table: string, { indexes }: ShelvedTable): Promise<void> {
  const named: readonly { conname: string }[] = await runner.query(
    `SELECT conname FROM pg_constraint WHERE conrelid = '${table}'::regclass AND contype IN ('f', 'p', 'u')`,
  );
  for (const { conname } of named) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${conname}`);
  for (const column of indexes) await runner.query(`DROP INDEX ${table}_${column.replace('_id', '')}`);
  await runner.query(`DROP TRIGGER ${table}_decision ON ${table}`);
  for (const policy of ['own_rows', 'owner_rows']) await runner.query(`DROP POLICY ${policy} ON ${table}`);
  await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
  await runner.query(`REVOKE ALL ON ${table} FROM ${APP_ROLE}`);
}

async function furnish(
  runner: QueryRunner,
  {
    table,
    described,
    constraints,
  }: { table: string; described: ShelvedTable; constraints: readonly string[] },
): Promise<void> {
  for (const each of constraints) await runner.query(`ALTER TABLE ${table} ADD ${each}`);
  for (const column of described.indexes)
    await runner.query(`CREATE INDEX ${table}_${column.replace('_id', '')} ON ${table} (${column})`);
  await runner.query(decisionTrigger(table, described.dataClass));
  await secureTable(runner, table, 'SELECT, INSERT, DELETE');
}
