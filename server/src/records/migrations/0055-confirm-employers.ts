/** For whom a person works is stated by one officer and confirmed by another; what was stated before stands. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ConfirmEmployers1763760000055 implements MigrationInterface {
  readonly name = 'ConfirmEmployers1763760000055';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE person ADD COLUMN employer_stated varchar(200), ADD COLUMN employer_stated_by uuid,
      ADD FOREIGN KEY (tenant_id, employer_stated_by) REFERENCES person (tenant_id, person_id),
      ADD CONSTRAINT person_employer_stated CHECK ((employer_stated IS NULL) = (employer_stated_by IS NULL)
        AND (employer_stated IS NULL OR employer = ''))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE person DROP COLUMN employer_stated, DROP COLUMN employer_stated_by');
  }
}
