/** Row-level security of every table, what the app role may do, and the few look-ups that cross tenants. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';

export class SeparateTenants1763760000005 implements MigrationInterface {
  readonly name = 'SeparateTenants1763760000005';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, rights] of Object.entries(rightsOfApp)) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await runner.query(
        `CREATE POLICY own_rows ON ${table} TO ${APP_ROLE} USING (${OWN}) WITH CHECK (${OWN})`,
      );
      // Migrations and the look-ups below run as the owner, whom FORCE would else shut out.
      await runner.query(
        `CREATE POLICY owner_rows ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true)`,
      );
      await runner.query(`GRANT ${rights} ON ${table} TO ${APP_ROLE}`);
    }
    for (const { signature, create } of lookUps) {
      await runner.query(create);
      await runner.query(`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO ${APP_ROLE}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { signature } of lookUps) await runner.query(`DROP FUNCTION ${signature}`);
    for (const table of Object.keys(rightsOfApp)) {
      await runner.query(`REVOKE ALL ON ${table} FROM ${APP_ROLE}`);
      await runner.query(`DROP POLICY owner_rows ON ${table}`);
      await runner.query(`DROP POLICY own_rows ON ${table}`);
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
  }
}

/** An unset tenant matches no row. */
const OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid";

const ALL = 'SELECT, INSERT, UPDATE, DELETE';
const KEPT = 'SELECT, INSERT, UPDATE';
const APPENDED = 'SELECT, INSERT';
const PURGED = 'SELECT, INSERT, DELETE';

const rightsOfApp: Readonly<Record<string, string>> = {
  customer: KEPT,
  person: KEPT,
  site: KEPT,
  person_site: ALL,
  notice: APPENDED,
  survey_form: APPENDED,
  contract: APPENDED,
  enrolment: ALL,
  refresh_token: ALL,
  transfer_decision: 'SELECT, INSERT, UPDATE (ended_at)',
  engagement: ALL,
  journal_entry: PURGED,
  consent_entry: PURGED,
  lease: ALL,
  watch: PURGED,
  call: ALL,
  connection: PURGED,
  audit_entry: PURGED,
  introduction: PURGED,
  chat_line: PURGED,
  survey_answers: PURGED,
  erasure: APPENDED,
  purge_receipt: APPENDED,
};

const LOOK_UP = 'LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp';

/** Each answers with ids only, from something that the asker must know already. */
const lookUps = [
  {
    signature: 'site_of_key(text)',
    create: `CREATE FUNCTION site_of_key(text) RETURNS TABLE (tenant_id uuid, site_id uuid) ${LOOK_UP}
      AS 'SELECT tenant_id, site_id FROM public.site WHERE site_key = $1'`,
  },
  {
    signature: 'tenants_of_engagements(uuid[])',
    create: `CREATE FUNCTION tenants_of_engagements(uuid[]) RETURNS TABLE (engagement_id uuid, tenant_id uuid)
      ${LOOK_UP} AS 'SELECT engagement_id, tenant_id FROM public.engagement WHERE engagement_id = ANY($1)'`,
  },
  {
    signature: 'people_of_email(text)',
    create: `CREATE FUNCTION people_of_email(text) RETURNS TABLE (tenant_id uuid, person_id uuid) ${LOOK_UP}
      AS 'SELECT tenant_id, person_id FROM public.person WHERE email = $1 ORDER BY created_at LIMIT 4'`,
  },
  {
    signature: 'tenant_of_enrolment(text)',
    create: `CREATE FUNCTION tenant_of_enrolment(text) RETURNS TABLE (tenant_id uuid) ${LOOK_UP}
      AS 'SELECT tenant_id FROM public.enrolment WHERE secret_hash = $1'`,
  },
  {
    signature: 'tenant_of_refresh_token(text)',
    create: `CREATE FUNCTION tenant_of_refresh_token(text) RETURNS TABLE (tenant_id uuid) ${LOOK_UP}
      AS 'SELECT tenant_id FROM public.refresh_token WHERE token_hash = $1'`,
  },
  {
    signature: 'all_tenants()',
    create: `CREATE FUNCTION all_tenants() RETURNS TABLE (tenant_id uuid) ${LOOK_UP}
      AS 'SELECT tenant_id FROM public.customer'`,
  },
];
