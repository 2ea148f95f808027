/** A site masks what looks like a number of a person, and can have rules of its own for some of its pages. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NetSiteTexts1763760000013 implements MigrationInterface {
  readonly name = 'NetSiteTexts1763760000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE site
      ADD COLUMN nets text[] NOT NULL DEFAULT '{card,iban,email,phone,nationalId}'
        CONSTRAINT site_nets CHECK (nets <@ '{card,iban,email,phone,nationalId}'::text[]),
      ADD COLUMN mask_pages text[] NOT NULL DEFAULT '{}',
      ADD COLUMN block_pages text[] NOT NULL DEFAULT '{}',
      ADD COLUMN show_pages text[] NOT NULL DEFAULT '{}',
      ADD COLUMN masking_changed_at timestamptz NOT NULL DEFAULT now()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE site DROP COLUMN nets, DROP COLUMN mask_pages, DROP COLUMN block_pages,
      DROP COLUMN show_pages, DROP COLUMN masking_changed_at`);
  }
}
