/** A site can want its calls to go through a relay alone. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class RelayCalls1763760000040 implements MigrationInterface {
  readonly name = 'RelayCalls1763760000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE site ADD COLUMN relay_only boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE site DROP COLUMN relay_only');
  }
}
