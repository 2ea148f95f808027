/**
 * Who took part in an engagement, from when to when, in which role and on which basis: a row for each stretch of each
 * agent. What is kept already has one agent each, who led from the acceptance on.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { carriedColumns, decisionTrigger } from './carried-columns.js';
import { secureTable } from './secure-table.js';

export class KeepParticipants1763760000023 implements MigrationInterface {
  readonly name = 'KeepParticipants1763760000023';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    // After what was there is copied: decisions that have ended since still cover it.
    await runner.query(decisionTrigger('participant', 'metadata'));
    await secureTable(runner, 'participant', 'SELECT, INSERT, UPDATE, DELETE');
  }

  /** A value cannot be taken out of a type: `watch` stays, unused. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM consent_entry WHERE scope::text = 'watch'");
    await runner.query('DROP TABLE participant');
    await runner.query('DROP TYPE participant_role, participant_end');
  }
}

const statements = [
  "ALTER TYPE consent_scope ADD VALUE IF NOT EXISTS 'watch'",
  "CREATE TYPE participant_role AS ENUM ('lead', 'agent', 'supervisor')",
  "CREATE TYPE participant_end AS ENUM ('passed', 'left', 'lost', 'revoked', 'transferLapsed', 'ended')",
  `CREATE TABLE participant (
    participant_id uuid PRIMARY KEY,
    engagement_id uuid NOT NULL,
    FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagement (tenant_id, engagement_id) ON DELETE CASCADE,
    agent_id uuid NOT NULL,
    agent_country char(2),
    role participant_role NOT NULL,
    supervises boolean NOT NULL,
    reading_decision_id uuid,
    joined_at timestamptz NOT NULL,
    noticed_at timestamptz,
    left_at timestamptz,
    end_reason participant_end,
    FOREIGN KEY (tenant_id, agent_id) REFERENCES person (tenant_id, person_id),
    FOREIGN KEY (tenant_id, reading_decision_id) REFERENCES transfer_decision (tenant_id, decision_id),
    CONSTRAINT participant_end CHECK ((left_at IS NULL) = (end_reason IS NULL)),
    ${carriedColumns}
  )`,
  'CREATE INDEX participant_engagement ON participant (engagement_id)',
  `CREATE UNIQUE INDEX participant_open ON participant (engagement_id, agent_id) WHERE left_at IS NULL`,
  'CREATE INDEX participant_agent ON participant (tenant_id, agent_id) WHERE left_at IS NULL',
  `INSERT INTO participant (participant_id, engagement_id, agent_id, agent_country, role, supervises,
      reading_decision_id, joined_at, noticed_at, tenant_id, origin_country, origin_evidence, storage_region, purpose,
      decision_id)
    SELECT gen_random_uuid(), engagement_id, agent_id, agent_country, 'lead', false, reading_decision_id, accepted_at,
      accepted_at, tenant_id, origin_country, origin_evidence, storage_region, 'accountability', decision_id
    FROM engagement WHERE agent_id IS NOT NULL AND accepted_at IS NOT NULL`,
];
