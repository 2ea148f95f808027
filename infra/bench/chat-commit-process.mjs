/**
 * `records` for the bench, with its Postgres and four journals on it: the real one; one with an INSERT and a COMMIT for
 * each entry, of the same row under the same security and triggers, on as many connections as pg's pool has by itself;
 * and two that check nothing, into a table of their own: such an INSERT for each entry, and one for a thousand. The
 * world of the server's tests comes as a bundle.
 */
import { rm } from 'node:fs/promises';
import { SaidInTurn, saidIn } from '@alongside/engagement';
import { Client, Pool } from 'pg';
import { WebSocketServer } from 'ws';
import { JournalServer } from '../../server/dist/records/journal/journal-server.js';
import { createRecordsCore } from '../../server/dist/records/records-core.js';

const { World, JOURNAL_SECRET, templateFolder } = await import(process.env.BENCH_WORLD);
const VISITORS = 32;
/** Of the entries that wait, so many go with one statement. */
const SET = 1_000;

const world = await World.start();
// A visitor is let in only while a live node stands.
await world.line();
const customer = await world.customer('Bench');
const engagements = [];
for (let at = 0; at < VISITORS; at += 1) engagements.push((await customer.visitor()).engagementId);
const pool = poolOf('owner');
const appPool = poolOf('app');
const single = await startSingle();
await pool.query(`CREATE TABLE bench_line (
  entry_id uuid PRIMARY KEY, number bigserial NOT NULL, engagement_id uuid NOT NULL, line_id uuid NOT NULL,
  party text NOT NULL, body text NOT NULL, said_at bigint NOT NULL)`);
const bare = await startUnchecked(insertOne);
const ceiling = await startUnchecked(insertSets());

const urls = { ours: world.journalUrl, single: single.url, bare: bare.url, ceiling: ceiling.url };
process.send({ urls, secret: JOURNAL_SECRET, engagements });
process.on('message', async ({ id }) => {
  const client = new Client({ connectionString: world.postgres.url('owner') });
  await client.connect();
  const numbered = await client.query('SELECT sum(last_chat_number)::int AS rows FROM engagement');
  const inserted = await client.query('SELECT count(*)::int AS rows FROM bench_line');
  await client.end();
  process.send({ id, numbered: numbered.rows[0].rows, inserted: inserted.rows[0].rows });
});
process.on('disconnect', async () => {
  await bare.close();
  await ceiling.close();
  await single.close();
  await pool.end();
  await appPool.end();
  await world.stop();
  await rm(templateFolder, { recursive: true, force: true });
  process.exit(0);
});

function poolOf(role) {
  const made = new Pool({ connectionString: world.postgres.url(role) });
  // An idle connection may see the end of Postgres before its own.
  made.on('error', () => undefined);
  return made;
}

/** A line as anybody would store one: its number is the next one of its engagement, whose row that locks. */
const LINE = `WITH e AS (UPDATE engagement SET last_chat_number = last_chat_number + 1, version = version + 1
    WHERE engagement_id = $1 RETURNING *)
  INSERT INTO chat_line (engagement_id, number, line_id, sender, text, at, version, tenant_id,
    origin_country, origin_evidence, storage_region, decision_id, shelf, purpose)
  SELECT e.engagement_id, e.last_chat_number, $2, $3, $4, $5, e.version, e.tenant_id,
    e.origin_country, e.origin_evidence, e.storage_region, e.transcript_decision_id, e.shelf, 'conversation'
  FROM e RETURNING number, version`;

/** One INSERT and one COMMIT, as one customer, whose rows alone are seen then. */
async function insertLine({ engagementId, lineId, from, text, at }) {
  const client = await appPool.connect();
  try {
    await client.query('BEGIN');
    await client.query("SELECT set_config('app.tenant', $1, true)", [customer.tenantId]);
    const { rows } = await client.query(LINE, [engagementId, lineId, from, text, new Date(at)]);
    await client.query('COMMIT');
    return { ok: true, ...rows[0], at };
  } finally {
    client.release();
  }
}

/** The door of the journal, behind which each entry is committed by itself. */
async function startSingle() {
  const core = await createRecordsCore(world.options);
  const server = new JournalServer({
    secret: JOURNAL_SECRET,
    submit: insertLine,
    nodes: core.nodes,
    database: core.database,
    hello: () => ({ ticketKeys: [] }),
    missed: async () => [],
    logger: world.options.logger,
  });
  const { url } = await server.listen('127.0.0.1', 0);
  return {
    url,
    close: async () => {
      await server.close();
      await core.close();
    },
  };
}

const INTO = 'INSERT INTO bench_line (entry_id, engagement_id, line_id, party, body, said_at)';

async function insertOne({ entryId, engagementId, lineId, from, text, at }) {
  const { rows } = await pool.query(
    `${INTO} VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (entry_id) DO NOTHING RETURNING number`,
    [entryId, engagementId, lineId, from, text, at],
  );
  return Number(rows[0].number);
}

/** What comes while one set is committed waits for the next. */
function insertSets() {
  let waiting = [];
  let isRunning = false;
  const run = async () => {
    isRunning = true;
    await Promise.resolve();
    while (waiting.length > 0) {
      const set = waiting.slice(0, SET);
      waiting = waiting.slice(SET);
      const column = (of) => set.map(({ entry }) => of(entry));
      const { rows } = await pool.query(
        `${INTO} SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[])
          RETURNING number`,
        [
          column(({ entryId }) => entryId),
          column(({ engagementId }) => engagementId),
          column(({ lineId }) => lineId),
          column(({ from }) => from),
          column(({ text }) => text),
          column(({ at }) => at),
        ],
      );
      for (const [at, { settle }] of set.entries()) settle(Number(rows[at].number));
    }
    isRunning = false;
  };
  return (entry) =>
    new Promise((settle) => {
      waiting.push({ entry, settle });
      if (!isRunning) void run();
    });
}

/** A journal's door that asks for no proof, and acknowledges what was inserted. */
async function startUnchecked(insert) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (socket) => {
    const said = new SaidInTurn((text) => socket.send(text));
    const say = (message) => said.say(message);
    say({ challenge: 'x'.repeat(43) });
    const hear = async ({ hello, id, entry }) => {
      if (hello !== undefined) {
        say({ hello: { ticketKeys: [] } });
        say({ storage: 'up' });
      }
      if (entry === undefined) return;
      say({ id, ack: { ok: true, version: 1, number: await insert(entry), at: Date.now() } });
    };
    socket.on('message', (data) => {
      for (const message of saidIn(String(data))) void hear(message);
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `ws://127.0.0.1:${server.address().port}/`,
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
