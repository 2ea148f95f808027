/**
 * A site says whether children come to it, and an engagement that its visitor is of the age to consent: only that they
 * said so, and by which version of the ages; never an age or a day of birth.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NameAudiences1763760000036 implements MigrationInterface {
  readonly name = 'NameAudiences1763760000036';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("CREATE TYPE audience AS ENUM ('general', 'mayBeChildren', 'noChildren')");
    await runner.query("ALTER TABLE site ADD COLUMN audience audience NOT NULL DEFAULT 'general'");
    await runner.query('ALTER TABLE engagement ADD COLUMN of_age_by varchar(10)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE engagement DROP COLUMN of_age_by');
    await runner.query('ALTER TABLE site DROP COLUMN audience');
    await runner.query('DROP TYPE audience');
  }
}
