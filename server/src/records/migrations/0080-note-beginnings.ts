/** What a customer's own store was asked to take of a conversation that has not begun: until it has, or is gone there. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { carriedColumns, decisionTrigger } from './carried-columns.js';
import { secureTable } from './secure-table.js';

export class NoteBeginnings1763760000080 implements MigrationInterface {
  readonly name = 'NoteBeginnings1763760000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(create);
    await runner.query(decisionTrigger('store_beginning', 'case'));
    await secureTable(runner, 'store_beginning', 'SELECT, INSERT, UPDATE, DELETE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE store_beginning');
  }
}

// No foreign key to the engagement: there is none yet.
const create = `CREATE TABLE store_beginning (
  engagement_id uuid NOT NULL,
  recipient_id uuid NOT NULL,
  FOREIGN KEY (tenant_id, recipient_id) REFERENCES recipient (tenant_id, recipient_id),
  asked_at timestamptz NOT NULL,
  taken_back boolean NOT NULL DEFAULT false,
  ${carriedColumns},
  PRIMARY KEY (tenant_id, engagement_id, recipient_id)
)`;
