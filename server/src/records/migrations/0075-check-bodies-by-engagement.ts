/**
 * Whether the words of a batch of lines may be kept here is asked once for each of its engagements, together with whether
 * that is there at all: to ask for each line took half of what a group of a thousand did.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bodyTrigger } from './0028-deliver-to-customers.js';
import { checkEngagement, OWNERS } from './0060-check-references-by-statement.js';

export class CheckBodiesByEngagement1763760000075 implements MigrationInterface {
  readonly name = 'CheckBodiesByEngagement1763760000075';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(checkEngagementAndBodies);
    for (const event of ['insert', 'update'])
      await runner.query(`DROP TRIGGER chat_line_body_${event} ON chat_line`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const event of ['INSERT', 'UPDATE'] as const) await runner.query(bodyTrigger('chat_line', event));
    await runner.query(checkEngagement.replace('CREATE', 'CREATE OR REPLACE'));
  }
}

/** The lock is a foreign key's, taken in one order, so that two writers cannot wait for each other. */
const checkEngagementAndBodies = `CREATE OR REPLACE FUNCTION check_engagement_of_lines() ${OWNERS} AS $$
  BEGIN
    PERFORM FROM (SELECT tenant_id, engagement_id, shelf, bool_or(text IS NOT NULL) AS has_body FROM written
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) AS n
      WHERE NOT EXISTS (SELECT FROM public.engagement e
        WHERE e.tenant_id = n.tenant_id AND e.engagement_id = n.engagement_id AND e.shelf = n.shelf
          AND NOT (n.has_body AND e.delivered_to IS NOT NULL) FOR KEY SHARE);
    IF NOT FOUND THEN RETURN NULL; END IF;
    PERFORM FROM written n JOIN public.engagement e ON e.engagement_id = n.engagement_id
      WHERE n.text IS NOT NULL AND e.delivered_to IS NOT NULL;
    IF FOUND THEN
      RAISE EXCEPTION 'what is delivered to the customer is not kept here' USING ERRCODE = 'check_violation';
    END IF;
    RAISE EXCEPTION 'a line names what is not there' USING ERRCODE = 'foreign_key_violation';
  END $$`;
