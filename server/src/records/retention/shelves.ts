/**
 * The months of rows that go as a whole. Whether a month is due, held or in use the database looks for itself and in
 * the same transaction, so that nothing here could drop what has to stay; what is left of such a month goes row by row.
 */

import type { RecordsContext } from '../records-context.js';

export type ShelvedClass = 'transcript' | 'metadata';

/** Each class by one of its tables: the others have the same months. */
const tableOf: Readonly<Record<ShelvedClass, string>> = {
  transcript: 'chat_line',
  metadata: 'journal_entry',
};

export class Shelves {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  /** This month's and the next ones': without them rows lie with the rest, and go row by row. */
  async make(): Promise<void> {
    await this.#context.database.acrossTenants((manager) => manager.query('SELECT make_shelves()'));
  }

  /** Answers how many rows went; their receipts are written with them. */
  async dropDue(): Promise<number> {
    let dropped = 0;
    for (const dataClass of ['transcript', 'metadata'] as const) {
      for (const month of await this.#months(dataClass)) dropped += await this.#drop(dataClass, month);
    }
    return dropped;
  }

  #months(dataClass: ShelvedClass): Promise<readonly string[]> {
    return this.#context.database.acrossTenants(async (manager) => {
      const rows = await manager.query<{ month: string }[]>(months, [tableOf[dataClass]]);
      return rows.map(({ month }) => month);
    });
  }

  #drop(dataClass: ShelvedClass, month: string): Promise<number> {
    return this.#context.database.acrossTenants(async (manager) => {
      const values = [dataClass, month, new Date(this.#context.clock())];
      const [dropped] = await manager.query<{ rows: number | null }[]>(drop, values);
      return dropped?.rows ?? 0;
    });
  }
}

const drop = 'SELECT drop_shelf($1, $2::date, $3) AS rows';

/** Oldest first, and none that is still being written to. */
const months = `SELECT to_char(m.month, 'YYYY-MM-DD') AS month
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid,
    LATERAL (SELECT to_date(substring(c.relname FROM '_([0-9]{4}_[0-9]{2})$'), 'YYYY_MM') AS month) m
  WHERE i.inhparent = to_regclass($1) AND m.month < date_trunc('month', now() AT TIME ZONE 'UTC')
  ORDER BY m.month`;
