/** Who watches is written when they begin: should `live` be lost meanwhile, the end alone is unknown. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';

const atTheEnd = 'watched_to, points, draws, scrolls, clicks, types, navigations';

export class OpenWatches1763760000007 implements MigrationInterface {
  readonly name = 'OpenWatches1763760000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE watch ALTER COLUMN watched_to DROP NOT NULL');
    await runner.query(`GRANT UPDATE (${atTheEnd}) ON watch TO ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`REVOKE UPDATE (${atTheEnd}) ON watch FROM ${APP_ROLE}`);
    await runner.query('UPDATE watch SET watched_to = watched_from WHERE watched_to IS NULL');
    await runner.query('ALTER TABLE watch ALTER COLUMN watched_to SET NOT NULL');
  }
}
