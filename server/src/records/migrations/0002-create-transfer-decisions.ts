/** The decisions that every row about a visitor names, and the trigger that checks that the named one covers it. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTransferDecisions1763760000002 implements MigrationInterface {
  readonly name = 'CreateTransferDecisions1763760000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION check_transfer_decision');
    await runner.query('DROP TABLE transfer_decision');
    await runner.query(
      'DROP TYPE transfer_basis, transfer_result, data_class, transfer_access, origin_evidence, purpose',
    );
  }
}

const statements = [
  // The two struck-down frameworks are no values of this type, so no row can ever rest on them.
  `CREATE TYPE transfer_basis AS ENUM ('NONE_DOMESTIC', 'NONE_SAME_ENTITY', 'NONE_DIRECT_FROM_SUBJECT', 'ADEQUACY',
    'SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4')`,
  "CREATE TYPE transfer_result AS ENUM ('ALLOW', 'REFUSE')",
  "CREATE TYPE data_class AS ENUM ('transcript', 'survey', 'metadata', 'case', 'live')",
  "CREATE TYPE transfer_access AS ENUM ('store', 'read', 'view')",
  "CREATE TYPE origin_evidence AS ENUM ('siteSetting', 'unknown', 'personSetting')",
  "CREATE TYPE purpose AS ENUM ('conversation', 'feedback', 'accountability', 'rights')",
  `CREATE TABLE transfer_decision (
    decision_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    data_class data_class NOT NULL,
    access transfer_access NOT NULL,
    origin_country char(2) NOT NULL,
    origin_evidence origin_evidence NOT NULL,
    controller_country char(2) NOT NULL,
    to_country char(2) NOT NULL,
    outcome transfer_result NOT NULL,
    basis transfer_basis,
    reference varchar(200),
    regimes varchar(16) NOT NULL,
    reason_code varchar(32),
    register_version varchar(32) NOT NULL,
    inputs_sha256 varchar(43) NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    valid_until timestamptz,
    ended_at timestamptz,
    UNIQUE (tenant_id, decision_id),
    CHECK ((outcome = 'ALLOW') = (basis IS NOT NULL)),
    CHECK ((outcome = 'REFUSE') = (reason_code IS NOT NULL))
  )`,
  // One current decision for the same question; a second writer of the same finds the first one's.
  `CREATE UNIQUE INDEX transfer_decision_current ON transfer_decision (tenant_id, inputs_sha256)
    WHERE ended_at IS NULL`,
  `CREATE FUNCTION check_transfer_decision() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM transfer_decision d
      WHERE d.decision_id = NEW.decision_id
        AND d.tenant_id = NEW.tenant_id
        AND d.outcome = 'ALLOW'
        AND d.access = 'store'
        AND d.data_class = TG_ARGV[0]::data_class
        AND d.to_country = NEW.storage_region
        AND d.origin_country = NEW.origin_country
        AND d.ended_at IS NULL
        AND (d.valid_until IS NULL OR d.valid_until >= clock_timestamp());
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no transfer decision in force covers this row' USING ERRCODE = 'AL001';
    END IF;
    RETURN NEW;
  END $$`,
];
