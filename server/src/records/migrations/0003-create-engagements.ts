/** Class technical metadata: engagements and what happened in them, in closed columns. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { carriedColumns, decisionTrigger } from './carried-columns.js';

export class CreateEngagements1763760000003 implements MigrationInterface {
  readonly name = 'CreateEngagements1763760000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    for (const table of metadataTables) await runner.query(decisionTrigger(table, 'metadata'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${metadataTables.toReversed().join(', ')}`);
    await runner.query(
      'DROP TYPE engagement_phase, party, actor, end_reason, consent_scope, consent_act, lease_end, call_media',
    );
  }
}

const metadataTables = [
  'engagement',
  'journal_entry',
  'consent_entry',
  'lease',
  'watch',
  'call',
  'connection',
  'audit_entry',
];

const ofEngagement = `
    engagement_id uuid NOT NULL,
    FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagement (tenant_id, engagement_id) ON DELETE CASCADE,`;

const statements = [
  "CREATE TYPE engagement_phase AS ENUM ('waiting', 'active', 'wrapUp', 'closed')",
  "CREATE TYPE party AS ENUM ('visitor', 'agent')",
  "CREATE TYPE actor AS ENUM ('visitor', 'agent', 'system')",
  `CREATE TYPE end_reason AS ENUM ('visitorEnded', 'agentEnded', 'visitorLeft', 'abandoned', 'revoked',
    'transferLapsed', 'erased')`,
  "CREATE TYPE consent_scope AS ENUM ('view', 'control', 'voice', 'video')",
  "CREATE TYPE consent_act AS ENUM ('granted', 'refused', 'withdrawn')",
  "CREATE TYPE lease_end AS ENUM ('expired', 'takenBack', 'released', 'left', 'viewEnded', 'ended')",
  "CREATE TYPE call_media AS ENUM ('voice', 'video')",
  `CREATE TABLE engagement (
    engagement_id uuid PRIMARY KEY,
    site_id uuid NOT NULL,
    transcript_decision_id uuid NOT NULL,
    requested_at timestamptz NOT NULL,
    language varchar(8) NOT NULL,
    notice_version integer NOT NULL,
    phase engagement_phase NOT NULL,
    version integer NOT NULL,
    agent_id uuid,
    agent_country char(2),
    reading_decision_id uuid,
    accepted_at timestamptz,
    ended_at timestamptz,
    ended_by actor,
    end_reason end_reason,
    closed_at timestamptz,
    last_chat_number integer NOT NULL,
    last_entry integer NOT NULL,
    last_lease integer NOT NULL,
    return_hash varchar(43) NOT NULL,
    return_until timestamptz NOT NULL,
    erased_at timestamptz,
    UNIQUE (tenant_id, engagement_id),
    FOREIGN KEY (tenant_id, site_id) REFERENCES site (tenant_id, site_id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES person (tenant_id, person_id),
    FOREIGN KEY (tenant_id, transcript_decision_id) REFERENCES transfer_decision (tenant_id, decision_id),
    FOREIGN KEY (tenant_id, reading_decision_id) REFERENCES transfer_decision (tenant_id, decision_id),
    ${carriedColumns}
  )`,
  'CREATE INDEX engagement_requested ON engagement (tenant_id, requested_at DESC)',
  "CREATE INDEX engagement_agent ON engagement (tenant_id, agent_id) WHERE phase <> 'closed'",
  // Ids of applied entries, so that one sent again is answered as the first time.
  `CREATE TABLE journal_entry (
    entry_id uuid PRIMARY KEY,
    ${ofEngagement}
    version integer NOT NULL,
    entry integer,
    at timestamptz NOT NULL,
    ${carriedColumns}
  )`,
  'CREATE INDEX journal_entry_engagement ON journal_entry (engagement_id)',
  `CREATE TABLE consent_entry (
    ${ofEngagement}
    entry integer NOT NULL,
    scope consent_scope NOT NULL,
    act consent_act NOT NULL,
    agent_id uuid,
    at timestamptz NOT NULL,
    PRIMARY KEY (engagement_id, entry),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES person (tenant_id, person_id),
    ${carriedColumns}
  )`,
  `CREATE TABLE lease (
    ${ofEngagement}
    lease integer NOT NULL,
    entry integer NOT NULL,
    agent_id uuid NOT NULL,
    kinds varchar(64) NOT NULL,
    lease_ms integer NOT NULL,
    granted_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by actor,
    end_reason lease_end,
    PRIMARY KEY (engagement_id, lease),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES person (tenant_id, person_id),
    ${carriedColumns}
  )`,
  `CREATE TABLE watch (
    watch_id uuid PRIMARY KEY,
    ${ofEngagement}
    agent_id uuid NOT NULL,
    watched_from timestamptz NOT NULL,
    watched_to timestamptz NOT NULL,
    points integer NOT NULL,
    draws integer NOT NULL,
    scrolls integer NOT NULL,
    clicks integer NOT NULL,
    types integer NOT NULL,
    navigations integer NOT NULL,
    FOREIGN KEY (tenant_id, agent_id) REFERENCES person (tenant_id, person_id),
    ${carriedColumns}
  )`,
  'CREATE INDEX watch_engagement ON watch (engagement_id)',
  `CREATE TABLE call (
    ${ofEngagement}
    call_id varchar(64) NOT NULL,
    media call_media NOT NULL,
    started_by party NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by actor,
    duration_ms bigint,
    PRIMARY KEY (engagement_id, call_id),
    ${carriedColumns}
  )`,
  `CREATE TABLE connection (
    connection_id uuid PRIMARY KEY,
    ${ofEngagement}
    party party NOT NULL,
    agent_id uuid,
    connected boolean NOT NULL,
    truncated_address varchar(64),
    software varchar(64),
    at timestamptz NOT NULL,
    FOREIGN KEY (tenant_id, agent_id) REFERENCES person (tenant_id, person_id),
    ${carriedColumns}
  )`,
  'CREATE INDEX connection_engagement ON connection (engagement_id)',
  `CREATE TABLE audit_entry (
    audit_id uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_id uuid NOT NULL,
    action varchar(64) NOT NULL,
    subject varchar(64) NOT NULL,
    FOREIGN KEY (tenant_id, actor_id) REFERENCES person (tenant_id, person_id),
    ${carriedColumns}
  )`,
  'CREATE INDEX audit_entry_at ON audit_entry (tenant_id, at DESC)',
];
