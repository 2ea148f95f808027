/**
 * The months of rows that go as a whole. Whether a month is due, held or in use the database looks for itself and in
 * the same transaction, so that nothing here could drop what has to stay; what is left of such a month goes row by row.
 */

import type { RecordsContext } from '../records-context.js';

type ShelvedClass = 'transcript' | 'metadata';

interface ShelvedMonth {
  readonly dataClass: ShelvedClass;
  readonly month: string;
}

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
    for (const { dataClass, month } of await this.#months()) dropped += await this.#drop(dataClass, month);
    return dropped;
  }

  #months(): Promise<readonly ShelvedMonth[]> {
    return this.#context.database.acrossTenants((manager) => manager.query<ShelvedMonth[]>(months));
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

/** Each class by one of its tables, as the others have the same months: oldest first, and none that is still being written to. */
const months = `SELECT shelved.data_class AS "dataClass", to_char(m.month, 'YYYY-MM-DD') AS month
  FROM (VALUES (to_regclass('chat_line'), 'transcript'), (to_regclass('journal_entry'), 'metadata')) shelved (parent, data_class)
    JOIN pg_inherits i ON i.inhparent = shelved.parent JOIN pg_class c ON c.oid = i.inhrelid,
    LATERAL (SELECT to_date(substring(c.relname FROM '_([0-9]{4}_[0-9]{2})$'), 'YYYY_MM') AS month) m
  WHERE m.month < date_trunc('month', now() AT TIME ZONE 'UTC')
  ORDER BY m.month`;
