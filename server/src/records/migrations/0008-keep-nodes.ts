/** The node on which an engagement lives is kept with it, so that every ticket of it leads to the same one. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class KeepNodes1763760000008 implements MigrationInterface {
  readonly name = 'KeepNodes1763760000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE engagement ADD COLUMN node_id varchar(64), ADD COLUMN node_start varchar(50)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE engagement DROP COLUMN node_id, DROP COLUMN node_start');
  }
}
