/** Classes transcript, survey and case, and the receipts of what was purged. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { carriedColumns, decisionTrigger } from './carried-columns.js';

export class CreateConversations1763760000004 implements MigrationInterface {
  readonly name = 'CreateConversations1763760000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await runner.query(decisionTrigger('introduction', 'transcript'));
    await runner.query(decisionTrigger('chat_line', 'transcript'));
    await runner.query(decisionTrigger('survey_answers', 'survey'));
    await runner.query(decisionTrigger('erasure', 'case'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE purge_receipt, erasure, survey_answers, chat_line, introduction');
  }
}

const statements = [
  `CREATE TABLE introduction (
    engagement_id uuid PRIMARY KEY,
    visitor_name varchar(80),
    topic varchar(120),
    FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagement (tenant_id, engagement_id),
    ${carriedColumns}
  )`,
  `CREATE TABLE chat_line (
    engagement_id uuid NOT NULL,
    number integer NOT NULL,
    line_id uuid NOT NULL,
    entry_id uuid NOT NULL UNIQUE,
    sender party NOT NULL,
    agent_id uuid,
    text varchar(4000) NOT NULL,
    at timestamptz NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (engagement_id, number),
    UNIQUE (engagement_id, line_id),
    FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagement (tenant_id, engagement_id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES person (tenant_id, person_id),
    ${carriedColumns}
  )`,
  `CREATE TABLE survey_answers (
    engagement_id uuid PRIMARY KEY,
    site_id uuid NOT NULL,
    survey_version integer NOT NULL,
    answers jsonb NOT NULL,
    rating smallint,
    at timestamptz NOT NULL,
    FOREIGN KEY (site_id, survey_version) REFERENCES survey_form (site_id, version),
    FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagement (tenant_id, engagement_id),
    ${carriedColumns}
  )`,
  // No foreign key to the engagement: the receipt of an erasure outlives it.
  `CREATE TABLE erasure (
    erasure_id uuid PRIMARY KEY,
    engagement_id uuid NOT NULL UNIQUE,
    transcript_rows integer NOT NULL,
    survey_rows integer NOT NULL,
    at timestamptz NOT NULL,
    ${carriedColumns}
  )`,
  `CREATE TABLE purge_receipt (
    receipt_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    data_class data_class NOT NULL,
    months smallint NOT NULL,
    older_than timestamptz NOT NULL,
    purged_rows integer NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`,
];
