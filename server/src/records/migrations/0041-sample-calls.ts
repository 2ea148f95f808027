/** A row of figures for each side of a call and about every ten seconds: loss, delay, rates and scores as numbers. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { carriedColumns, decisionTrigger } from './carried-columns.js';
import { secureTable } from './secure-table.js';

export class SampleCalls1763760000041 implements MigrationInterface {
  readonly name = 'SampleCalls1763760000041';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await runner.query(decisionTrigger('call_sample', 'metadata'));
    await secureTable(runner, 'call_sample', 'SELECT, INSERT, UPDATE, DELETE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE call_sample');
  }
}

const statements = [
  `CREATE TABLE call_sample (
    sample_id uuid PRIMARY KEY,
    engagement_id uuid NOT NULL,
    FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagement (tenant_id, engagement_id) ON DELETE CASCADE,
    call_id varchar(64) NOT NULL,
    party party NOT NULL,
    at timestamptz NOT NULL,
    up_loss_permille smallint,
    down_loss_permille smallint,
    jitter_ms integer,
    round_trip_ms integer,
    up_kbps integer,
    down_kbps integer,
    up_quality smallint,
    down_quality smallint,
    ${carriedColumns}
  )`,
  'CREATE INDEX call_sample_engagement ON call_sample (engagement_id)',
];
