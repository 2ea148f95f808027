/**
 * How many lines an engagement holds is known without counting them: what it numbered, less what is gone. So a month
 * of lines goes without a walk over all of them, and its receipts are exact all the same.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropShelf } from './shelf-functions.js';

export class CountLines1763760000034 implements MigrationInterface {
  readonly name = 'CountLines1763760000034';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
    await runner.query(dropShelf({ lines: 'numbered', due: 'eachOne' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropShelf({ lines: 'counted', due: 'eachOne' }));
    await runner.query('DROP TRIGGER chat_line_gone ON chat_line');
    await runner.query('DROP FUNCTION note_gone_lines()');
    await runner.query('ALTER TABLE engagement DROP COLUMN lines_gone');
  }
}

const statements = [
  'ALTER TABLE engagement ADD COLUMN lines_gone integer NOT NULL DEFAULT 0',
  `UPDATE engagement e SET lines_gone = e.last_chat_number - n.lines
    FROM (SELECT engagement_id, (SELECT count(*) FROM chat_line l WHERE l.engagement_id = o.engagement_id
      AND l.shelf = o.shelf) AS lines FROM engagement o) AS n
    WHERE n.engagement_id = e.engagement_id AND n.lines <> e.last_chat_number`,
  // With each statement that takes lines away, whoever says it; in the order of ids, as the journal locks engagements.
  `CREATE FUNCTION note_gone_lines() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      ids CONSTANT uuid[] := (SELECT array_agg(DISTINCT engagement_id) FROM gone);
    BEGIN
      PERFORM FROM engagement WHERE engagement_id = ANY(ids) ORDER BY engagement_id FOR UPDATE;
      UPDATE engagement e SET lines_gone = e.lines_gone + n.lines
        FROM (SELECT engagement_id, count(*) AS lines FROM gone GROUP BY 1) AS n
        WHERE e.engagement_id = n.engagement_id;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER chat_line_gone AFTER DELETE ON chat_line REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION note_gone_lines()`,
];
