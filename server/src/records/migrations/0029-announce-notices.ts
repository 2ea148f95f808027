/**
 * Each version of a notice says from when it applies: the first one at once, since nobody was told anything before, and
 * every other one fourteen days after it was published at the earliest.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AnnounceNotices1763760000029 implements MigrationInterface {
  readonly name = 'AnnounceNotices1763760000029';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notice ADD COLUMN effective_at timestamptz');
    await runner.query('UPDATE notice SET effective_at = published_at');
    await runner.query('ALTER TABLE notice ALTER effective_at SET NOT NULL');
    // What was published before there was such a rule stays as it was.
    await runner.query(`ALTER TABLE notice ADD CONSTRAINT notice_announced
      CHECK (version = 1 OR effective_at >= published_at + interval '14 days') NOT VALID`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notice DROP COLUMN effective_at');
  }
}
