/** Where what was signed can be looked at, when somebody last did, and which entry another one takes over. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';

export class SourceContracts1763760000038 implements MigrationInterface {
  readonly name = 'SourceContracts1763760000038';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`REVOKE UPDATE (source, verified_at) ON contract FROM ${APP_ROLE}`);
    await runner.query(
      'ALTER TABLE contract DROP COLUMN source, DROP COLUMN verified_at, DROP COLUMN replaces',
    );
    await runner.query('ALTER TABLE contract DROP CONSTRAINT contract_of_tenant');
  }
}

const statements = [
  'ALTER TABLE contract ADD CONSTRAINT contract_of_tenant UNIQUE (tenant_id, contract_id)',
  `ALTER TABLE contract
    ADD COLUMN source varchar(200) NOT NULL DEFAULT '',
    ADD COLUMN verified_at date,
    ADD COLUMN replaces uuid,
    ADD FOREIGN KEY (tenant_id, replaces) REFERENCES contract (tenant_id, contract_id)`,
  // Whoever recorded it had it before them; where it is, nobody was asked.
  'UPDATE contract SET verified_at = created_at::date',
  `ALTER TABLE contract ALTER COLUMN source DROP DEFAULT, ALTER COLUMN verified_at SET NOT NULL`,
  `GRANT UPDATE (source, verified_at) ON contract TO ${APP_ROLE}`,
];
