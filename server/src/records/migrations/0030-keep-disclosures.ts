/** What authorities demand, who approved it, and what became of it, with a history that only grows. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { carriedColumns, decisionTrigger } from './carried-columns.js';
import { chainTrigger } from './chain-trigger.js';
import { createPurger, secureTable, TENANT } from './secure-table.js';

export class KeepDisclosures1763760000030 implements MigrationInterface {
  readonly name = 'KeepDisclosures1763760000030';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    for (const [table, rights] of Object.entries(tables)) {
      await runner.query(decisionTrigger(table, 'case'));
      await secureTable(runner, table, rights);
    }
    await createPurger(runner, purgeDisclosures);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION purge_disclosures(timestamptz)');
    await runner.query('DROP TABLE disclosure_history, disclosure');
    await runner.query('DROP TYPE disclosure_ground, disclosure_state');
  }
}

const tables = {
  disclosure: 'SELECT, INSERT, UPDATE',
  disclosure_history: 'SELECT, INSERT',
};

const person = (column: string) =>
  `FOREIGN KEY (tenant_id, ${column}) REFERENCES person (tenant_id, person_id)`;

const statements = [
  `CREATE TYPE disclosure_ground AS ENUM ('ownLaw', 'treaty', 'legalClaims', 'publicInterest', 'vitalInterests')`,
  "CREATE TYPE disclosure_state AS ENUM ('received', 'approvedOnce', 'approved', 'disclosed', 'refused')",
  `CREATE TABLE disclosure (
    disclosure_id uuid PRIMARY KEY,
    authority varchar(200) NOT NULL,
    country char(2) NOT NULL,
    instrument varchar(200) NOT NULL,
    ground disclosure_ground NOT NULL,
    ground_reference varchar(200),
    scope varchar(1000) NOT NULL,
    engagement_ids uuid[] NOT NULL,
    received_on date NOT NULL,
    tells_on date,
    silence_reason varchar(400),
    state disclosure_state NOT NULL DEFAULT 'received',
    recorded_by uuid NOT NULL,
    first_approver uuid,
    first_approved_at timestamptz,
    second_approver uuid,
    second_approved_at timestamptz,
    outcome varchar(1000),
    closed_at timestamptz,
    UNIQUE (tenant_id, disclosure_id),
    ${person('recorded_by')},
    ${person('first_approver')},
    ${person('second_approver')},
    CONSTRAINT disclosure_two_approvers CHECK (state NOT IN ('approved', 'disclosed')
      OR (first_approver IS NOT NULL AND second_approver IS NOT NULL AND first_approver <> second_approver)),
    CONSTRAINT disclosure_ground_named CHECK (ground = 'ownLaw' OR state NOT IN ('approved', 'disclosed')
      OR ground_reference IS NOT NULL),
    CONSTRAINT disclosure_told CHECK (state <> 'disclosed' OR tells_on IS NOT NULL OR silence_reason IS NOT NULL),
    CONSTRAINT disclosure_closed CHECK ((closed_at IS NOT NULL) = (state IN ('disclosed', 'refused'))),
    CONSTRAINT disclosure_refused CHECK (state <> 'refused' OR outcome IS NOT NULL),
    ${carriedColumns}
  )`,
  `CREATE TABLE disclosure_history (
    disclosure_id uuid NOT NULL,
    number integer NOT NULL,
    at timestamptz NOT NULL,
    actor_id uuid NOT NULL,
    happening varchar(32) NOT NULL,
    detail varchar(1000),
    previous_hash varchar(64) NOT NULL,
    hash varchar(64) NOT NULL,
    PRIMARY KEY (disclosure_id, number),
    FOREIGN KEY (tenant_id, disclosure_id) REFERENCES disclosure (tenant_id, disclosure_id),
    ${carriedColumns}
  )`,
  chainTrigger('disclosure_history', 'disclosure_id', [
    ...['tenant_id', 'disclosure_id', 'number', 'at', 'actor_id', 'happening', 'detail', 'previous_hash'],
  ]),
];

const purgeDisclosures = {
  signature: 'purge_disclosures(now timestamptz)',
  body: `DECLARE
      purged integer;
      more integer;
      term CONSTANT interval := interval '36 months';
    BEGIN
      DELETE FROM disclosure_history h USING disclosure d WHERE h.disclosure_id = d.disclosure_id
        AND d.tenant_id = ${TENANT} AND d.closed_at + term <= now;
      GET DIAGNOSTICS purged = ROW_COUNT;
      DELETE FROM disclosure WHERE tenant_id = ${TENANT} AND closed_at + term <= now;
      GET DIAGNOSTICS more = ROW_COUNT;
      RETURN purged + more;
    END`,
};
