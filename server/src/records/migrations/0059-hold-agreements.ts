/**
 * Of the agreements of a customer one at most is in force, what was said of one is said once, and the operator who
 * confirmed one on the machine stands in the audit under their own name.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';

export class HoldAgreements1763760000059 implements MigrationInterface {
  readonly name = 'HoldAgreements1763760000059';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION customers_without_agreement(date)');
    await runner.query('DROP TRIGGER agreement_once ON processing_agreement');
    await runner.query('DROP FUNCTION hold_agreement()');
    await runner.query('DROP INDEX processing_agreement_in_force');
    await runner.query('ALTER TABLE processing_agreement DROP COLUMN operator_id');
  }
}

const onceOnly = ['confirmed_by', 'confirmed_by_operator', 'operator_id', 'confirmed_at']
  .map((column) => `(OLD.${column} IS NOT NULL AND NEW.${column} IS DISTINCT FROM OLD.${column})`)
  .join(' OR ');

const statements = [
  `ALTER TABLE processing_agreement
    ADD COLUMN operator_id uuid,
    ADD FOREIGN KEY (tenant_id, operator_id) REFERENCES person (tenant_id, person_id),
    ADD CONSTRAINT processing_agreement_operator CHECK (operator_id IS NULL OR confirmed_by_operator IS NOT NULL)`,
  `GRANT UPDATE (operator_id) ON processing_agreement TO ${APP_ROLE}`,
  `CREATE UNIQUE INDEX processing_agreement_in_force ON processing_agreement (tenant_id)
    WHERE confirmed_at IS NOT NULL AND ended_at IS NULL`,
  // One that has ended stays as it is: it is neither confirmed nor ended anew.
  `CREATE FUNCTION hold_agreement() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    IF OLD.ended_at IS NOT NULL OR ${onceOnly} THEN
      RAISE EXCEPTION 'what was said of an agreement is said once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$`,
  `CREATE TRIGGER agreement_once BEFORE UPDATE ON processing_agreement
    FOR EACH ROW EXECUTE FUNCTION hold_agreement()`,
  // Told at a start, before any tenant is known: how many, and not which.
  `CREATE FUNCTION customers_without_agreement(today date) RETURNS TABLE (customers integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS 'SELECT count(*)::integer FROM public.customer c WHERE deactivated_at IS NULL AND NOT EXISTS (
      SELECT FROM public.processing_agreement a WHERE a.tenant_id = c.tenant_id AND confirmed_at IS NOT NULL
        AND ended_at IS NULL AND (valid_until IS NULL OR valid_until >= today))'`,
  'REVOKE ALL ON FUNCTION customers_without_agreement(date) FROM PUBLIC',
  `GRANT EXECUTE ON FUNCTION customers_without_agreement(date) TO ${APP_ROLE}`,
];
