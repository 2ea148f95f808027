/** A seal beside each decision: the newest one has none after it that would show its absence, and this does. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTable } from './secure-table.js';

export class SealDecisions1763760000043 implements MigrationInterface {
  readonly name = 'SealDecisions1763760000043';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await secureTable(runner, 'decision_seal', 'SELECT');
    await runner.query('REVOKE ALL ON FUNCTION seal_decision() FROM PUBLIC');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER seal ON transfer_decision');
    await runner.query('DROP FUNCTION seal_decision()');
    await runner.query('DROP TABLE decision_seal');
  }
}

const statements = [
  // The hash is missing of decisions from before they were chained.
  `CREATE TABLE decision_seal (
    decision_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES customer,
    hash varchar(43)
  )`,
  'INSERT INTO decision_seal SELECT decision_id, tenant_id, hash FROM transfer_decision',
  `CREATE FUNCTION seal_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
  BEGIN
    INSERT INTO decision_seal VALUES (NEW.decision_id, NEW.tenant_id, NEW.hash) ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER seal AFTER INSERT ON transfer_decision FOR EACH ROW EXECUTE FUNCTION seal_decision()`,
];
