/**
 * A batch of lines, entries or connections asks once whether decisions in force cover it, where each row asked by
 * itself; and its rows no longer look their customer up, whom the engagement that they refer to has already. The app
 * role sees which migrations there were, so that a start with none to make needs no other.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';
import { decisionTrigger } from './carried-columns.js';
import { makeShelf } from './shelf-functions.js';
import { shelvedTables } from './shelved-tables.js';

export class CheckDecisionsByStatement1763760000052 implements MigrationInterface {
  readonly name = 'CheckDecisionsByStatement1763760000052';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT SELECT ON migrations TO ${APP_ROLE}`);
    await runner.query(checkWritten);
    await runner.query(makeShelf({ guards: 'decisions' }));
    for (const [table, { dataClass }] of Object.entries(shelvedTables)) {
      await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_tenant_id_fkey`);
      await runner.query(`DROP TRIGGER ${table}_decision ON ${table}`);
      await runner.query(onUpdate(table, dataClass));
      for (const each of [table, ...(await shelvesOf(runner, table))])
        await runner.query(onInsert(each, dataClass));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, { dataClass }] of Object.entries(shelvedTables)) {
      for (const each of [table, ...(await shelvesOf(runner, table))])
        await runner.query(`DROP TRIGGER written_decisions ON ${each}`);
      await runner.query(`DROP TRIGGER ${table}_decision ON ${table}`);
      await runner.query(decisionTrigger(table, dataClass));
      await runner.query(`ALTER TABLE ${table} ADD FOREIGN KEY (tenant_id) REFERENCES customer`);
    }
    await runner.query(makeShelf({ guards: 'none' }));
    await runner.query('DROP FUNCTION check_written_decisions');
    await runner.query(`REVOKE SELECT ON migrations FROM ${APP_ROLE}`);
  }
}

/** A row that is changed is looked at by itself, as before: nothing changes many of these. */
const onUpdate = (table: string, dataClass: string) =>
  decisionTrigger(table, dataClass).replace('INSERT OR UPDATE', 'UPDATE');

/** On each shelf as well: what is written to it by its own name does not pass the table. */
const onInsert = (
  table: string,
  dataClass: string,
) => `CREATE TRIGGER written_decisions AFTER INSERT ON ${table}
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION check_written_decisions('${dataClass}')`;

/** The same as of one row, of every kind of row in the statement. */
const checkWritten = `CREATE FUNCTION check_written_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM (SELECT DISTINCT decision_id, tenant_id, storage_region, origin_country FROM written) AS n
      WHERE NOT EXISTS (SELECT FROM transfer_decision d
        WHERE d.decision_id = n.decision_id
          AND d.tenant_id = n.tenant_id
          AND d.outcome = 'ALLOW'
          AND d.access = 'store'
          AND d.data_class = TG_ARGV[0]::data_class
          AND d.to_country = n.storage_region
          AND d.origin_country = n.origin_country
          AND d.ended_at IS NULL
          AND (d.valid_until IS NULL OR d.valid_until >= clock_timestamp()));
    IF FOUND THEN
      RAISE EXCEPTION 'no transfer decision in force covers this row' USING ERRCODE = 'AL001';
    END IF;
    RETURN NULL;
  END $$`;

export async function shelvesOf(runner: QueryRunner, table: string): Promise<readonly string[]> {
  const found: readonly { name: string }[] = await runner.query(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = '${table}'::regclass ORDER BY 1`,
  );
  return found.map(({ name }) => name);
}
