/** The consent ledger also holds explicit consents to a transfer: to which country, and in which words and language. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AskOfTransfers1763760000035 implements MigrationInterface {
  readonly name = 'AskOfTransfers1763760000035';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  /** A value cannot be taken out of a type: `transfer` stays, unused. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM consent_entry WHERE scope::text = 'transfer'");
    await runner.query(
      'ALTER TABLE consent_entry DROP COLUMN to_country, DROP COLUMN words_version, DROP COLUMN words_language',
    );
  }
}

const statements = [
  "ALTER TYPE consent_scope ADD VALUE IF NOT EXISTS 'transfer'",
  `ALTER TABLE consent_entry ADD COLUMN to_country char(2), ADD COLUMN words_version varchar(10),
    ADD COLUMN words_language varchar(8)`,
  // A new value cannot be named before it is committed, so the text of it is.
  `ALTER TABLE consent_entry ADD CONSTRAINT consent_entry_transfer CHECK (
    (scope::text = 'transfer') = (to_country IS NOT NULL)
    AND (scope::text = 'transfer' AND act = 'granted') = (words_version IS NOT NULL)
    AND (words_version IS NULL) = (words_language IS NULL))`,
  'CREATE INDEX consent_entry_transfers ON consent_entry (tenant_id, at) WHERE to_country IS NOT NULL',
];
