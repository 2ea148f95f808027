/** Registers by editions that two people put in force, what was signed with its assessment, and what lapsed. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';

export class KeepRegisters1763760000015 implements MigrationInterface {
  readonly name = 'KeepRegisters1763760000015';

  async up(runner: QueryRunner): Promise<void> {
    for (const [type, values] of Object.entries(newValues)) {
      for (const value of values) await runner.query(`ALTER TYPE ${type} ADD VALUE IF NOT EXISTS '${value}'`);
    }
    for (const statement of statements) await runner.query(statement);
    for (const [table, rights] of Object.entries(rightsOfApp)) await secure(runner, table, rights);
    await runner.query(`GRANT UPDATE (approved_by, approved_at) ON contract TO ${APP_ROLE}`);
    await runner.query(`GRANT UPDATE (settled_at) ON transfer_decision TO ${APP_ROLE}`);
    await runner.query('REVOKE ALL ON FUNCTION shipped_confirmed_at(text) FROM PUBLIC');
    await runner.query(`GRANT EXECUTE ON FUNCTION shipped_confirmed_at(text) TO ${APP_ROLE}`);
  }

  /** The values of the types stay: they go with the types, and no row can hold one any more. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION shipped_confirmed_at(text)');
    await runner.query('DROP TABLE lapse, register_edition');
    await runner.query('DROP TYPE lapse_state, edition_state');
    await runner.query('DROP INDEX transfer_decision_unsettled, transfer_decision_order');
    await runner.query(
      'ALTER TABLE transfer_decision DROP COLUMN settled_at, DROP COLUMN previous_id, DROP COLUMN hash',
    );
    await runner.query(
      `ALTER TABLE contract DROP COLUMN annexes_complete, DROP COLUMN assessment, DROP COLUMN assessed_on,
        DROP COLUMN review_due, DROP COLUMN proposed_by, DROP COLUMN approved_by, DROP COLUMN approved_at`,
    );
    await runner.query('DROP TYPE assessment_conclusion');
  }
}

const newValues = {
  transfer_basis: [
    ...['NONE_RETURNED', 'DPF_EU', 'DPF_UK_EXT', 'DPF_CH', 'UK_IDTA', 'UK_ADDENDUM', 'CH_SCC'],
    ...['BCR_C', 'BCR_P', 'ART49_A'],
  ],
  transfer_access: ['export', 'onward'],
  scc_module: ['UK_IDTA', 'UK_ADDENDUM', 'CH_SCC', 'BCR_C', 'BCR_P'],
};

const rightsOfApp = {
  register_edition: 'SELECT, INSERT, UPDATE (state, decided_by, decided_at, confirmed_at)',
  lapse: 'SELECT, INSERT, UPDATE (state, acted_by, acted_at, package_sha256, superseded_at)',
};

const OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid";

async function secure(runner: QueryRunner, table: string, rights: string): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(`CREATE POLICY own_rows ON ${table} TO ${APP_ROLE} USING (${OWN}) WITH CHECK (${OWN})`);
  await runner.query(`CREATE POLICY owner_rows ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true)`);
  await runner.query(`GRANT ${rights} ON ${table} TO ${APP_ROLE}`);
}

const person = (column: string) =>
  `FOREIGN KEY (tenant_id, ${column}) REFERENCES person (tenant_id, person_id)`;

const statements = [
  "CREATE TYPE assessment_conclusion AS ENUM ('ok', 'okWithMeasures', 'notOk')",
  `ALTER TABLE contract
    ADD COLUMN annexes_complete boolean NOT NULL DEFAULT false,
    ADD COLUMN assessment assessment_conclusion,
    ADD COLUMN assessed_on date,
    ADD COLUMN review_due date,
    ADD COLUMN proposed_by uuid,
    ADD COLUMN approved_by uuid,
    ADD COLUMN approved_at timestamptz,
    ADD ${person('proposed_by')},
    ADD ${person('approved_by')},
    ADD CONSTRAINT contract_four_eyes CHECK (approved_by IS NULL OR approved_by IS DISTINCT FROM proposed_by),
    ADD CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    ADD CHECK ((assessment IS NULL) = (assessed_on IS NULL) AND (assessment IS NULL) = (review_due IS NULL))`,
  "CREATE TYPE edition_state AS ENUM ('proposed', 'inForce', 'superseded', 'rejected')",
  // Nobody proposes the edition of the set-up: it is the one that is shipped. Every other one takes two people.
  `CREATE TABLE register_edition (
    edition_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    number integer NOT NULL,
    version varchar(32) NOT NULL,
    body jsonb NOT NULL,
    note varchar(400) NOT NULL,
    state edition_state NOT NULL,
    proposed_by uuid,
    proposed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    confirmed_at timestamptz,
    UNIQUE (tenant_id, number),
    ${person('proposed_by')},
    ${person('decided_by')},
    CONSTRAINT register_edition_four_eyes CHECK (proposed_by IS NULL OR state IN ('proposed', 'rejected')
      OR (decided_by IS NOT NULL AND decided_by <> proposed_by)),
    CHECK ((state IN ('inForce', 'superseded')) = (confirmed_at IS NOT NULL))
  )`,
  `CREATE UNIQUE INDEX register_edition_in_force ON register_edition (tenant_id) WHERE state = 'inForce'`,
  `CREATE UNIQUE INDEX register_edition_proposed ON register_edition (tenant_id) WHERE state = 'proposed'`,
  // A date only: when this installation was set up with an edition, whichever customer came first.
  `CREATE FUNCTION shipped_confirmed_at(text) RETURNS TABLE (confirmed_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS 'SELECT min(confirmed_at) FROM public.register_edition WHERE version = $1 AND proposed_by IS NULL'`,
  `ALTER TABLE transfer_decision
    ADD COLUMN settled_at timestamptz,
    ADD COLUMN previous_id uuid,
    ADD COLUMN hash varchar(43)`,
  `CREATE INDEX transfer_decision_unsettled ON transfer_decision (tenant_id)
    WHERE ended_at IS NOT NULL AND settled_at IS NULL`,
  'CREATE INDEX transfer_decision_order ON transfer_decision (tenant_id, decided_at)',
  "CREATE TYPE lapse_state AS ENUM ('SUSPENDED', 'REBASED', 'REPATRIATED', 'ERASED')",
  `CREATE TABLE lapse (
    lapse_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    decision_id uuid NOT NULL,
    successor_id uuid,
    cause varchar(32) NOT NULL,
    made_at timestamptz NOT NULL,
    began_at timestamptz NOT NULL,
    covered_from timestamptz,
    state lapse_state NOT NULL,
    deadline timestamptz NOT NULL,
    row_count integer NOT NULL,
    package_sha256 varchar(43),
    acted_by uuid,
    acted_at timestamptz,
    superseded_at timestamptz,
    FOREIGN KEY (tenant_id, decision_id) REFERENCES transfer_decision (tenant_id, decision_id),
    FOREIGN KEY (tenant_id, successor_id) REFERENCES transfer_decision (tenant_id, decision_id),
    ${person('acted_by')},
    CHECK ((state = 'REBASED') = (successor_id IS NOT NULL))
  )`,
  'CREATE UNIQUE INDEX lapse_current ON lapse (tenant_id, decision_id) WHERE superseded_at IS NULL',
];
