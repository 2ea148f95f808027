/**
 * The register of who receives something of visitors, and sites whose lines and answers go to the customer's own store
 * and never stay here: then a row holds ids and when it was delivered, and the database takes no body.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';
import { secureTable } from './secure-table.js';

export class DeliverToCustomers1763760000028 implements MigrationInterface {
  readonly name = 'DeliverToCustomers1763760000028';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await secureTable(runner, 'recipient', 'SELECT, INSERT, UPDATE (approved_by, approved_at, ended_at)');
    await runner.query(`GRANT UPDATE (told_at) ON erasure TO ${APP_ROLE}`);
    await runner.query(refuseBody);
    for (const table of Object.keys(bodies)) {
      await runner.query(bodyTrigger(table, 'INSERT'));
      await runner.query(bodyTrigger(table, 'UPDATE'));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION refuse_kept_body() CASCADE');
    await runner.query('ALTER TABLE erasure DROP COLUMN recipient_id, DROP COLUMN told_at');
    // What was delivered is not here, so there is nothing that could be put back.
    await runner.query('DELETE FROM survey_answers WHERE answers IS NULL');
    await runner.query('DELETE FROM chat_line WHERE text IS NULL');
    await runner.query('ALTER TABLE survey_answers DROP COLUMN delivered_at, ALTER answers SET NOT NULL');
    await runner.query('ALTER TABLE chat_line DROP COLUMN delivered_at, ALTER text SET NOT NULL');
    await runner.query('ALTER TABLE engagement DROP COLUMN delivered_to, DROP COLUMN onward_decision_id');
    await runner.query('ALTER TABLE site DROP COLUMN deliver_to');
    await runner.query('DROP TABLE recipient');
    await runner.query('DROP TYPE recipient_role');
  }
}

const person = (column: string) =>
  `FOREIGN KEY (tenant_id, ${column}) REFERENCES person (tenant_id, person_id)`;
const recipient = (column: string) =>
  `FOREIGN KEY (tenant_id, ${column}) REFERENCES recipient (tenant_id, recipient_id)`;

const statements = [
  // Advertising is no role: who receives for that cannot be written down, and so cannot be sent anything.
  "CREATE TYPE recipient_role AS ENUM ('ownStore', 'subProcessor', 'groupEntity')",
  `CREATE TABLE recipient (
    recipient_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    name varchar(200) NOT NULL,
    country char(2) NOT NULL,
    role recipient_role NOT NULL,
    purpose varchar(400) NOT NULL,
    data_classes text[] NOT NULL
      CHECK (cardinality(data_classes) > 0 AND data_classes <@ ARRAY['transcript', 'survey', 'metadata']),
    endpoint varchar(255),
    contract_reference varchar(200),
    contract_on date,
    measures_sha256 varchar(64),
    evidence_until date,
    announced_at timestamptz NOT NULL,
    active_from timestamptz NOT NULL,
    proposed_by uuid NOT NULL,
    approved_by uuid,
    approved_at timestamptz,
    ended_at timestamptz,
    UNIQUE (tenant_id, recipient_id),
    ${person('proposed_by')},
    ${person('approved_by')},
    CONSTRAINT recipient_four_eyes CHECK (approved_by IS NULL OR approved_by <> proposed_by),
    CONSTRAINT recipient_approved CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    CONSTRAINT recipient_contract CHECK (approved_at IS NULL
      OR (contract_reference IS NOT NULL AND contract_on IS NOT NULL)),
    CONSTRAINT recipient_store CHECK (role <> 'ownStore' OR endpoint IS NOT NULL),
    CONSTRAINT recipient_announced CHECK (role = 'ownStore' OR active_from >= announced_at + interval '30 days')
  )`,
  `ALTER TABLE site ADD COLUMN deliver_to uuid, ADD ${recipient('deliver_to')}`,
  `ALTER TABLE engagement ADD COLUMN delivered_to uuid, ADD COLUMN onward_decision_id uuid,
    ADD ${recipient('delivered_to')},
    ADD FOREIGN KEY (tenant_id, onward_decision_id) REFERENCES transfer_decision (tenant_id, decision_id),
    ADD CONSTRAINT engagement_delivered CHECK ((delivered_to IS NULL) = (onward_decision_id IS NULL))`,
  `ALTER TABLE chat_line ADD COLUMN delivered_at timestamptz, ALTER text DROP NOT NULL,
    ADD CONSTRAINT chat_line_kept CHECK ((text IS NULL) = (delivered_at IS NOT NULL))`,
  `ALTER TABLE survey_answers ADD COLUMN delivered_at timestamptz, ALTER answers DROP NOT NULL,
    ADD CONSTRAINT survey_answers_kept CHECK ((answers IS NULL) = (delivered_at IS NOT NULL)
      AND (answers IS NOT NULL OR rating IS NULL))`,
  'ALTER TABLE erasure ADD COLUMN recipient_id uuid, ADD COLUMN told_at timestamptz',
];

/** What would be a body. Looked at once for each statement, so that a batch of lines pays for one look. */
const bodies = {
  chat_line: 'n.text IS NOT NULL',
  survey_answers: 'n.answers IS NOT NULL',
  introduction: 'true',
};

/** One function for all three; each branch is read for its own table only. */
const refuseBody = `CREATE FUNCTION refuse_kept_body() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    kept boolean := false;
  BEGIN
    ${Object.entries(bodies)
      .map(
        ([table, body]) => `IF TG_TABLE_NAME = '${table}' THEN
      SELECT EXISTS (SELECT 1 FROM written n JOIN public.engagement e ON e.engagement_id = n.engagement_id
        WHERE e.delivered_to IS NOT NULL AND ${body}) INTO kept;
    END IF;`,
      )
      .join('\n    ')}
    IF kept THEN
      RAISE EXCEPTION 'what is delivered to the customer is not kept here' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$`;

export function bodyTrigger(table: string, event: 'INSERT' | 'UPDATE'): string {
  return `CREATE TRIGGER ${table}_body_${event.toLowerCase()} AFTER ${event} ON ${table}
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_kept_body()`;
}
