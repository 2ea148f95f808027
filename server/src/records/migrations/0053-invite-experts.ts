/** Whether a site lets experts be invited into its calls, who was invited and by which link, and that they came. */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database/app-role.js';
import { carriedColumns, decisionTrigger } from './carried-columns.js';
import { secureTable } from './secure-table.js';

export class InviteExperts1763760000053 implements MigrationInterface {
  readonly name = 'InviteExperts1763760000053';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await runner.query(decisionTrigger('call_expert', 'metadata'));
    await secureTable(runner, 'call_expert', 'SELECT, INSERT, UPDATE, DELETE');
    await runner.query('REVOKE ALL ON FUNCTION tenant_of_expert(text) FROM PUBLIC');
    await runner.query(`GRANT EXECUTE ON FUNCTION tenant_of_expert(text) TO ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM call_presence WHERE expert_id IS NOT NULL');
    await runner.query('ALTER TABLE call_presence DROP COLUMN expert_id, ALTER COLUMN agent_id SET NOT NULL');
    await runner.query('DROP FUNCTION tenant_of_expert(text)');
    await runner.query('DROP TABLE call_expert');
    await runner.query('ALTER TABLE site DROP COLUMN experts');
  }
}

const statements = [
  'ALTER TABLE site ADD COLUMN experts boolean NOT NULL DEFAULT false',
  `CREATE TABLE call_expert (
    expert_id uuid PRIMARY KEY,
    engagement_id uuid NOT NULL,
    FOREIGN KEY (tenant_id, engagement_id) REFERENCES engagement (tenant_id, engagement_id) ON DELETE CASCADE,
    call_id varchar(64) NOT NULL,
    invited_by uuid NOT NULL,
    FOREIGN KEY (tenant_id, invited_by) REFERENCES person (tenant_id, person_id),
    display_name varchar(64) NOT NULL,
    organisation varchar(64) NOT NULL,
    country char(2) NOT NULL,
    viewing_decision_id uuid NOT NULL,
    FOREIGN KEY (tenant_id, viewing_decision_id) REFERENCES transfer_decision (tenant_id, decision_id),
    secret_hash varchar(43) NOT NULL UNIQUE,
    invited_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    ${carriedColumns}
  )`,
  'CREATE INDEX call_expert_engagement ON call_expert (engagement_id)',
  `ALTER TABLE call_presence
    ALTER COLUMN agent_id DROP NOT NULL,
    ADD COLUMN expert_id uuid REFERENCES call_expert,
    ADD CONSTRAINT call_presence_who CHECK ((agent_id IS NULL) <> (expert_id IS NULL))`,
  // The link names nobody but itself: whose it is has to be found before a tenant is known.
  `CREATE FUNCTION tenant_of_expert(text) RETURNS TABLE (tenant_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS 'SELECT tenant_id FROM public.call_expert WHERE secret_hash = $1'`,
];
