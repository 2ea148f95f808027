/** That those whom a disclosure concerns were told, on the day that was named for it or later. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TellConcerned1763760000069 implements MigrationInterface {
  readonly name = 'TellConcerned1763760000069';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE disclosure ADD COLUMN told_at timestamptz,
      ADD CONSTRAINT disclosure_told_after CHECK (told_at IS NULL OR (state = 'disclosed' AND tells_on IS NOT NULL))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE disclosure DROP COLUMN told_at');
  }
}
