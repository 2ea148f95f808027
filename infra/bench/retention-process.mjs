/**
 * `records` for the bench of retention. A month is filled past the triggers and before it is hung in, so that filling
 * a million rows takes seconds; what is measured runs on the real tables with everything on them.
 */
import { execFile } from 'node:child_process';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { createRecordsCore } from '../../server/dist/records/records-core.js';
import { Purge } from '../../server/dist/records/retention/purge.js';
import { Shelves } from '../../server/dist/records/retention/shelves.js';

const { World, JOURNAL_SECRET, templateFolder } = await import(process.env.BENCH_WORLD);
const SENDERS = 4;
const LINES_EACH = 50;

const world = await World.start();
await world.line();
const customer = await world.customer('Bench');
const engagements = [];
for (let at = 0; at < SENDERS; at += 1) engagements.push((await customer.visitor()).engagementId);
const core = await createRecordsCore(world.options);
let owner = await asOwner();
const month = await monthLongPast();
const shelf = `chat_line_${month.slice(0, 7).replace('-', '_')}`;

const acts = { fill, settle, drop, delete: deleteAll, sweep };
process.send({ url: world.journalUrl, secret: JOURNAL_SECRET, engagements });
process.on('message', async ({ id, act, ...asked }) => {
  process.send({ id, ...(await acts[act](asked)) });
});
process.on('disconnect', async () => {
  await owner.end();
  await core.close();
  await world.stop();
  await rm(templateFolder, { recursive: true, force: true });
  process.exit(0);
});

async function asOwner() {
  const client = new Client({ connectionString: world.postgres.url('owner') });
  await client.connect();
  return client;
}

/**
 * What is due has lain on disk for months. Rows that were just written or deleted wait in memory for a checkpoint and
 * for the disk, which the act after them would pay for: an end of Postgres is the checkpoint that its owner can have.
 * Nor are they in the machine's memory any more, for either way.
 */
async function settle() {
  await owner.end();
  await world.postgres.stop();
  await forgetFiles(join(world.folder, 'postgres', 'cluster', 'base'));
  await world.restartPostgres();
  owner = await asOwner();
  // Whoever is connected from before finds out now, and not while it is measured.
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 20));
  return {};
}

const LARGE_BYTES = 1_000_000;

/** Has the machine drop from memory what it has read of them; one that cannot be told to measures both ways without. */
async function forgetFiles(folder) {
  for (const name of await readdir(folder, { recursive: true })) {
    const file = join(folder, name);
    const { size } = await stat(file);
    if (size >= LARGE_BYTES)
      await promisify(execFile)('dd', [`if=${file}`, 'iflag=nocache', 'count=0']).catch(() => undefined);
  }
}

function answers() {
  return core.database.allTenants().then(
    () => true,
    () => false,
  );
}

async function monthLongPast() {
  const { rows } = await owner.query(
    "SELECT to_char(date_trunc('month', now() AT TIME ZONE 'UTC') - interval '8 months', 'YYYY-MM-DD') AS month",
  );
  return rows[0].month;
}

/** Whatever an earlier act left of the month goes first. */
async function clear() {
  await owner.query(`DROP TABLE IF EXISTS ${shelf}`);
  for (const table of ['introduction', 'correction'])
    await owner.query(
      `DELETE FROM ${table} WHERE engagement_id IN (SELECT engagement_id FROM engagement WHERE shelf = $1)`,
      [month],
    );
  await owner.query('UPDATE legal_hold SET lifted_at = now() WHERE lifted_at IS NULL');
  await owner.query('DELETE FROM engagement WHERE shelf = $1', [month]);
}

async function fill({ lines, held = false }) {
  await clear();
  const first = [engagements[0], month];
  await owner.query(
    `INSERT INTO engagement
      SELECT (jsonb_populate_record(e, jsonb_build_object('engagement_id', gen_random_uuid(), 'shelf', $2::date,
        'phase', 'closed', 'requested_at', $2::date, 'ended_at', $2::date + interval '1 hour',
        'return_until', $2::date + interval '1 day', 'last_chat_number', ${LINES_EACH}))).*
      FROM engagement e, generate_series(1, $3::int) WHERE e.engagement_id = $1`,
    [...first, lines / LINES_EACH],
  );
  await owner.query(`CREATE TABLE ${shelf} (LIKE chat_line INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
  const { rows } = await owner.query(
    "SELECT string_agg(column_name, ', ') AS names FROM information_schema.columns WHERE table_name = 'chat_line'",
  );
  const own = {
    engagement_id: 'e.engagement_id',
    shelf: 'e.shelf',
    number: 'n',
    line_id: 'gen_random_uuid()',
  };
  const of = {
    ...own,
    text: "'What does line ' || n || ' of this cost a month?'",
  };
  const columns = rows[0].names.split(', ');
  await owner.query(
    `INSERT INTO ${shelf} (${columns.join(', ')})
      SELECT ${columns.map((name) => of[name] ?? `l.${name}`).join(', ')}
      FROM engagement e, generate_series(1, ${LINES_EACH}) n, chat_line l
      WHERE e.shelf = $2 AND l.engagement_id = $1 AND l.number = 1`,
    first,
  );
  const beyond = (await owner.query("SELECT ($1::date + interval '1 month')::date::text AS day", [month]))
    .rows[0].day;
  await owner.query(
    `ALTER TABLE chat_line ATTACH PARTITION ${shelf} FOR VALUES FROM ('${month}') TO ('${beyond}')`,
  );
  // What lay for months was vacuumed by Postgres itself; without it, each round would leave its dead rows to the next.
  await owner.query(`VACUUM ANALYZE ${shelf}`);
  await owner.query('VACUUM ANALYZE engagement');
  if (held) await hold();
  return {};
}

/** One engagement of the month is held, so that the month goes row by row. */
async function hold() {
  const { rows } = await owner.query('SELECT engagement_id FROM engagement WHERE shelf = $1 LIMIT 1', [
    month,
  ]);
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const body = { engagementId: rows[0].engagement_id, caseReference: 'bench', law: 'bench', until };
  const answer = await customer.officer.post('/api/holds', body);
  if (answer.status !== 200) throw new Error(`a hold answered ${answer.status}`);
}

/** By the functions that a sweep calls. */
async function drop() {
  const shelves = new Shelves(core.context);
  const began = performance.now();
  const rows = await shelves.dropDue();
  return { ms: performance.now() - began, rows };
}

async function deleteAll() {
  await owner.query('BEGIN');
  // What notes the lines that are gone is no part of a DELETE as anybody would write it.
  await owner.query('ALTER TABLE chat_line DISABLE TRIGGER chat_line_gone');
  const began = performance.now();
  const { rowCount } = await owner.query('DELETE FROM chat_line WHERE shelf = $1', [month]);
  // A COMMIT is over when its log is on the disk; this waits for that and for nothing else.
  await owner.query("SELECT pg_logical_emit_message(false, 'bench', '', true)");
  const ms = performance.now() - began;
  await owner.query('ROLLBACK');
  return { ms, rows: rowCount };
}

/** The real purge, with each of its transactions timed. */
async function sweep() {
  const { database } = core;
  const batches = [];
  const timed = async (work) => {
    const began = performance.now();
    const done = await work();
    batches.push(performance.now() - began);
    return done;
  };
  const purge = new Purge({
    ...core.context,
    database: {
      eachTenant: (work) => database.eachTenant(work),
      acrossTenants: (work) => timed(() => database.acrossTenants(work)),
      inTenant: (tenantId, work) => timed(() => database.inTenant(tenantId, work)),
    },
  });
  const began = performance.now();
  const { value } = await purge.run();
  return { ms: performance.now() - began, rows: value.purgedRows, batches };
}
