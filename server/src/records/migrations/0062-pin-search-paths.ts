/**
 * What the database's own functions look at is found by its whole path: in a database whose role for everybody may make
 * temporary tables, as a Postgres of one's own lets it, one named like a table of ours would else be looked at instead.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PinSearchPaths1763760000062 implements MigrationInterface {
  readonly name = 'PinSearchPaths1763760000062';

  async up(runner: QueryRunner): Promise<void> {
    for (const each of functions)
      await runner.query(`ALTER FUNCTION ${each} SET search_path = pg_catalog, public, pg_temp`);
    // Nobody needs one, and it would shadow a table for whoever has the connection next.
    await runner.query(`DO $$ BEGIN
      EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    END $$`);
  }

  /** What was everybody's is not given back: it may have been taken before as well. */
  async down(runner: QueryRunner): Promise<void> {
    for (const each of functions) await runner.query(`ALTER FUNCTION ${each} RESET search_path`);
  }
}

const functions = [
  'check_transfer_decision()',
  'check_written_decisions()',
  'chain_hash(jsonb, text[])',
  'chain_row()',
  'note_gone_lines()',
];
