/** `records` with a table full of one customer's engagements, read as the app role and as the owner. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Client } from 'pg';
import { appDataSource } from '../../server/dist/records/database/data-source.js';
import { JournalPool } from '../../server/dist/records/database/journal-pool.js';
import { listEngagements } from '../../server/dist/records/engagements/engagement-list.js';
import { engagementEntity } from '../../server/dist/records/entities/engagement-entity.js';
import { writeBatch } from '../../server/dist/records/journal/write-batch.js';
import { readHoldings } from '../../server/dist/records/rights/holdings.js';

const { World, templateFolder } = await import(process.env.BENCH_WORLD);
const ENGAGEMENTS = 4_000;
const LINES_EACH = 8;
/** So often in one measuring that it takes long enough to be compared. */
const TIMES = { record: 20, list: 100 };
const SENDERS = 32;

const world = await World.start();
await world.line();
const customer = await world.customer('Bench');
const senders = [];
for (let at = 0; at < SENDERS; at += 1) senders.push((await customer.visitor({ name: 'Mira' })).engagementId);
const owner = new Client({ connectionString: world.postgres.url('owner') });
await owner.connect();
await fill();
const ids = (
  await owner.query('SELECT engagement_id FROM engagement ORDER BY md5(engagement_id::text) LIMIT 400')
).rows;
const ways = { secured: await connect('app'), open: await connect('owner') };
let next = 0;

process.send({});
process.on('message', async ({ id, kind, way }) => {
  const { source, pool } = ways[way];
  const began = performance.now();
  const found = kind === 'journal' ? await journal(pool) : await read(source, kind);
  process.send({ id, ms: performance.now() - began, found });
});
process.on('disconnect', async () => {
  for (const { source, pool } of Object.values(ways)) {
    await source.destroy();
    await pool.close();
  }
  await owner.end();
  await world.stop();
  await rm(templateFolder, { recursive: true, force: true });
  process.exit(0);
});

/** Past the triggers' decisions, which are all in force; and the owner is let past its own tables' security. */
async function fill() {
  const first = [senders[0]];
  await owner.query(
    `INSERT INTO engagement
      SELECT (jsonb_populate_record(e, jsonb_build_object('engagement_id', gen_random_uuid(), 'phase', 'closed',
        'requested_at', e.requested_at - n * interval '1 minute', 'ended_at', e.requested_at,
        'last_chat_number', ${LINES_EACH}))).*
      FROM engagement e, generate_series(1, ${ENGAGEMENTS}) n WHERE e.engagement_id = $1`,
    first,
  );
  await owner.query(
    `INSERT INTO chat_line
      SELECT (jsonb_populate_record(l, jsonb_build_object('engagement_id', e.engagement_id, 'number', n,
        'line_id', gen_random_uuid()))).*
      FROM engagement e, generate_series(1, ${LINES_EACH}) n, chat_line l
      WHERE l.engagement_id = $1 AND l.number = 1 AND e.last_chat_number = ${LINES_EACH}`,
    first,
  );
  // Security names the customer, with whom an index begins; who is let past it gets one that begins with the time.
  await owner.query('CREATE INDEX bench_requested ON engagement (requested_at DESC)');
  const tables = await owner.query('SELECT relname FROM pg_class WHERE relforcerowsecurity');
  for (const { relname } of tables.rows)
    await owner.query(`ALTER TABLE ${relname} NO FORCE ROW LEVEL SECURITY`);
  await owner.query('ANALYZE');
}

async function connect(role) {
  const url = world.postgres.url(role);
  const logger = world.options.logger;
  const address = { ownerUrl: url, appUrl: url };
  const source = appDataSource(address, { logger, connections: 1 });
  await source.initialize();
  return { source, pool: new JournalPool(address, logger) };
}

function read(source, kind) {
  return source.transaction(async (manager) => {
    await manager.query("SELECT set_config('app.tenant', $1, true)", [customer.tenantId]);
    let found = 0;
    for (let time = 0; time < TIMES[kind]; time += 1)
      found += kind === 'list' ? await readList(manager) : await readRecord(manager);
    return found;
  });
}

async function readList(manager) {
  const caller = { roles: ['officer'], siteIds: [], personId: randomUUID() };
  const query = { before: undefined, phase: undefined, search: undefined };
  const origins = [{ country: 'FI', evidence: 'siteSetting' }];
  return (await listEngagements(manager, { caller, query, origins, without: [] })).length;
}

async function readRecord(manager) {
  next += 1;
  const { engagement_id: engagementId } = ids[next % ids.length];
  const engagement = await manager.getRepository(engagementEntity).findOneByOrFail({ engagementId });
  return (await readHoldings(manager, engagement)).lines.length;
}

/** One line of each sender, as a group that came while another was committed. */
async function journal(pool) {
  const entries = senders.map((engagementId) => ({
    tenantId: customer.tenantId,
    entry: {
      ...{ entryId: randomUUID(), engagementId, at: Date.now(), type: 'chatLine', lineId: randomUUID() },
      ...{ from: 'visitor', text: 'What does this conversation cost a month?' },
    },
  }));
  // The disk's part is the same in both, and would hide what is compared.
  const results = await pool.use(async (client) => {
    await client.query('SET synchronous_commit = off');
    return writeBatch(client, entries, { now: Date.now(), hasRepeated: false });
  });
  if (results.some((each) => each.ok !== true)) throw new Error('a line was refused');
  return results.length;
}
