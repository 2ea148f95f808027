/** A site can want voice and picture of its calls sealed from end to end. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SealMedia1763760000051 implements MigrationInterface {
  readonly name = 'SealMedia1763760000051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE site ADD COLUMN media_sealed boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE site DROP COLUMN media_sealed');
  }
}
