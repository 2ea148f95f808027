/**
 * A batch of lines asks once whether the engagements and decisions that it names are there, where a foreign key asked
 * for each line by itself, which took half of a group's time. What holds is the same: what is referred to is locked
 * against its end until the lines are committed, and refuses to go or to change its key while a line names it.
 */

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { shelvesOf } from './0052-check-decisions-by-statement.js';
import { makeShelf } from './shelf-functions.js';

interface Reference {
  readonly parent: string;
  readonly key: readonly string[];
}

const engagement: Reference = { parent: 'engagement', key: ['tenant_id', 'engagement_id', 'shelf'] };
const references: readonly Reference[] = [
  engagement,
  { parent: 'transfer_decision', key: ['tenant_id', 'decision_id'] },
];

export class CheckReferencesByStatement1763760000060 implements MigrationInterface {
  readonly name = 'CheckReferencesByStatement1763760000060';

  async up(runner: QueryRunner): Promise<void> {
    const tables = ['chat_line', ...(await shelvesOf(runner, 'chat_line'))];
    for (const reference of references) {
      const { parent, key } = reference;
      for (const each of [check(reference), keep(reference)]) await runner.query(each);
      for (const table of tables) {
        await runner.query(onLines(table, parent, 'INSERT'));
        await runner.query(onLines(table, parent, 'UPDATE'));
      }
      await runner.query(`CREATE TRIGGER lines_keep AFTER DELETE OR UPDATE OF ${key.join(', ')} ON ${parent}
        FOR EACH ROW EXECUTE FUNCTION keep_${parent}_of_lines()`);
      await runner.query(`CREATE TRIGGER lines_keep_all BEFORE TRUNCATE ON ${parent}
        FOR EACH STATEMENT EXECUTE FUNCTION keep_${parent}_of_lines()`);
      await runner.query(`ALTER TABLE chat_line DROP CONSTRAINT chat_line_${key.join('_')}_fkey`);
    }
    await runner.query(makeShelf({ guards: 'likeTable' }));
    for (const each of whenRestored) await runner.query(each);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP MATERIALIZED VIEW referring_lines');
    await runner.query('DROP FUNCTION require_references()');
    await runner.query(makeShelf({ guards: 'decisions' }));
    for (const { parent, key } of references) {
      const keys = key.join(', ');
      await runner.query(`ALTER TABLE chat_line ADD FOREIGN KEY (${keys}) REFERENCES ${parent} (${keys})`);
      await runner.query(`DROP FUNCTION check_${parent}_of_lines(), keep_${parent}_of_lines() CASCADE`);
    }
  }
}

/** On each shelf as well: what is written to it by its own name does not pass the table. By name before `written_decisions`. */
const onLines = (table: string, parent: string, event: 'INSERT' | 'UPDATE') =>
  `CREATE TRIGGER ${event === 'INSERT' ? 'named' : 'changed'}_${parent} AFTER ${event} ON ${table}
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION check_${parent}_of_lines()`;

const PATH = 'SET search_path = pg_catalog, public, pg_temp';
export const OWNERS = `RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER ${PATH}`;

const equal = (key: readonly string[], one: string, other: string) =>
  key.map((column) => `${one}.${column} = ${other}.${column}`).join(' AND ');

/** The lock is a foreign key's, taken in one order, so that two writers cannot wait for each other. */
const check = ({ parent, key }: Reference) => `CREATE FUNCTION check_${parent}_of_lines() ${OWNERS} AS $$
  BEGIN
    PERFORM FROM (SELECT DISTINCT ${key.join(', ')} FROM written ORDER BY ${key.join(', ')}) AS n
      WHERE NOT EXISTS (SELECT FROM public.${parent} p WHERE ${equal(key, 'p', 'n')} FOR KEY SHARE);
    IF FOUND THEN
      RAISE EXCEPTION 'a line names what is not there' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
  END $$`;

export const checkEngagement = check(engagement);

/**
 * What goes waits for those who hold it, and then sees their lines. Under a stricter isolation it would look at the
 * past, in which there are none, so there it does not go at all. A key that is there again leaves nothing behind.
 */
const keep = ({ parent, key }: Reference) => `CREATE FUNCTION keep_${parent}_of_lines() ${OWNERS} AS $$
  BEGIN
    IF TG_OP <> 'TRUNCATE' THEN
      PERFORM FROM public.${parent} p WHERE ${equal(key, 'p', 'OLD')};
      IF FOUND THEN RETURN NULL; END IF;
    END IF;
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
      RAISE EXCEPTION 'lines may refer to it that are not seen' USING ERRCODE = 'feature_not_supported';
    ELSIF TG_OP = 'TRUNCATE' THEN
      PERFORM FROM public.chat_line LIMIT 1;
    ELSE
      PERFORM FROM public.chat_line l WHERE ${equal(key, 'l', 'OLD')} LIMIT 1;
    END IF;
    IF FOUND THEN
      RAISE EXCEPTION 'a line refers to it' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
  END $$`;

const isWithout = ({ parent, key }: Reference) =>
  `NOT EXISTS (SELECT FROM public.${parent} p WHERE ${equal(key, 'p', 'l')})`;

/** A dump that is read back fills this view last of all: that fails where a foreign key would have refused the dump. */
const whenRestored = [
  `CREATE FUNCTION require_references() RETURNS boolean LANGUAGE plpgsql ${PATH} AS $$
  BEGIN
    PERFORM FROM public.chat_line l WHERE ${references.map(isWithout).join(' OR ')} LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'a line names what is not there' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN true;
  END $$`,
  'CREATE MATERIALIZED VIEW referring_lines AS SELECT require_references() AS are_whole',
];
