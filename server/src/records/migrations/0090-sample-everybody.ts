/** A sample of a call says as what somebody was in it, and which agent: further agents, supervisors and experts as well. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SampleEverybody1763760000090 implements MigrationInterface {
  readonly name = 'SampleEverybody1763760000090';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("CREATE TYPE call_side AS ENUM ('visitor', 'lead', 'agent', 'supervisor', 'expert')");
    await runner.query('ALTER TABLE call_sample RENAME COLUMN party TO side');
    // Until now it was the visitor and the lead who were sampled.
    await runner.query(`ALTER TABLE call_sample
      ALTER COLUMN side TYPE call_side USING (CASE side WHEN 'agent' THEN 'lead' ELSE 'visitor' END)::call_side,
      ADD COLUMN agent_id uuid,
      ADD FOREIGN KEY (tenant_id, agent_id) REFERENCES person (tenant_id, person_id),
      ADD CONSTRAINT call_sample_agent CHECK (agent_id IS NULL OR side IN ('lead', 'agent', 'supervisor'))`);
  }

  /** Of everybody else there was nothing before. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM call_sample WHERE side NOT IN ('visitor', 'lead')");
    await runner.query('ALTER TABLE call_sample DROP COLUMN agent_id');
    await runner.query(`ALTER TABLE call_sample
      ALTER COLUMN side TYPE party USING (CASE side WHEN 'lead' THEN 'agent' ELSE 'visitor' END)::party`);
    await runner.query('ALTER TABLE call_sample RENAME COLUMN side TO party');
    await runner.query('DROP TYPE call_side');
  }
}
