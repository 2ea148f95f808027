/**
 * What the ledger of erasures names by a hash is found by it, for all customers at once: at each start every engagement
 * was hashed, by up to four statements of three seconds each where there are a million, of which none may take eight. One
 * takes 0.03 s now, for five hundred lines.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';

export class FindByHash1763760000079 implements MigrationInterface {
  readonly name = 'FindByHash1763760000079';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION engagements_of_hashes(text[])');
    await runner.query('DROP INDEX engagement_hash');
  }
}

const hash = (column: string) => `sha256(${column}::text::bytea)`;

const statements = [
  `CREATE INDEX engagement_hash ON engagement (${hash('engagement_id')})`,
  `CREATE FUNCTION engagements_of_hashes(text[])
    RETURNS TABLE (engagement_id uuid, tenant_id uuid, subject text) LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    AS $$ SELECT e.engagement_id, e.tenant_id, s.subject FROM unnest($1) AS s (subject)
      JOIN public.engagement e ON ${hash('e.engagement_id')} = decode(s.subject, 'hex') $$`,
  'REVOKE ALL ON FUNCTION engagements_of_hashes(text[]) FROM PUBLIC',
  `GRANT EXECUTE ON FUNCTION engagements_of_hashes(text[]) TO ${APP_ROLE}`,
];
