/** What a site lets be shown in its calls, the consent to it, and which kind was shown: never what was on it. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ShareScreens1763760000050 implements MigrationInterface {
  readonly name = 'ShareScreens1763760000050';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  /** A value cannot be taken out of a type: `screen` stays, unused. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM consent_entry WHERE scope::text = 'screen'");
    await runner.query('ALTER TABLE site DROP COLUMN screens');
    await runner.query(
      'ALTER TABLE call DROP COLUMN showed_tab, DROP COLUMN showed_window, DROP COLUMN showed_screen, DROP COLUMN agent_showed',
    );
  }
}

const statements = [
  "ALTER TYPE consent_scope ADD VALUE IF NOT EXISTS 'screen'",
  `ALTER TABLE site ADD COLUMN screens text NOT NULL DEFAULT 'tab' CHECK (screens IN ('none', 'tab', 'any'))`,
  `ALTER TABLE call
    ADD COLUMN showed_tab boolean NOT NULL DEFAULT false,
    ADD COLUMN showed_window boolean NOT NULL DEFAULT false,
    ADD COLUMN showed_screen boolean NOT NULL DEFAULT false,
    ADD COLUMN agent_showed boolean NOT NULL DEFAULT false`,
];
