/** What is kept of a connection has a closed form, in the database as well: no field of it can carry anything else. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CloseConnectionFacts1763760000012 implements MigrationInterface {
  readonly name = 'CloseConnectionFacts1763760000012';

  async up(runner: QueryRunner): Promise<void> {
    // Rows of before were written under a looser pattern; what does not fit now is none of it.
    await runner.query(`UPDATE connection SET software = 'other' WHERE software !~ '${software}'`);
    await runner.query(
      `UPDATE connection SET truncated_address = '' WHERE truncated_address !~ '${address}'`,
    );
    await runner.query(`ALTER TABLE connection ADD CONSTRAINT connection_software CHECK (software ~ '${software}'),
      ADD CONSTRAINT connection_address CHECK (truncated_address ~ '${address}')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE connection DROP CONSTRAINT connection_software, DROP CONSTRAINT connection_address',
    );
  }
}

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const group = '[0-9a-f]{1,4}';
const software = '^(other|(Edge|Opera|Samsung Internet|Firefox|Chrome|Safari) [0-9]{1,4})$';
const address = `^(|${octet}\\.${octet}\\.${octet}\\.0/24|${group}:${group}:${group}::/48)$`;
