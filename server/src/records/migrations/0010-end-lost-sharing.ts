/** A lease or call that a crash left open ends with a reason of its own. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EndLostSharing1763760000010 implements MigrationInterface {
  readonly name = 'EndLostSharing1763760000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  /** A value cannot be taken out of a type: it stays, unused. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX lease_open, call_open');
    await runner.query("UPDATE lease SET end_reason = 'left' WHERE end_reason = 'connectionLost'");
    await runner.query('ALTER TABLE call DROP COLUMN end_reason');
    await runner.query('DROP TYPE call_end');
  }
}

const statements = [
  "ALTER TYPE lease_end ADD VALUE IF NOT EXISTS 'connectionLost'",
  "CREATE TYPE call_end AS ENUM ('ended', 'connectionLost')",
  'ALTER TABLE call ADD COLUMN end_reason call_end',
  'CREATE INDEX lease_open ON lease (tenant_id, engagement_id) WHERE ended_at IS NULL',
  'CREATE INDEX call_open ON call (tenant_id, engagement_id) WHERE ended_at IS NULL',
];
