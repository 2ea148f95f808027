/**
 * Rows that follow one another in a chain of hashes: the database itself numbers and hashes them, so that no program
 * can write a false link. The audit trail is the first; what is in it already is chained as it stands.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';
import { chainTrigger } from './chain-trigger.js';
import { createPurger, TENANT } from './secure-table.js';

export class ChainRows1763760000020 implements MigrationInterface {
  readonly name = 'ChainRows1763760000020';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await createPurger(runner, purgeAudit);
    // Only what is too old may go, and from the beginning of the chain.
    await runner.query(`REVOKE DELETE ON audit_entry FROM ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT DELETE ON audit_entry TO ${APP_ROLE}`);
    await runner.query('DROP FUNCTION purge_audit(timestamptz, integer)');
    await runner.query('DROP TRIGGER audit_entry_chain ON audit_entry');
    await runner.query(
      'ALTER TABLE audit_entry DROP COLUMN number, DROP COLUMN previous_hash, DROP COLUMN hash',
    );
    await runner.query('DROP FUNCTION chain_row');
    await runner.query('DROP FUNCTION chain_hash');
  }
}

/** Beside its own facts only the tenant: where a row is and why may be decided anew without touching the chain. */
const auditColumns = [
  'tenant_id',
  'audit_id',
  'number',
  'at',
  'actor_id',
  'action',
  'subject',
  'previous_hash',
];

const statements = [
  // Each value with its length before it, so that no two rows read alike; the zone is fixed, since times are written out.
  `CREATE FUNCTION chain_hash(line jsonb, names text[]) RETURNS varchar LANGUAGE sql STABLE
    SET timezone = 'UTC' AS $$
      SELECT encode(sha256(convert_to(string_agg(coalesce(octet_length(line ->> name)::text || ':' || (line ->> name),
        '-'), '|' ORDER BY place), 'UTF8')), 'hex')
      FROM unnest(names) WITH ORDINALITY AS n (name, place) $$`,
  `CREATE FUNCTION chain_row() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
    DECLARE
      chain_of text := to_jsonb(NEW) ->> TG_ARGV[0];
      before record;
    BEGIN
      -- Held until the commit, so that two rows cannot follow the same one.
      PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_NAME || chain_of, 0));
      EXECUTE format('SELECT number, hash FROM %I WHERE %I::text = $1 ORDER BY number DESC LIMIT 1',
        TG_TABLE_NAME, TG_ARGV[0]) INTO before USING chain_of;
      NEW.number := coalesce(before.number, 0) + 1;
      NEW.previous_hash := coalesce(before.hash, '');
      NEW.hash := chain_hash(to_jsonb(NEW), TG_ARGV[1:]);
      RETURN NEW;
    END $$`,
  `ALTER TABLE audit_entry ADD COLUMN number integer, ADD COLUMN previous_hash varchar(64),
    ADD COLUMN hash varchar(64)`,
  `DO $$
    DECLARE
      entry record;
      before record;
    BEGIN
      FOR entry IN SELECT audit_id, tenant_id FROM audit_entry ORDER BY tenant_id, at, audit_id LOOP
        SELECT number, hash INTO before FROM audit_entry
          WHERE tenant_id = entry.tenant_id AND number IS NOT NULL ORDER BY number DESC LIMIT 1;
        UPDATE audit_entry SET number = coalesce(before.number, 0) + 1, previous_hash = coalesce(before.hash, '')
          WHERE audit_id = entry.audit_id;
        UPDATE audit_entry a SET hash = chain_hash(to_jsonb(a), '{${auditColumns.join(',')}}')
          WHERE audit_id = entry.audit_id;
      END LOOP;
    END $$`,
  `ALTER TABLE audit_entry ALTER COLUMN number SET NOT NULL, ALTER COLUMN previous_hash SET NOT NULL,
    ALTER COLUMN hash SET NOT NULL, ADD CONSTRAINT audit_entry_number UNIQUE (tenant_id, number)`,
  chainTrigger('audit_entry', 'tenant_id', auditColumns),
];

export const purgeAudit = {
  signature: 'purge_audit(now timestamptz, months integer)',
  body: `DECLARE
      last integer;
      purged integer;
    BEGIN
      SELECT min(number) - 1 INTO last FROM audit_entry WHERE tenant_id = ${TENANT}
        AND (at AT TIME ZONE 'UTC' + make_interval(months => months)) AT TIME ZONE 'UTC' > now;
      DELETE FROM audit_entry WHERE tenant_id = ${TENANT} AND (last IS NULL OR number <= last);
      GET DIAGNOSTICS purged = ROW_COUNT;
      RETURN purged;
    END`,
};
