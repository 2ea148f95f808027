/**
 * A line is known by its own id: that of the journal's entry which brought it nobody ever asked for, and its index was
 * a fifth of what storing a line costs.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NameLinesOnce1763760000073 implements MigrationInterface {
  readonly name = 'NameLinesOnce1763760000073';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE chat_line DROP COLUMN entry_id');
  }

  /** Of entries that are gone nothing is known; these ids are as good. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE chat_line ADD COLUMN entry_id uuid NOT NULL DEFAULT gen_random_uuid()');
    await runner.query('ALTER TABLE chat_line ALTER entry_id DROP DEFAULT, ADD UNIQUE (entry_id, shelf)');
  }
}
