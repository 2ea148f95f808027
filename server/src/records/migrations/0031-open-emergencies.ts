/** Whoever operates the service has no access; what they open in an emergency is short, has its reason, and is told. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';
import { secureTable } from './secure-table.js';

export class OpenEmergencies1763760000031 implements MigrationInterface {
  readonly name = 'OpenEmergencies1763760000031';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await secureTable(runner, 'emergency_access', 'SELECT, INSERT, UPDATE (ended_at, seen_by, seen_at)');
    await runner.query('REVOKE ALL ON FUNCTION tenant_of_emergency(text) FROM PUBLIC');
    await runner.query(`GRANT EXECUTE ON FUNCTION tenant_of_emergency(text) TO ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION tenant_of_emergency(text)');
    await runner.query('DROP TABLE emergency_access');
  }
}

const person = (column: string) =>
  `FOREIGN KEY (tenant_id, ${column}) REFERENCES person (tenant_id, person_id)`;

const statements = [
  `CREATE TABLE emergency_access (
    access_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    person_id uuid NOT NULL,
    ticket varchar(64) NOT NULL CHECK (length(ticket) > 0),
    reason varchar(400) NOT NULL CHECK (length(reason) > 0),
    secret_hash varchar(43) NOT NULL UNIQUE,
    opened_at timestamptz NOT NULL,
    open_until timestamptz NOT NULL,
    ended_at timestamptz,
    seen_by uuid,
    seen_at timestamptz,
    ${person('person_id')},
    ${person('seen_by')},
    CONSTRAINT emergency_access_short CHECK (open_until > opened_at
      AND open_until <= opened_at + interval '60 minutes'),
    CONSTRAINT emergency_access_seen CHECK ((seen_by IS NULL) = (seen_at IS NULL))
  )`,
  `CREATE FUNCTION tenant_of_emergency(text) RETURNS TABLE (tenant_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp
    AS 'SELECT tenant_id FROM public.emergency_access WHERE secret_hash = $1'`,
];
