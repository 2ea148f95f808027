/**
 * A customer's account can rest, wait for its end, and end: then every row of the tenant goes, and one line in the
 * ledger of ended accounts says so, for a database that is restored from before.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';
import { secureTable } from './secure-table.js';

export class EndAccounts1763760000022 implements MigrationInterface {
  readonly name = 'EndAccounts1763760000022';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await secureTable(runner, 'ended_account', 'SELECT');
    await runner.query('REVOKE ALL ON FUNCTION end_account(timestamptz) FROM PUBLIC');
    await runner.query(`GRANT EXECUTE ON FUNCTION end_account(timestamptz) TO ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION end_account(timestamptz)');
    await runner.query('DROP TABLE ended_account');
    await runner.query(
      'ALTER TABLE customer DROP COLUMN deactivated_at, DROP COLUMN erase_after, DROP COLUMN erase_asked_by',
    );
  }
}

const statements = [
  `ALTER TABLE customer ADD COLUMN deactivated_at timestamptz, ADD COLUMN erase_after timestamptz,
    ADD COLUMN erase_asked_by uuid,
    ADD CONSTRAINT customer_erase CHECK ((erase_after IS NULL) = (erase_asked_by IS NULL)
      AND (erase_after IS NULL OR (deactivated_at IS NOT NULL AND erase_after <= deactivated_at + interval '14 days 1 minute')))`,
  // No foreign key: the account is gone.
  `CREATE TABLE ended_account (
    tenant_id uuid PRIMARY KEY,
    ended_at timestamptz NOT NULL,
    removed_rows integer NOT NULL
  )`,
  // Tables hang on one another, and more will come: each is tried until nothing is in its way any more.
  `CREATE FUNCTION end_account(now timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
    DECLARE
      tenant CONSTANT uuid := nullif(current_setting('app.tenant', true), '')::uuid;
      left_over text[];
      waiting text[];
      each text;
      removed integer := 0;
      gone integer;
    BEGIN
      PERFORM 1 FROM customer WHERE tenant_id = tenant AND erase_after <= now FOR UPDATE;
      IF NOT FOUND THEN RETURN 0; END IF;
      SELECT array_agg(c.table_name::text) INTO left_over
        FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE'
          AND c.table_name <> 'ended_account';
      WHILE cardinality(left_over) > 0 LOOP
        waiting := '{}';
        FOREACH each IN ARRAY left_over LOOP
          BEGIN
            EXECUTE format('DELETE FROM public.%I WHERE tenant_id = $1', each) USING tenant;
            GET DIAGNOSTICS gone = ROW_COUNT;
            removed := removed + gone;
          EXCEPTION WHEN foreign_key_violation THEN
            waiting := waiting || each;
          END;
        END LOOP;
        IF cardinality(waiting) = cardinality(left_over) THEN
          RAISE EXCEPTION 'rows of an ended account hang on one another';
        END IF;
        left_over := waiting;
      END LOOP;
      INSERT INTO ended_account VALUES (tenant, now, removed) ON CONFLICT (tenant_id) DO UPDATE SET ended_at = now;
      RETURN removed;
    END $$`,
];
