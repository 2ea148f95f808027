/** Signing in asks only people who can: others of the same address must not push them out of the answer. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindEnrolledPeople1763760000006 implements MigrationInterface {
  readonly name = 'FindEnrolledPeople1763760000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      replace('WHERE email = $1 AND password_hash IS NOT NULL AND NOT disabled ORDER BY created_at'),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(replace('WHERE email = $1 ORDER BY created_at LIMIT 4'));
  }
}

/** Rights and owner of the function stay as they are. */
function replace(condition: string): string {
  return `CREATE OR REPLACE FUNCTION people_of_email(text) RETURNS TABLE (tenant_id uuid, person_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS 'SELECT tenant_id, person_id FROM public.person ${condition}'`;
}
