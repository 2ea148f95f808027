/** Finished months in figures. The table itself takes none below ten, and has no column that leads to a person. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secureTable } from './secure-table.js';

export class CountMonths1763760000027 implements MigrationInterface {
  readonly name = 'CountMonths1763760000027';

  async up(runner: QueryRunner): Promise<void> {
    const columns = figures.map((name) => `${name} integer CHECK (${name} >= 10),`);
    await runner.query(`CREATE TABLE month_figures (
      tenant_id uuid NOT NULL REFERENCES customer,
      site_id uuid NOT NULL,
      month date NOT NULL CHECK (extract(day FROM month) = 1),
      ${columns.join('\n')}
      rating_tenths smallint CHECK (rating_tenths IS NULL OR answered IS NOT NULL),
      wait_seconds integer CHECK (wait_seconds IS NULL OR accepted IS NOT NULL),
      counted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (site_id, month),
      FOREIGN KEY (tenant_id, site_id) REFERENCES site (tenant_id, site_id)
    )`);
    await secureTable(runner, 'month_figures', 'SELECT, INSERT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE month_figures');
  }
}

const figures = ['engagements', 'accepted', 'viewed', 'controlled', 'called', 'answered'];
