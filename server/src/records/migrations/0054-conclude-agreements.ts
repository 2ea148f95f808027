/**
 * What a customer has concluded with whoever runs the installation: its sites take no new engagement without. Nothing is
 * made up for customers that are here already: somebody has to record what was signed.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTable } from './secure-table.js';

export class ConcludeAgreements1763760000054 implements MigrationInterface {
  readonly name = 'ConcludeAgreements1763760000054';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    await runner.query(
      'CREATE INDEX processing_agreement_open ON processing_agreement (tenant_id) WHERE ended_at IS NULL',
    );
    await secureTable(
      runner,
      'processing_agreement',
      'SELECT, INSERT, UPDATE (confirmed_by, confirmed_by_operator, confirmed_at, ended_at, replaced_by)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE processing_agreement');
  }
}

const person = (column: string) =>
  `FOREIGN KEY (tenant_id, ${column}) REFERENCES person (tenant_id, person_id)`;

const table = `CREATE TABLE processing_agreement (
    agreement_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    version varchar(64) NOT NULL,
    controller varchar(200) NOT NULL,
    processor varchar(200) NOT NULL,
    signed_on date NOT NULL,
    valid_until date,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    confirmed_by uuid,
    confirmed_by_operator varchar(80),
    confirmed_at timestamptz,
    ended_at timestamptz,
    replaced_by uuid,
    UNIQUE (tenant_id, agreement_id),
    ${person('recorded_by')},
    ${person('confirmed_by')},
    FOREIGN KEY (tenant_id, replaced_by) REFERENCES processing_agreement (tenant_id, agreement_id),
    CONSTRAINT processing_agreement_dates CHECK (valid_until IS NULL OR valid_until >= signed_on),
    CONSTRAINT processing_agreement_two_people CHECK (confirmed_by IS NULL OR confirmed_by <> recorded_by),
    CONSTRAINT processing_agreement_confirmed
      CHECK (num_nonnulls(confirmed_by, confirmed_by_operator) = num_nonnulls(confirmed_at)),
    CONSTRAINT processing_agreement_replaced CHECK (replaced_by IS NULL OR ended_at IS NOT NULL)
  )`;
