/** The journal's own connections, so that the busiest page of the console cannot keep a chat line waiting. */

import pg from 'pg';
import type { RecordsLogger } from '../records-logger.js';
import { APP_ROLE } from './app-role.js';
import type { DatabaseAddress } from './data-source.js';
import { withoutRows } from './database-failure.js';

const CONNECT_MS = 1_500;
const STATEMENT_MS = 8_000;

/** One connection inside a transaction. */
export interface PooledClient {
  query<Row>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>;
}

export class JournalPool {
  readonly #pool: pg.Pool;
  /** Of statements, which are few and always the same. */
  readonly #names = new Map<string, string>();

  constructor({ ownerUrl, appUrl }: DatabaseAddress, logger: RecordsLogger) {
    this.#pool = new pg.Pool({
      connectionString: appUrl ?? ownerUrl,
      max: 2,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: STATEMENT_MS,
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: STATEMENT_MS,
      keepAlive: true,
      // What does not wait for an answer goes in one way to the database.
      pipeline: true,
      ...(appUrl === undefined ? { options: `-c role=${APP_ROLE}` } : {}),
    });
    this.#pool.on('error', () => logger.warn('database.connectionLost'));
  }

  /** The work begins and commits; whatever it leaves open is rolled back, or the connection is thrown away. */
  async use<T>(work: (client: PooledClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    // The pool listens to idle connections only; one that breaks between two statements would end the process.
    // The next statement fails on it, and the connection is thrown away below.
    const lost = () => undefined;
    client.on('error', lost);
    const release = (broken = false) => {
      client.off('error', lost);
      client.release(broken);
    };
    const query = async <Row>(text: string, values: readonly unknown[] = []) => {
      writeTogether(client);
      const asked = values.length === 0 ? text : { name: this.#nameOf(text), text, values: [...values] };
      const { rows, rowCount } = await client.query(asked);
      return { rows: rows as Row[], rowCount };
    };
    try {
      const result = await work({ query });
      release();
      return result;
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => release(),
        () => release(true),
      );
      throw withoutRows(error);
    }
  }

  /** A connection plans each statement of that name once: for a lone line that took longer than all the rest. */
  #nameOf(text: string): string {
    const name = this.#names.get(text) ?? `journal ${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

/** What is asked in one turn goes to the database in one write: each took as long as to make what it says. */
function writeTogether(client: pg.PoolClient): void {
  // A pool hands out clients of its own class, whose connection is known.
  if (!(client instanceof pg.Client)) return;
  const { stream } = client.connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
