/**
 * Every group of the journal counts on in its engagements: with room beside them the new version of a row stays on its
 * page, and none of six indexes has to learn where it went.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LeaveRoomForCounters1763760000061 implements MigrationInterface {
  readonly name = 'LeaveRoomForCounters1763760000061';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE engagement SET (fillfactor = 50)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE engagement RESET (fillfactor)');
  }
}
