/** The ledger names the words and the language of every consent that was given, leases included. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NameWords1763760000045 implements MigrationInterface {
  readonly name = 'NameWords1763760000045';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE lease DROP COLUMN words_version, DROP COLUMN words_language');
    await runner.query(
      "UPDATE consent_entry SET words_version = NULL, words_language = NULL WHERE scope::text <> 'transfer'",
    );
    await runner.query('ALTER TABLE consent_entry DROP CONSTRAINT consent_entry_transfer');
    await runner.query(`ALTER TABLE consent_entry ADD CONSTRAINT consent_entry_transfer CHECK (
      (scope::text = 'transfer') = (to_country IS NOT NULL)
      AND (scope::text = 'transfer' AND act = 'granted') = (words_version IS NOT NULL)
      AND (words_version IS NULL) = (words_language IS NULL))`);
  }
}

const statements = [
  'ALTER TABLE consent_entry DROP CONSTRAINT consent_entry_transfer',
  // Consents from before, and of a panel that does not tell, name none: only a transfer cannot be agreed to without.
  `ALTER TABLE consent_entry ADD CONSTRAINT consent_entry_transfer CHECK (
    (scope::text = 'transfer') = (to_country IS NOT NULL)
    AND (scope::text <> 'transfer' OR act <> 'granted' OR words_version IS NOT NULL)
    AND (act = 'granted' OR words_version IS NULL)
    AND (words_version IS NULL) = (words_language IS NULL))`,
  `ALTER TABLE lease ADD COLUMN words_version varchar(10), ADD COLUMN words_language varchar(8),
    ADD CONSTRAINT lease_words CHECK ((words_version IS NULL) = (words_language IS NULL))`,
];
