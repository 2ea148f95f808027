/** Gives a table its row-level security: the app role sees one tenant, and may do what is granted to it. */

import type { QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';

export const TENANT = "nullif(current_setting('app.tenant', true), '')::uuid";
/** Read once for a statement, and not for each row that it looks at. */
export const OWN = `tenant_id = (SELECT ${TENANT})`;

export async function secureTable(runner: QueryRunner, table: string, rights: string): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(`CREATE POLICY own_rows ON ${table} TO ${APP_ROLE} USING (${OWN}) WITH CHECK (${OWN})`);
  await runner.query(`CREATE POLICY owner_rows ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true)`);
  await runner.query(`GRANT ${rights} ON ${table} TO ${APP_ROLE}`);
}

/** A function that does, for the tenant of the transaction alone, what the app role may not do by itself. */
export async function createPurger(
  runner: QueryRunner,
  { signature, body }: { signature: string; body: string },
): Promise<void> {
  await runner.query(`CREATE FUNCTION ${signature} RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$ ${body} $$`);
  await runner.query(`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO ${APP_ROLE}`);
}
