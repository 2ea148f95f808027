/** The functions by which the app role has shelves made and dropped, though it may do neither itself. */

import { shelvedTables } from './shelved-tables.js';

const OWNERS = 'LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp';
const names = (dataClass?: string) =>
  Object.entries(shelvedTables)
    .filter(([, each]) => dataClass === undefined || each.dataClass === dataClass)
    .map(([table]) => table)
    .join(',');

/** Who writes goes first: what waits for a lock this long is given up and tried with the next sweep. */
const LOCK_WAIT = "SET LOCAL lock_timeout = '100ms'";

const MONTHS = "CASE of_class WHEN 'transcript' THEN c.transcript_months ELSE c.metadata_months END";
const over = (from: string) =>
  `(${from} AT TIME ZONE 'UTC' + make_interval(months => ${MONTHS})) AT TIME ZONE 'UTC'`;
const END = 'coalesce(e.ended_at, e.requested_at)';
const isHeld = 'h.engagement_id = e.engagement_id AND h.lifted_at IS NULL AND h.held_until > now_is';

const held = `PERFORM FROM legal_hold h JOIN engagement e ON ${isHeld} WHERE e.shelf = month LIMIT 1;
        IF FOUND THEN RETURN NULL; END IF;`;
// A month's last day may stand for several: then an earlier end is over later, though never by a day.
const isLate = `${over('m.latest')} + interval '1 day' > now_is
            AND EXISTS (SELECT FROM engagement e
              WHERE e.shelf = month AND e.tenant_id = c.tenant_id AND ${over(END)} > now_is)
          LIMIT 1;
        IF FOUND THEN RETURN NULL; END IF;`;

/** What ends the function where the month has to stay: an engagement whose term is not over, or one that is held. */
const staying = {
  eachOne: {
    unlocked: `PERFORM FROM engagement e JOIN customer c ON c.tenant_id = e.tenant_id
          WHERE e.shelf = month AND (${over(END)} > now_is OR EXISTS (SELECT FROM legal_hold h WHERE ${isHeld}))
          LIMIT 1;
        IF FOUND THEN RETURN NULL; END IF;`,
    locked: '',
  },
  whole: {
    unlocked: `${held}
        PERFORM FROM (SELECT e.tenant_id, max(${END}) AS latest FROM engagement e
            WHERE e.shelf = month GROUP BY 1) m JOIN customer c ON c.tenant_id = m.tenant_id
          WHERE ${isLate}`,
    locked: '',
  },
  // Once over the engagements, which are twenty thousand where lines are a million; before, only what costs nothing.
  once: {
    unlocked: `${held}
        PERFORM FROM customer c WHERE ${over("month::timestamp AT TIME ZONE 'UTC'")} <= now_is LIMIT 1;
        IF NOT FOUND THEN RETURN NULL; END IF;`,
    locked: `SELECT array_agg(tenant_id), array_agg(latest), array_agg(m.rows) INTO tenants, ends, lines FROM (
          SELECT e.tenant_id, max(${END}) AS latest, sum(e.last_chat_number - e.lines_gone) AS rows
            FROM engagement e WHERE e.shelf = month GROUP BY 1) m;
        PERFORM FROM unnest(tenants, ends) AS m (tenant_id, latest) JOIN customer c ON c.tenant_id = m.tenant_id
          WHERE ${isLate}`,
  },
} as const;

/** What is written to a shelf by its own name is looked at there; what is written to its table, there. */
const guarding = {
  none: '',
  decisions: `EXECUTE format('CREATE TRIGGER written_decisions AFTER INSERT ON public.%I REFERENCING NEW TABLE AS written
          FOR EACH STATEMENT EXECUTE FUNCTION check_written_decisions(%L)', shelf_name,
          CASE of_table ${classes()} END);`,
  // Those of the table itself, which look at what a statement wrote or changed.
  likeTable: `FOR found IN SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger
            WHERE tgrelid = to_regclass('public.' || of_table) AND tgname ~ '^(written|named|changed)_' LOOP
          EXECUTE replace(found.definition, format(' ON public.%I ', of_table), format(' ON public.%I ', shelf_name));
        END LOOP;`,
} as const;

export const shelfFunctions = [
  {
    // Nothing where it is there already, or where rows of that month lie with the rest and would have to move.
    signature: 'make_shelf(text, date)',
    create: makeShelf({ guards: 'none' }),
  },
  {
    // This month and the next two; by the clock of the database, which is the one that chooses a shelf.
    signature: 'make_shelves()',
    create: `CREATE FUNCTION make_shelves() RETURNS void ${OWNERS} AS $$
      DECLARE
        this_month CONSTANT date := date_trunc('month', now() AT TIME ZONE 'UTC');
        each text;
      BEGIN
        ${LOCK_WAIT};
        FOREACH each IN ARRAY '{${names()}}'::text[] LOOP
          FOR ahead IN 0..2 LOOP
            BEGIN
              PERFORM make_shelf(each, (this_month + make_interval(months => ahead))::date);
            EXCEPTION WHEN lock_not_available OR deadlock_detected THEN NULL;
            END;
          END LOOP;
        END LOOP;
      END $$`,
  },
  {
    signature: 'drop_shelf(text, date, timestamptz)',
    create: dropShelf({ lines: 'counted', due: 'eachOne' }),
  },
] as const;

function classes(): string {
  return Object.entries(shelvedTables)
    .map(([table, { dataClass }]) => `WHEN '${table}' THEN '${dataClass}'`)
    .join(' ');
}

export function makeShelf({ guards }: { readonly guards: keyof typeof guarding }): string {
  return `CREATE OR REPLACE FUNCTION make_shelf(of_table text, month date) RETURNS void ${OWNERS} AS $$
      DECLARE
        shelf_name CONSTANT text := of_table || to_char(month, '_YYYY_MM');
        beyond CONSTANT date := month + interval '1 month';
        is_taken boolean;
        ${guards === 'likeTable' ? 'found record;' : ''}
      BEGIN
        IF to_regclass('public.' || shelf_name) IS NOT NULL THEN RETURN; END IF;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE shelf >= $1 AND shelf < $2)', of_table || '_rest')
          INTO is_taken USING month, beyond;
        IF is_taken THEN RETURN; END IF;
        EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
          shelf_name, of_table, month, beyond);
        ${guarding[guards]}
      END $$`;
}

interface ShelfDropped {
  /**
   * Rows are counted one by one, or, of lines, by the numbers that their engagements gave them and what of those is
   * gone: asked for themselves, or summed with the question what is due (`once`).
   */
  readonly lines: 'counted' | 'numbered' | 'summed';
  readonly due: keyof typeof staying;
}

/** NULL where something on the shelf is not due, is held, or is in use; else how many rows went, with receipts. */
export function dropShelf({ lines, due }: ShelfDropped): string {
  const one = "' UNION ALL SELECT tenant_id, count(*) AS rows FROM public.%1$I GROUP BY 1'";
  const numbered = `' UNION ALL SELECT tenant_id, sum(last_chat_number - lines_gone) AS rows FROM public.engagement
    WHERE shelf = %2$L GROUP BY 1'`;
  const summed = "' UNION ALL SELECT * FROM unnest($1, $2) AS m (tenant_id, rows)'";
  const ofLines = { counted: one, numbered, summed }[lines];
  return `CREATE OR REPLACE FUNCTION drop_shelf(of_class text, month date, now_is timestamptz) RETURNS integer ${OWNERS} AS $$
      DECLARE
        tables CONSTANT text[] := CASE of_class
          WHEN 'transcript' THEN '{${names('transcript')}}'::text[]
          WHEN 'metadata' THEN '{${names('metadata')}}'::text[] END;
        each text;
        shelf_name text;
        counts text := '';
        tenants uuid[];
        ends timestamptz[];
        lines bigint[];
        dropped integer := 0;
      BEGIN
        IF tables IS NULL OR month >= date_trunc('month', now() AT TIME ZONE 'UTC') THEN RETURN NULL; END IF;
        ${LOCK_WAIT};
        -- Nobody places a hold while it is looked for.
        LOCK TABLE legal_hold IN SHARE MODE;
        ${staying[due].unlocked}
        FOREACH each IN ARRAY tables LOOP
          shelf_name := each || to_char(month, '_YYYY_MM');
          IF to_regclass('public.' || shelf_name) IS NULL THEN CONTINUE; END IF;
          -- Nothing is added or taken between the count and the end; whoever reads may go on until then.
          EXECUTE format('LOCK TABLE public.%I IN SHARE MODE', shelf_name);
          counts := counts || format(CASE of_class WHEN 'transcript' THEN ${ofLines} ELSE ${one} END, shelf_name, month);
        END LOOP;
        IF counts = '' THEN RETURN NULL; END IF;
        ${staying[due].locked}
        EXECUTE format('WITH counted AS (SELECT tenant_id, sum(rows)::integer AS rows FROM (%s) AS each GROUP BY 1 HAVING sum(rows) > 0),
            told AS (INSERT INTO purge_receipt (receipt_id, tenant_id, data_class, months, older_than, purged_rows, shelf)
              SELECT gen_random_uuid(), n.tenant_id, %L::data_class, m.months,
                (%L::timestamptz AT TIME ZONE ''UTC'' - make_interval(months => m.months)) AT TIME ZONE ''UTC'', n.rows, %L
              FROM counted n JOIN customer c ON c.tenant_id = n.tenant_id,
                LATERAL (SELECT CASE %L WHEN ''transcript'' THEN c.transcript_months ELSE c.metadata_months END AS months) m)
          SELECT coalesce(sum(rows), 0)::integer FROM counted',
          substr(counts, length(' UNION ALL ')), of_class, now_is, month, of_class) INTO dropped USING tenants, lines;
        FOREACH each IN ARRAY tables LOOP
          EXECUTE format('DROP TABLE IF EXISTS public.%I', each || to_char(month, '_YYYY_MM'));
        END LOOP;
        RETURN dropped;
      EXCEPTION WHEN lock_not_available OR deadlock_detected THEN RETURN NULL;
      END $$`;
}
