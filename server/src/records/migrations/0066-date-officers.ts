/** Since when an officer is one, or has their way in, of another officer's making; and when two-person matters began. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DateOfficers1763760000066 implements MigrationInterface {
  readonly name = 'DateOfficers1763760000066';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE disclosure DROP COLUMN recorded_at');
    await runner.query('ALTER TABLE person DROP COLUMN let_in_at, DROP COLUMN employer_stated_at');
  }
}

const statements = [
  'ALTER TABLE person ADD COLUMN let_in_at timestamptz, ADD COLUMN employer_stated_at timestamptz',
  // What of before cannot be told apart counts as letting in; nobody else let the first one of a customer in.
  `UPDATE person SET let_in_at = greatest(created_at, (SELECT max(at) FROM audit_entry a
      WHERE a.tenant_id = person.tenant_id AND a.subject = person.person_id::text AND a.actor_id <> person.person_id
        AND action IN ('person.invited', 'person.edited', 'person.linkRenewed')))
    WHERE EXISTS (SELECT FROM person first WHERE first.tenant_id = person.tenant_id
      AND first.created_at < person.created_at)`,
  'UPDATE person SET employer_stated_at = now() WHERE employer_stated_by IS NOT NULL',
  `ALTER TABLE person ADD CONSTRAINT person_employer_stated_at
    CHECK ((employer_stated_by IS NULL) = (employer_stated_at IS NULL))`,
  'ALTER TABLE disclosure ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT now()',
  `UPDATE disclosure d SET recorded_at = (SELECT min(at) FROM disclosure_history h
    WHERE h.tenant_id = d.tenant_id AND h.disclosure_id = d.disclosure_id)`,
];
