/**
 * Whose rows a transaction may see is read once for a statement on lines, where it was read for each line: of a page of
 * an export that was a quarter of the database's time, and of a purge and a long record as much.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT } from './secure-table.js';

export class ReadTenantOnce1763760000072 implements MigrationInterface {
  readonly name = 'ReadTenantOnce1763760000072';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ownLines(`(SELECT ${TENANT})`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(ownLines(TENANT));
  }
}

const ownLines = (tenant: string) =>
  `ALTER POLICY own_rows ON chat_line USING (tenant_id = ${tenant}) WITH CHECK (tenant_id = ${tenant})`;
