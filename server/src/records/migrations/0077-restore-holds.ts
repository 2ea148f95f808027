/** A hold that comes back from the ledger after a restore is known by its end alone: who placed it was lost. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RestoreHolds1763760000077 implements MigrationInterface {
  readonly name = 'RestoreHolds1763760000077';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE legal_hold ALTER placed_by DROP NOT NULL');
  }

  /** Held by anybody is better than not held. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE legal_hold h SET placed_by = (SELECT person_id FROM person p
      WHERE p.tenant_id = h.tenant_id ORDER BY created_at LIMIT 1) WHERE placed_by IS NULL`);
    await runner.query('ALTER TABLE legal_hold ALTER placed_by SET NOT NULL');
  }
}
