/** Somebody looks at each term again within a year: who did, which term it was, and when the next look is due. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTable } from './secure-table.js';

export class ReviewTerms1763760000026 implements MigrationInterface {
  readonly name = 'ReviewTerms1763760000026';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE retention_review (
      review_id uuid PRIMARY KEY,
      tenant_id uuid NOT NULL REFERENCES customer,
      data_class data_class NOT NULL CHECK (data_class IN ('transcript', 'survey', 'metadata')),
      months smallint NOT NULL,
      reviewed_by uuid NOT NULL,
      reviewed_at timestamptz NOT NULL,
      due_at timestamptz NOT NULL CHECK (due_at > reviewed_at AND due_at <= reviewed_at + interval '12 months 1 day'),
      FOREIGN KEY (tenant_id, reviewed_by) REFERENCES person (tenant_id, person_id)
    )`);
    await runner.query(
      'CREATE INDEX retention_review_latest ON retention_review (tenant_id, data_class, reviewed_at DESC)',
    );
    await secureTable(runner, 'retention_review', 'SELECT, INSERT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE retention_review');
  }
}
