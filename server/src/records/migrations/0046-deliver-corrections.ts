/** Corrections go to the customer's own store like every body, and answers alone can be erased there. */

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DeliverCorrections1763760000046 implements MigrationInterface {
  readonly name = 'DeliverCorrections1763760000046';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER correction_body_insert ON correction');
    await runner.query('DROP TRIGGER correction_body_update ON correction');
    await runner.query('DELETE FROM correction WHERE text IS NULL');
    await runner.query('ALTER TABLE correction DROP COLUMN delivered_at, ALTER text SET NOT NULL');
    await runner.query('DELETE FROM erasure WHERE answers_only');
    await runner.query('DROP INDEX erasure_engagement_id_key');
    await runner.query('ALTER TABLE erasure DROP COLUMN answers_only, ADD UNIQUE (engagement_id)');
  }
}

const bodyTrigger = (event: 'INSERT' | 'UPDATE') => `CREATE TRIGGER correction_body_${event.toLowerCase()}
  AFTER ${event} ON correction REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_kept_body()`;

const statements = [
  'ALTER TABLE erasure ADD COLUMN answers_only boolean NOT NULL DEFAULT false',
  // Answers that went before leave what was said to be erased another day.
  'ALTER TABLE erasure DROP CONSTRAINT erasure_engagement_id_key',
  'CREATE UNIQUE INDEX erasure_engagement_id_key ON erasure (engagement_id) WHERE NOT answers_only',
  'ALTER TABLE correction ADD COLUMN delivered_at timestamptz, ALTER text DROP NOT NULL',
  // What was kept here by mistake goes to nobody by itself: the case that holds the words is there still.
  `UPDATE correction c SET text = NULL, delivered_at = c.at FROM engagement e
    WHERE e.engagement_id = c.engagement_id AND e.delivered_to IS NOT NULL`,
  'ALTER TABLE correction ADD CONSTRAINT correction_kept CHECK ((text IS NULL) = (delivered_at IS NOT NULL))',
  `CREATE OR REPLACE FUNCTION refuse_kept_body() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
    kept boolean := false;
  BEGIN
    IF TG_TABLE_NAME = 'chat_line' THEN
      SELECT EXISTS (SELECT 1 FROM written n JOIN public.engagement e ON e.engagement_id = n.engagement_id
        WHERE e.delivered_to IS NOT NULL AND n.text IS NOT NULL) INTO kept;
    ELSIF TG_TABLE_NAME = 'survey_answers' THEN
      SELECT EXISTS (SELECT 1 FROM written n JOIN public.engagement e ON e.engagement_id = n.engagement_id
        WHERE e.delivered_to IS NOT NULL AND n.answers IS NOT NULL) INTO kept;
    ELSIF TG_TABLE_NAME = 'correction' THEN
      SELECT EXISTS (SELECT 1 FROM written n JOIN public.engagement e ON e.engagement_id = n.engagement_id
        WHERE e.delivered_to IS NOT NULL AND n.text IS NOT NULL) INTO kept;
    ELSE
      SELECT EXISTS (SELECT 1 FROM written n JOIN public.engagement e ON e.engagement_id = n.engagement_id
        WHERE e.delivered_to IS NOT NULL) INTO kept;
    END IF;
    IF kept THEN
      RAISE EXCEPTION 'what is delivered to the customer is not kept here' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$`,
  bodyTrigger('INSERT'),
  bodyTrigger('UPDATE'),
];
