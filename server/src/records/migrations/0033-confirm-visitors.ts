/** A site can have a key with which its own server confirms who a signed-in visitor is, and an introduction says so. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ConfirmVisitors1763760000033 implements MigrationInterface {
  readonly name = 'ConfirmVisitors1763760000033';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE site ADD COLUMN identity_key text');
    await runner.query('ALTER TABLE introduction ADD COLUMN confirmed_as varchar(120)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE introduction DROP COLUMN confirmed_as');
    await runner.query('ALTER TABLE site DROP COLUMN identity_key');
  }
}
