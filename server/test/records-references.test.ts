/** What a line refers to is there as long as the line is, whoever writes and whoever removes, one beside the other. */
import { randomUUID } from 'node:crypto';
import { until } from '@alongside/testkit';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { World } from './records-world.js';

type Parent = 'engagement' | 'transfer_decision';
type Line = Readonly<Record<string, string>>;

const REFUSED = '23503';
const parents: readonly Parent[] = ['engagement', 'transfer_decision'];
const keyOf = { engagement: 'engagement_id', transfer_decision: 'decision_id' } as const;

let world: World;
let tenantId: string;
/** Of the engagement that every parent and every line here is a copy of. */
let model: string;
/** One writes lines, the other removes what they refer to: each in a transaction of its own. */
let writer: Client;
let remover: Client;

beforeAll(async () => {
  world = await World.start();
  await world.line();
  const customer = await world.customer('Hazel');
  tenantId = customer.tenantId;
  model = (await customer.visitor({ topic: 'Loans' })).engagementId;
});
afterAll(() => world?.stop());

beforeEach(async () => {
  writer = await connected('app');
  remover = await connected('owner');
  await writer.query('BEGIN');
  await writer.query("SELECT set_config('app.tenant', $1, true)", [tenantId]);
});
afterEach(async () => {
  // The one that may hold locks first.
  for (const each of [writer, remover]) await each.end();
});

async function connected(role: 'app' | 'owner'): Promise<Client> {
  const client = new Client({ connectionString: world.postgres.url(role) });
  await client.connect();
  return client;
}

/** Copies of the model's rows with other values, so that nothing else than its lines refers to a parent. */
async function makeParent(parent: Parent): Promise<string> {
  const id = randomUUID();
  const modelOf = {
    engagement: 'engagement_id = $1',
    transfer_decision:
      'decision_id = (SELECT transcript_decision_id FROM engagement WHERE engagement_id = $1)',
  };
  const changed = { [keyOf[parent]]: id, ...(parent === 'engagement' ? {} : { inputs_sha256: id }) };
  await world.sql(
    `INSERT INTO ${parent} SELECT (jsonb_populate_record(p, $2::jsonb)).* FROM ${parent} p WHERE ${modelOf[parent]}`,
    [model, JSON.stringify(changed)],
  );
  return id;
}

const batch = (table: string) => `INSERT INTO ${table} SELECT (jsonb_populate_record(l, new)).*
  FROM chat_line l, unnest($2::jsonb[]) AS new WHERE l.engagement_id = $1 AND l.number = 1`;

let written = 1000;
const newLine = (line: Line) => JSON.stringify({ number: ++written, line_id: randomUUID(), ...line });

const insertLine = (client: Client, line: Line, table = 'chat_line') =>
  client.query(batch(table), [model, [newLine(line)]]);

const remove = (parent: Parent, id: string) =>
  remover.query(`DELETE FROM ${parent} WHERE ${keyOf[parent]} = $1`, [id]);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return String(Reflect.get(Object(error), 'code'));
  }
  return 'none';
}

/** Once a statement is under way, and stands behind the lock of another. */
async function blocked(client: Client): Promise<void> {
  const pid = Reflect.get(client, 'processID');
  await until(async () => {
    const [row] = await world.sql<{ waits: boolean }>(
      "SELECT wait_event_type = 'Lock' AS waits FROM pg_stat_activity WHERE pid = $1",
      [pid],
    );
    return row?.waits === true;
  });
}

const shelfOf = async () =>
  String(
    (await world.sql('SELECT shelf::text AS shelf FROM engagement WHERE engagement_id = $1', [model]))[0]
      ?.shelf,
  );

describe.each(parents)('a line and its %s', (parent) => {
  const key = keyOf[parent];
  const left = (id: string) =>
    world.sql(
      `SELECT 1 FROM chat_line l WHERE ${key} = $1 AND NOT EXISTS
      (SELECT FROM ${parent} p WHERE p.${key} = l.${key})`,
      [id],
    );

  it('is refused where there is none, also in a batch of others, and also on the shelf by its name', async () => {
    const line = { [key]: randomUUID() };
    expect(await codeOf(insertLine(writer, line))).toBe(REFUSED);
    const lines = [newLine({}), newLine({ ...line })];
    expect(await codeOf(world.sql(batch('chat_line'), [model, lines]))).toBe(REFUSED);
    const shelf = `chat_line_${(await shelfOf()).slice(0, 7).replace('-', '_')}`;
    expect(await codeOf(insertLine(remover, line, shelf))).toBe(REFUSED);
  });

  it('cannot be moved to one that is not there', async () => {
    const id = await makeParent(parent);
    await insertLine(remover, { [key]: id });
    const moved = (to: string) =>
      remover.query(`UPDATE chat_line SET ${key} = $2 WHERE ${key} = $1`, [id, to]);
    expect(await codeOf(moved(randomUUID()))).toMatch(parent === 'engagement' ? REFUSED : 'AL001');
    expect(await codeOf(moved(await makeParent(parent)))).toBe('none');
  });

  it('keeps it from going and from changing its key, until the line itself has gone', async () => {
    const id = await makeParent(parent);
    await insertLine(remover, { [key]: id });
    expect(await codeOf(remove(parent, id))).toBe(REFUSED);
    const renamed = remover.query(`UPDATE ${parent} SET ${key} = $2 WHERE ${key} = $1`, [id, randomUUID()]);
    expect(await codeOf(renamed)).toBe(REFUSED);
    expect(await codeOf(remover.query(`TRUNCATE ${parent} CASCADE`))).toBe(REFUSED);
    await remover.query(`DELETE FROM chat_line WHERE ${key} = $1`, [id]);
    expect((await remove(parent, id)).rowCount).toBe(1);
  });

  it('holds it while the line is written: who removes it waits, and is refused', async () => {
    const id = await makeParent(parent);
    await insertLine(writer, { [key]: id });
    const removed = codeOf(remove(parent, id));
    await blocked(remover);
    await writer.query('COMMIT');
    expect([await removed, await left(id)]).toEqual([REFUSED, []]);
  });

  it('lets it go where the line is not written after all', async () => {
    const id = await makeParent(parent);
    await insertLine(writer, { [key]: id });
    const removed = codeOf(remove(parent, id));
    await blocked(remover);
    await writer.query('ROLLBACK');
    expect(await removed).toBe('none');
  });

  it('waits for who removes it, and is refused, or written where it stays', async () => {
    for (const [end, code] of [
      ['COMMIT', REFUSED],
      ['ROLLBACK', 'none'],
    ] as const) {
      const id = await makeParent(parent);
      await remover.query('BEGIN');
      await remove(parent, id);
      await writer.query('SAVEPOINT before');
      const inserted = codeOf(insertLine(writer, { [key]: id }));
      await blocked(writer);
      await remover.query(end);
      expect([end, await inserted]).toEqual([end, code]);
      await writer.query('ROLLBACK TO before');
    }
  });

  it('is not left behind by who looks at the past, on either side', async () => {
    const id = await makeParent(parent);
    await remover.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await remover.query('SELECT 1 FROM customer');
    await insertLine(writer, { [key]: id });
    await writer.query('COMMIT');
    expect(await codeOf(remove(parent, id))).toBe('0A000');
    await remover.query('ROLLBACK');
    const gone = await makeParent(parent);
    await writer.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await writer.query("SELECT set_config('app.tenant', $1, true)", [tenantId]);
    await writer.query('SELECT 1 FROM customer');
    await remove(parent, gone);
    expect(await codeOf(insertLine(writer, { [key]: gone }))).toBe('40001');
  });

  it('is missed when a dump is read back that has the line alone', async () => {
    await remover.query('BEGIN');
    await remover.query('REFRESH MATERIALIZED VIEW referring_lines');
    await remover.query('ALTER TABLE chat_line DISABLE TRIGGER USER');
    await insertLine(remover, { [key]: randomUUID() });
    expect(await codeOf(remover.query('REFRESH MATERIALIZED VIEW referring_lines'))).toBe(REFUSED);
    await remover.query('ROLLBACK');
  });
});

it('a line lies on the shelf of its engagement, wherever it is written or moved', async () => {
  const id = await makeParent('engagement');
  expect(await codeOf(insertLine(writer, { engagement_id: id, shelf: '2001-01-01' }))).toBe(REFUSED);
  await insertLine(remover, { engagement_id: id });
  const moved = remover.query("UPDATE chat_line SET shelf = '2001-01-01' WHERE engagement_id = $1", [id]);
  expect(await codeOf(moved)).toBe(REFUSED);
});

it('each shelf looks at what its table looks at, also one that comes later', async () => {
  await world.sql("SELECT make_shelf('chat_line', '2031-01-01')");
  const rows = await world.sql<{ names: string }>(
    `SELECT string_agg(tgname, ' ' ORDER BY tgname) AS names FROM pg_trigger
      WHERE tgname ~ '^(written|named|changed)_' AND (tgrelid = 'chat_line'::regclass
        OR tgrelid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'chat_line'::regclass)) GROUP BY tgrelid`,
  );
  expect(rows.length).toBeGreaterThan(4);
  const wanted =
    'changed_engagement changed_transfer_decision named_engagement named_transfer_decision written_decisions';
  expect(new Set(rows.map(({ names }) => names))).toEqual(new Set([wanted]));
});
