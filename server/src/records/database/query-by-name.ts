/**
 * A statement that each connection reads once by its name: to read one on seven tables with the rules of each, whose rows
 * it may see, took as long as to run it. Its plan is still made for the values, as long as those of one name are alike.
 */

import type { EntityManager } from 'typeorm';

interface Client {
  query(asked: {
    readonly name: string;
    readonly text: string;
    readonly values: readonly unknown[];
  }): Promise<{ rows: unknown[] }>;
}

/** Within a transaction. A name belongs to one text for good. */
export async function queryByName<Row>(
  manager: EntityManager,
  { name, text }: { readonly name: string; readonly text: string },
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const client: Client = await manager.queryRunner?.connect();
  return (await client.query({ name, text, values })).rows as Row[];
}
