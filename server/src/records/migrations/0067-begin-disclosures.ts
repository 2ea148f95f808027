/** What is handed to an authority is begun first, and counts as handed out once its receipt has come back. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BeginDisclosures1763760000067 implements MigrationInterface {
  readonly name = 'BeginDisclosures1763760000067';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE disclosure
      ADD COLUMN begun_at timestamptz, ADD COLUMN begun_by uuid, ADD COLUMN receipt_hash varchar(64),
      ADD FOREIGN KEY (tenant_id, begun_by) REFERENCES person (tenant_id, person_id),
      ADD CONSTRAINT disclosure_begun CHECK (begun_at IS NULL
        OR (begun_by IS NOT NULL AND receipt_hash IS NOT NULL AND second_approver IS NOT NULL))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE disclosure DROP COLUMN begun_at, DROP COLUMN begun_by, DROP COLUMN receipt_hash',
    );
  }
}
