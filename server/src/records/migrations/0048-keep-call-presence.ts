/** Who was in a call beside the lead, from when to when and in which way, and that the visitor was shown it. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { carriedColumns, decisionTrigger } from './carried-columns.js';
import { secureTable } from './secure-table.js';

export class KeepCallPresence1763760000048 implements MigrationInterface {
  readonly name = 'KeepCallPresence1763760000048';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await runner.query(decisionTrigger('call_presence', 'metadata'));
    await secureTable(runner, 'call_presence', 'SELECT, INSERT, UPDATE, DELETE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE call_presence');
    await runner.query('DROP TYPE call_mode');
  }
}

const statements = [
  "CREATE TYPE call_mode AS ENUM ('speak', 'whisper', 'listen')",
  `CREATE TABLE call_presence (
    presence_id uuid PRIMARY KEY,
    engagement_id uuid NOT NULL,
    FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagement (tenant_id, engagement_id) ON DELETE CASCADE,
    call_id varchar(64) NOT NULL,
    agent_id uuid NOT NULL,
    FOREIGN KEY (tenant_id, agent_id) REFERENCES person (tenant_id, person_id),
    mode call_mode NOT NULL,
    attended_at timestamptz NOT NULL,
    noticed_at timestamptz,
    left_at timestamptz,
    end_reason call_end,
    CONSTRAINT call_presence_end CHECK ((left_at IS NULL) = (end_reason IS NULL)),
    ${carriedColumns}
  )`,
  'CREATE INDEX call_presence_engagement ON call_presence (engagement_id)',
];
