/** The technical facts of an engagement go at their own term, though its lines or answers may be kept for longer. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PurgeFacts1763760000011 implements MigrationInterface {
  readonly name = 'PurgeFacts1763760000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE engagement ADD COLUMN facts_purged_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE engagement DROP COLUMN facts_purged_at');
  }
}
