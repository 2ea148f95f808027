/**
 * Whom a transfer goes to: for whom a person works, and the organisation of a decision. What was signed covers the one
 * that it was signed with from now on, and not everybody in its country.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NameImporters1763760000042 implements MigrationInterface {
  readonly name = 'NameImporters1763760000042';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transfer_decision DROP COLUMN importer, DROP COLUMN importer_is');
    await runner.query('ALTER TABLE person DROP COLUMN employer');
    await runner.query('DROP TYPE importer_kind');
  }
}

const statements = [
  "CREATE TYPE importer_kind AS ENUM ('customer', 'processor', 'other')",
  'ALTER TABLE person ADD COLUMN employer varchar(200)',
  `ALTER TABLE transfer_decision ADD COLUMN importer varchar(200), ADD COLUMN importer_is importer_kind,
    ADD CONSTRAINT transfer_decision_importer CHECK ((importer IS NULL) = (importer_is IS NULL))`,
  // Nobody wrote down yet who the people and the host are: what rests on a name is decided again, and refused until then.
  `UPDATE transfer_decision SET ended_at = clock_timestamp() WHERE ended_at IS NULL AND basis IS NOT NULL
    AND basis::text NOT LIKE 'NONE%' AND basis::text NOT IN ('ADEQUACY', 'ART49_A')`,
];
