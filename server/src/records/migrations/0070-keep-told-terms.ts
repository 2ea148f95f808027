/** Which shorter terms held until when: whoever came before then was told of them. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepToldTerms1763760000070 implements MigrationInterface {
  readonly name = 'KeepToldTerms1763760000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE customer ADD COLUMN former_terms jsonb NOT NULL DEFAULT '[]'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE customer DROP COLUMN former_terms');
  }
}
