/** Signed clauses can be ended: the row stays, since decisions of before rested on it. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';

export class EndContracts1763760000009 implements MigrationInterface {
  readonly name = 'EndContracts1763760000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE contract ADD COLUMN ended_at timestamptz');
    await runner.query(`GRANT UPDATE (ended_at) ON contract TO ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`REVOKE UPDATE (ended_at) ON contract FROM ${APP_ROLE}`);
    await runner.query('ALTER TABLE contract DROP COLUMN ended_at');
  }
}
