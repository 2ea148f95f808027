/** An expert is let into a call by the visitor's yes, whose words are kept; and an organisation is named as contracts do. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LetExpertsIn1763760000058 implements MigrationInterface {
  readonly name = 'LetExpertsIn1763760000058';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE call_expert ALTER COLUMN organisation TYPE varchar(200)');
    await runner.query(`ALTER TABLE call_presence
      ADD COLUMN words_version varchar(10), ADD COLUMN words_language varchar(8),
      ADD CONSTRAINT call_presence_words CHECK ((words_version IS NULL) = (words_language IS NULL)
        AND (words_version IS NULL OR (expert_id IS NOT NULL AND noticed_at IS NOT NULL)))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE call_presence DROP COLUMN words_version, DROP COLUMN words_language');
    await runner.query(
      'ALTER TABLE call_expert ALTER COLUMN organisation TYPE varchar(64) USING left(organisation, 64)',
    );
  }
}
