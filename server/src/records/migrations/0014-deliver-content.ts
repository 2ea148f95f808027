/**
 * A catalogue of documents for each customer, and a row for each thing that an agent puts before a visitor. Sites say
 * which elements the visitor is asked about, and whether agents click in marked parts only.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';
import { carriedColumns, decisionTrigger } from './carried-columns.js';

export class DeliverContent1763760000014 implements MigrationInterface {
  readonly name = 'DeliverContent1763760000014';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await runner.query(decisionTrigger('delivery', 'metadata'));
    for (const [table, rights] of Object.entries(rightsOfApp)) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await runner.query(
        `CREATE POLICY own_rows ON ${table} TO ${APP_ROLE} USING (${OWN}) WITH CHECK (${OWN})`,
      );
      await runner.query(
        `CREATE POLICY owner_rows ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true)`,
      );
      await runner.query(`GRANT ${rights} ON ${table} TO ${APP_ROLE}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE delivery, document');
    await runner.query('DROP TYPE delivery_kind');
    await runner.query('ALTER TABLE site DROP COLUMN confirm_selectors, DROP COLUMN clicks');
  }
}

const OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid";

const rightsOfApp = {
  document: 'SELECT, INSERT, UPDATE, DELETE',
  delivery: 'SELECT, INSERT, UPDATE, DELETE',
} as const;

const statements = [
  `ALTER TABLE site ADD COLUMN confirm_selectors text[] NOT NULL DEFAULT '{}',
    ADD COLUMN clicks text NOT NULL DEFAULT 'everywhere'
      CONSTRAINT site_clicks CHECK (clicks IN ('everywhere', 'marked'))`,
  "CREATE TYPE delivery_kind AS ENUM ('page', 'link', 'document')",
  `CREATE TABLE document (
    document_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    title varchar(120) NOT NULL,
    body text NOT NULL CONSTRAINT document_body CHECK (length(body) <= 20000),
    changed_at timestamptz NOT NULL
  )`,
  'CREATE INDEX document_tenant ON document (tenant_id, title)',
  // A document may leave the catalogue, and the row still says which it was: its number is no reference.
  `CREATE TABLE delivery (
    delivery_id uuid PRIMARY KEY,
    engagement_id uuid NOT NULL,
    FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagement (tenant_id, engagement_id) ON DELETE CASCADE,
    agent_id uuid NOT NULL,
    kind delivery_kind NOT NULL,
    document_id uuid,
    offered_at timestamptz NOT NULL,
    opened_at timestamptz,
    dismissed_at timestamptz,
    FOREIGN KEY (tenant_id, agent_id) REFERENCES person (tenant_id, person_id),
    CONSTRAINT delivery_document CHECK ((kind = 'document') = (document_id IS NOT NULL)),
    ${carriedColumns}
  )`,
  'CREATE INDEX delivery_engagement ON delivery (engagement_id)',
];
