/**
 * Cases of people who use their rights, with a history that only grows; holds; corrections beside what was said; and
 * the states of an engagement that follow from them.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';
import { carriedColumns, decisionTrigger } from './carried-columns.js';
import { chainTrigger } from './chain-trigger.js';
import { createPurger, secureTable, TENANT } from './secure-table.js';

export class KeepCases1763760000021 implements MigrationInterface {
  readonly name = 'KeepCases1763760000021';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    for (const [table, { dataClass, rights }] of Object.entries(tables)) {
      await runner.query(decisionTrigger(table, dataClass));
      await secureTable(runner, table, rights);
    }
    await createPurger(runner, purgeCases);
    for (const lookUp of lookUps) {
      await runner.query(lookUp);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION tenant_of_case(text)');
    await runner.query('DROP FUNCTION purge_cases(timestamptz)');
    await runner.query(`DROP TABLE ${Object.keys(tables).toReversed().join(', ')}`);
    await runner.query('ALTER TABLE engagement DROP COLUMN restricted_at, DROP COLUMN erase_wanted_at');
    await runner.query('DROP TYPE rights_kind, case_state, case_actor, identity_means, case_outcome');
  }
}

const tables = {
  rights_case: { dataClass: 'case', rights: 'SELECT, INSERT, UPDATE' },
  case_history: { dataClass: 'case', rights: 'SELECT, INSERT' },
  legal_hold: { dataClass: 'case', rights: 'SELECT, INSERT, UPDATE (lifted_at)' },
  correction: { dataClass: 'transcript', rights: 'SELECT, INSERT, DELETE' },
} as const;

const statements = [
  `CREATE TYPE rights_kind AS ENUM ('access', 'rectification', 'erasure', 'restriction', 'portability', 'objection',
    'consentWithdrawal', 'complaint', 'minor')`,
  `CREATE TYPE case_state AS ENUM ('received', 'identityCheck', 'referred', 'inProgress', 'answered', 'executed',
    'closed')`,
  "CREATE TYPE case_actor AS ENUM ('person', 'officer', 'system')",
  "CREATE TYPE identity_means AS ENUM ('returnSecret', 'mailLoop', 'customerSignIn', 'knownFacts')",
  "CREATE TYPE case_outcome AS ENUM ('granted', 'partial', 'refused')",
  'ALTER TABLE engagement ADD COLUMN restricted_at timestamptz, ADD COLUMN erase_wanted_at timestamptz',
  // No foreign key to the engagement: a case outlives it.
  `CREATE TABLE rights_case (
    case_id uuid PRIMARY KEY,
    engagement_id uuid,
    kind rights_kind NOT NULL,
    state case_state NOT NULL,
    came_by varchar(16) NOT NULL CHECK (came_by IN ('receipt', 'referral')),
    contact varchar(254),
    details varchar(2000),
    objects_to purpose,
    key_hash varchar(43) NOT NULL,
    received_at timestamptz NOT NULL,
    referred_at timestamptz,
    pack_made_at timestamptz,
    identity identity_means,
    paused_since timestamptz,
    paused_ms bigint NOT NULL DEFAULT 0,
    extended_at timestamptz,
    justification varchar(2000),
    outcome case_outcome,
    answer varchar(4000),
    ground varchar(32),
    redress varchar(1000),
    answered_at timestamptz,
    executed_at timestamptz,
    closed_at timestamptz,
    told_late varchar(120) NOT NULL DEFAULT '',
    UNIQUE (tenant_id, case_id),
    CONSTRAINT case_answered CHECK ((answered_at IS NULL) = (answer IS NULL) AND (answer IS NULL) = (outcome IS NULL)),
    CONSTRAINT case_refused CHECK (outcome IS NULL OR outcome = 'granted'
      OR (ground IS NOT NULL AND redress IS NOT NULL)),
    CONSTRAINT case_closed CHECK (state <> 'closed' OR (closed_at IS NOT NULL AND answer IS NOT NULL)),
    CONSTRAINT case_extended CHECK ((extended_at IS NULL) = (justification IS NULL)),
    ${carriedColumns}
  )`,
  'CREATE INDEX rights_case_open ON rights_case (tenant_id, closed_at, received_at)',
  `CREATE TABLE case_history (
    case_id uuid NOT NULL,
    number integer NOT NULL,
    at timestamptz NOT NULL,
    actor case_actor NOT NULL,
    actor_id uuid,
    happening varchar(32) NOT NULL,
    detail varchar(4000),
    previous_hash varchar(64) NOT NULL,
    hash varchar(64) NOT NULL,
    PRIMARY KEY (case_id, number),
    FOREIGN KEY (tenant_id, case_id) REFERENCES rights_case (tenant_id, case_id),
    ${carriedColumns}
  )`,
  chainTrigger('case_history', 'case_id', [
    'tenant_id',
    'case_id',
    'number',
    'at',
    'actor',
    'actor_id',
    'happening',
    'detail',
    'previous_hash',
  ]),
  `CREATE TABLE legal_hold (
    hold_id uuid PRIMARY KEY,
    engagement_id uuid NOT NULL,
    case_reference varchar(64) NOT NULL CHECK (length(case_reference) > 0),
    law varchar(120) NOT NULL CHECK (length(law) > 0),
    placed_by uuid NOT NULL,
    placed_at timestamptz NOT NULL,
    held_until timestamptz NOT NULL,
    lifted_at timestamptz,
    FOREIGN KEY (tenant_id, placed_by) REFERENCES person (tenant_id, person_id),
    ${carriedColumns}
  )`,
  'CREATE INDEX legal_hold_engagement ON legal_hold (engagement_id)',
  `CREATE TABLE correction (
    correction_id uuid PRIMARY KEY,
    engagement_id uuid NOT NULL,
    case_id uuid NOT NULL,
    text varchar(2000) NOT NULL,
    at timestamptz NOT NULL,
    FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagement (tenant_id, engagement_id),
    ${carriedColumns}
  )`,
  'CREATE INDEX correction_engagement ON correction (engagement_id)',
];

/** The end of a case and 36 months; a hold and the receipt of an erasure are as old as their own end. */
export const purgeCases = {
  signature: 'purge_cases(now timestamptz)',
  body: `DECLARE
      purged integer;
      more integer;
      term CONSTANT interval := interval '36 months';
    BEGIN
      DELETE FROM case_history h USING rights_case c WHERE h.case_id = c.case_id AND c.tenant_id = ${TENANT}
        AND c.closed_at + term <= now;
      GET DIAGNOSTICS purged = ROW_COUNT;
      DELETE FROM rights_case WHERE tenant_id = ${TENANT} AND closed_at + term <= now;
      GET DIAGNOSTICS more = ROW_COUNT;
      purged := purged + more;
      DELETE FROM legal_hold WHERE tenant_id = ${TENANT} AND coalesce(lifted_at, held_until) + term <= now;
      GET DIAGNOSTICS more = ROW_COUNT;
      purged := purged + more;
      DELETE FROM erasure WHERE tenant_id = ${TENANT} AND at + term <= now;
      GET DIAGNOSTICS more = ROW_COUNT;
      RETURN purged + more;
    END`,
};

const lookUps = [
  `CREATE FUNCTION tenant_of_case(text) RETURNS TABLE (tenant_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    AS 'SELECT tenant_id FROM public.rights_case WHERE key_hash = $1'`,
  'REVOKE ALL ON FUNCTION tenant_of_case(text) FROM PUBLIC',
  `GRANT EXECUTE ON FUNCTION tenant_of_case(text) TO ${APP_ROLE}`,
  'CREATE UNIQUE INDEX rights_case_key ON rights_case (key_hash)',
];
