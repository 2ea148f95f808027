/** Writes one batch in one transaction: the entries of each tenant as that tenant, in the order they came. */

import pg from 'pg';
import { type EngagementState, lockEngagements } from './engagement-state.js';
import { type EntryResult, refused } from './entry-result.js';
import type { FactEntry } from './fact-rows.js';
import type { SqlClient } from './sql-client.js';
import { type ChatLineEntry, ChatLineWriter, isTakenIfNew } from './write-chat-lines.js';
import { FactWriter } from './write-facts.js';

export type BatchEntry = ChatLineEntry | FactEntry;

export interface TenantEntry {
  readonly tenantId: string;
  readonly entry: BatchEntry;
}

export interface BatchOptions {
  readonly now: number;
  /** Some of it was stored before: then every line is looked for, and not those alone that would not be taken now. */
  readonly hasRepeated: boolean;
}

/** Results in the order of the entries. Throws when a statement fails, and then nothing is committed. */
export async function writeBatch(
  client: SqlClient,
  entries: readonly TenantEntry[],
  options: BatchOptions,
): Promise<readonly EntryResult[]> {
  const results = new Map<TenantEntry, EntryResult>();
  const groups = [...byTenant(entries)];
  for (const [at, [tenantId, own]] of groups.entries()) {
    const written = await writeOfTenant(
      client,
      own.map((each) => each.entry),
      {
        ...options,
        first: `${at === 0 ? 'BEGIN; ' : ''}${asTenant(tenantId)}`,
        last: at === groups.length - 1 ? 'COMMIT' : undefined,
      },
    );
    for (const [index, each] of own.entries()) results.set(each, written[index] ?? refused('internal'));
  }
  return entries.map((each) => results.get(each) ?? refused('internal'));
}

/** As above, but an entry that fails is refused alone: each has a savepoint to fall back to. */
export async function writeOneByOne(
  client: SqlClient,
  entries: readonly TenantEntry[],
  now: number,
): Promise<readonly EntryResult[]> {
  const results: EntryResult[] = [];
  await client.query('BEGIN');
  for (const { tenantId, entry } of entries) {
    try {
      const [result] = await writeOfTenant(client, [entry], {
        ...{ now, hasRepeated: true },
        first: `${asTenant(tenantId)}; SAVEPOINT entry`,
        last: 'RELEASE SAVEPOINT entry',
      });
      results.push(result ?? refused('internal'));
    } catch {
      // If the connection is what failed, going back fails as well and ends the batch.
      await client.query('ROLLBACK TO SAVEPOINT entry');
      results.push(refused('internal'));
    }
  }
  await client.query('COMMIT');
  return results;
}

interface TenantOptions extends BatchOptions {
  /** What makes it the tenant's, in one way to the database with what is asked first. */
  readonly first: string;
  /** What ends it, in one way with what is stored: where that fails, the database ends the failure instead. */
  readonly last: string | undefined;
}

const asTenant = (tenantId: string) => `SET LOCAL app.tenant = ${pg.escapeLiteral(tenantId)}`;

async function writeOfTenant(
  client: SqlClient,
  entries: readonly BatchEntry[],
  { now, hasRepeated, first, last }: TenantOptions,
): Promise<readonly EntryResult[]> {
  const ids = [...new Set(entries.map((each) => each.engagementId))];
  const [, states] = await Promise.all([client.query(first), lockEngagements(client, ids)]);
  const lines = new ChatLineWriter(client, now);
  const facts = new FactWriter(client, now);
  const shelves = [...new Set([...states.values()].map(({ shelf }) => shelf))];
  const said = entries.filter((each) => each.type === 'chatLine');
  // A fact may change what is taken of the lines after it.
  const recallsAll = hasRepeated || said.length < entries.length;
  await lines.recall(
    said.filter((each) => recallsAll || !isTakenIfNew(each, states.get(each.engagementId))),
    shelves,
  );
  await facts.recall(
    entries.filter((each) => each.type !== 'chatLine'),
    shelves,
  );
  const results: EntryResult[] = [];
  for (const entry of entries) {
    results.push(await write(entry, { state: states.get(entry.engagementId), lines, facts }));
  }
  await Promise.all([
    facts.store(),
    lines.store(states.values()),
    ...(last === undefined ? [] : [client.query(last)]),
  ]);
  return results;
}

function write(
  entry: BatchEntry,
  { state, lines, facts }: { state: EngagementState | undefined; lines: ChatLineWriter; facts: FactWriter },
): EntryResult | Promise<EntryResult> {
  if (state === undefined) return refused('notFound');
  return entry.type === 'chatLine' ? lines.add(entry, state) : facts.add(entry, state);
}

function byTenant(entries: readonly TenantEntry[]): ReadonlyMap<string, TenantEntry[]> {
  const groups = new Map<string, TenantEntry[]>();
  for (const each of entries) {
    const group = groups.get(each.tenantId);
    if (group === undefined) groups.set(each.tenantId, [each]);
    else group.push(each);
  }
  return groups;
}
