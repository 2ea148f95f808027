/**
 * On every table, as on lines before, it is read once for a statement whose rows may be seen: for a page of the list of
 * engagements it was read for each row of five tables, and each of them planned with the others'.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { OWN, TENANT } from './secure-table.js';

const FOR_EACH = `tenant_id = ${TENANT}`;

export class ReadTenantOnceEverywhere1763760000076 implements MigrationInterface {
  readonly name = 'ReadTenantOnceEverywhere1763760000076';

  async up(runner: QueryRunner): Promise<void> {
    await ownRows(runner, OWN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await ownRows(runner, FOR_EACH);
  }
}

async function ownRows(runner: QueryRunner, own: string): Promise<void> {
  const tables: readonly { name: string }[] = await runner.query(
    `SELECT polrelid::regclass::text AS name FROM pg_policy
      WHERE polname = 'own_rows' AND polrelid <> 'chat_line'::regclass ORDER BY 1`,
  );
  for (const { name } of tables)
    await runner.query(`ALTER POLICY own_rows ON ${name} USING (${own}) WITH CHECK (${own})`);
}
