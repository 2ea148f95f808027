/** Who put an expert out of a call, the visitor or which agent; and that a link was tried which let nobody in. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FollowExperts1763760000071 implements MigrationInterface {
  readonly name = 'FollowExperts1763760000071';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE call_expert ADD COLUMN refused_at timestamptz');
    await runner.query(`ALTER TABLE call_presence
      ADD COLUMN removed_by party,
      ADD COLUMN remover_id uuid,
      ADD FOREIGN KEY (tenant_id, remover_id) REFERENCES person (tenant_id, person_id),
      ADD CONSTRAINT call_presence_removed CHECK (removed_by IS NULL OR (expert_id IS NOT NULL AND left_at IS NOT NULL)),
      ADD CONSTRAINT call_presence_remover CHECK ((remover_id IS NOT NULL) = (removed_by IS NOT DISTINCT FROM 'agent'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE call_expert DROP COLUMN refused_at');
    await runner.query('ALTER TABLE call_presence DROP COLUMN removed_by, DROP COLUMN remover_id');
  }
}
