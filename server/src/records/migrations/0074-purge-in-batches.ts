/**
 * Of the audit trail and of cases no more goes in one transaction than a batch: all that was due went in one, and
 * whoever had something to write there waited for all of it.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { purgeAudit } from './0020-chain-rows.js';
import { purgeCases } from './0021-keep-cases.js';
import { createPurger, TENANT } from './secure-table.js';

export class PurgeInBatches1763760000074 implements MigrationInterface {
  readonly name = 'PurgeInBatches1763760000074';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION purge_audit(timestamptz, integer)');
    await runner.query('DROP FUNCTION purge_cases(timestamptz)');
    for (const each of [auditBatch, caseBatch]) await createPurger(runner, each);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION purge_audit(timestamptz, integer, integer)');
    await runner.query('DROP FUNCTION purge_cases(timestamptz, integer)');
    for (const each of [purgeAudit, purgeCases]) await createPurger(runner, each);
  }
}

/** From the beginning of the chain, and no further than the first entry that is not due. */
const auditBatch = {
  signature: 'purge_audit(now timestamptz, months integer, most integer)',
  body: `DECLARE
      purged integer;
    BEGIN
      WITH oldest AS (SELECT number, (at AT TIME ZONE 'UTC' + make_interval(months => months)) AT TIME ZONE 'UTC' > now AS stays
          FROM audit_entry WHERE tenant_id = ${TENANT} ORDER BY number LIMIT most)
        DELETE FROM audit_entry WHERE tenant_id = ${TENANT} AND number IN (SELECT number FROM oldest
          WHERE number < ALL (SELECT number FROM oldest WHERE stays));
      GET DIAGNOSTICS purged = ROW_COUNT;
      RETURN purged;
    END`,
};

/** A case with its history; then holds, and receipts of erasures, which are as old as their own end. */
const caseBatch = {
  signature: 'purge_cases(now timestamptz, most integer)',
  body: `DECLARE
      purged integer := 0;
      more integer;
      ids uuid[];
      term CONSTANT interval := interval '36 months';
    BEGIN
      ids := ARRAY(SELECT case_id FROM rights_case WHERE tenant_id = ${TENANT} AND closed_at + term <= now LIMIT most);
      DELETE FROM case_history WHERE case_id = ANY(ids);
      GET DIAGNOSTICS more = ROW_COUNT;
      purged := purged + more;
      DELETE FROM rights_case WHERE case_id = ANY(ids);
      GET DIAGNOSTICS more = ROW_COUNT;
      purged := purged + more;
      DELETE FROM legal_hold WHERE hold_id IN (SELECT hold_id FROM legal_hold
        WHERE tenant_id = ${TENANT} AND coalesce(lifted_at, held_until) + term <= now LIMIT most);
      GET DIAGNOSTICS more = ROW_COUNT;
      purged := purged + more;
      DELETE FROM erasure WHERE erasure_id IN (SELECT erasure_id FROM erasure
        WHERE tenant_id = ${TENANT} AND at + term <= now LIMIT most);
      GET DIAGNOSTICS more = ROW_COUNT;
      RETURN purged + more;
    END`,
};
