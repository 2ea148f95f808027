/** Which tables a database holds, their columns, and whether this role sees all of their rows. */

import type { Client } from 'pg';

export interface SqlColumn {
  readonly name: string;
  /** Quoted, to stand in a query. */
  readonly quoted: string;
}

export interface SqlTable {
  /** With its schema, as a place in the report. */
  readonly name: string;
  readonly quoted: string;
  readonly columns: readonly SqlColumn[];
  /** Why this role does not see all of it. */
  readonly hidden: string | undefined;
}

interface ColumnRow {
  readonly schema: string;
  readonly table: string;
  readonly quoted_table: string;
  readonly column: string;
  readonly quoted_column: string;
  readonly readable: boolean;
  readonly filtered: boolean;
}

/**
 * Everything with rows of its own, the system's catalogue included, which holds comments, defaults and samples of
 * values; and the views that show what the server remembers of statements. Tables of large values are read through
 * the tables they belong to.
 */
const COLUMNS = `
  SELECT n.nspname AS schema, c.relname AS "table", a.attname AS "column",
    format('%I.%I', n.nspname, c.relname) AS quoted_table, quote_ident(a.attname) AS quoted_column,
    has_table_privilege(c.oid, 'SELECT') AS readable,
    row_security_active(c.oid) AND NOT EXISTS (
      SELECT FROM pg_policy p
      WHERE p.polrelid = c.oid AND p.polpermissive AND pg_get_expr(p.polqual, p.polrelid) = 'true'
        AND (SELECT oid FROM pg_roles WHERE rolname = current_user) = ANY (p.polroles)
    ) AS filtered
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE (c.relkind IN ('r', 'm', 'S') AND c.relpersistence <> 't')
    OR (n.nspname = 'pg_catalog' AND c.relname IN (
      'pg_stat_activity', 'pg_prepared_xacts', 'pg_replication_slots', 'pg_settings', 'pg_locks'))
  ORDER BY n.nspname, c.relname, a.attnum`;

export async function findTables(client: Client): Promise<readonly SqlTable[]> {
  const { rows } = await client.query<ColumnRow>(COLUMNS);
  const tables = new Map<string, { row: ColumnRow; columns: SqlColumn[] }>();
  for (const row of rows) {
    const table = tables.get(row.quoted_table) ?? { row, columns: [] };
    table.columns.push({ name: row.column, quoted: row.quoted_column });
    tables.set(row.quoted_table, table);
  }
  return [...tables.values()].map(({ row, columns }) => ({
    name: `${row.schema}.${row.table}`,
    quoted: row.quoted_table,
    columns,
    hidden: whyHidden(row),
  }));
}

function whyHidden({ readable, filtered }: ColumnRow): string | undefined {
  if (!readable) return 'the role may not read it';
  return filtered ? 'a policy hides rows of it from the role' : undefined;
}
