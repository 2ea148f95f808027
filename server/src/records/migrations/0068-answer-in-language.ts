/** Whoever asks by their rights is answered in their language, also where no conversation says which that is. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AnswerInLanguage1763760000068 implements MigrationInterface {
  readonly name = 'AnswerInLanguage1763760000068';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE rights_case ADD COLUMN language varchar(8) NOT NULL DEFAULT 'en'");
    await runner.query(`UPDATE rights_case c SET language = 'de' FROM engagement e
      WHERE e.engagement_id = c.engagement_id AND e.language = 'de'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rights_case DROP COLUMN language');
  }
}
