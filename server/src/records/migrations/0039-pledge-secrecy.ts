/** A person promises to keep to themselves what visitors say and show, in words of a version, before they see any. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PledgeSecrecy1763760000039 implements MigrationInterface {
  readonly name = 'PledgeSecrecy1763760000039';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE person ADD COLUMN pledged_at timestamptz, ADD COLUMN pledge_version smallint,
      ADD CONSTRAINT person_pledge_whole CHECK ((pledged_at IS NULL) = (pledge_version IS NULL))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE person DROP COLUMN pledged_at, DROP COLUMN pledge_version');
  }
}
