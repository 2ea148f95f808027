/**
 * One person's account can wait for its end and end: the row stays, since records and the audit name its id, and holds
 * nothing of the person any more. The address that a customer signed up with stood beside its first officer, unread.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ErasePeople1763760000044 implements MigrationInterface {
  readonly name = 'ErasePeople1763760000044';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE customer DROP COLUMN email');
    await runner.query(`ALTER TABLE person
      ADD COLUMN erase_after timestamptz,
      ADD COLUMN erase_asked_at timestamptz,
      ADD COLUMN erase_asked_by uuid,
      ADD COLUMN erased_at timestamptz,
      ADD FOREIGN KEY (tenant_id, erase_asked_by) REFERENCES person (tenant_id, person_id),
      ADD CONSTRAINT person_erase CHECK (num_nulls(erase_after, erase_asked_at, erase_asked_by) IN (0, 3)
        AND (erase_after IS NULL OR (disabled AND erased_at IS NULL AND erase_asked_by <> person_id
          AND erase_after <= erase_asked_at + interval '14 days 1 minute'))),
      ADD CONSTRAINT person_erased CHECK (erased_at IS NULL OR (disabled
        AND num_nonnulls(country, employer, password_hash, pledged_at) = 0
        AND email = person_id || '@erased.invalid' AND display_name = '#' || left(person_id::text, 8)))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE person DROP COLUMN erase_after, DROP COLUMN erase_asked_at,
      DROP COLUMN erase_asked_by, DROP COLUMN erased_at`);
    await runner.query("ALTER TABLE customer ADD COLUMN email varchar(254) NOT NULL DEFAULT ''");
  }
}
