/**
 * `records` for the bench, with its Postgres and three journals on it: the real one; the same one (same checks, same
 * rows, same connections) with a commit for each entry; and a bare INSERT with its own COMMIT, on as many connections
 * as pg's pool has by itself, which checks and numbers nothing. The world of the server's tests comes as a bundle.
 */
import { rm } from 'node:fs/promises';
import { Client, Pool } from 'pg';
import { WebSocketServer } from 'ws';
import { JournalServer } from '../../server/dist/records/journal/journal-server.js';
import { JournalWriter } from '../../server/dist/records/journal/journal-writer.js';
import { createRecordsCore } from '../../server/dist/records/records-core.js';

const { World, JOURNAL_SECRET, templateFolder } = await import(process.env.BENCH_WORLD);
const VISITORS = 32;

const world = await World.start();
// A visitor is let in only while a live node stands.
await world.line();
const customer = await world.customer('Bench');
const engagements = [];
for (let at = 0; at < VISITORS; at += 1) engagements.push((await customer.visitor()).engagementId);
const single = await startSingle();
const bare = await startBare(world.postgres.url('owner'));

const urls = { ours: world.journalUrl, single: single.url, bare: bare.url };
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
  await single.close();
  await world.stop();
  await rm(templateFolder, { recursive: true, force: true });
  process.exit(0);
});

/** The journal of `records` whose groups hold one entry each. */
async function startSingle() {
  const core = await createRecordsCore(world.options);
  const writer = new JournalWriter(core.context, () => undefined);
  const server = new JournalServer({
    secret: JOURNAL_SECRET,
    submit: async (entry) => (await writer.write([entry]))[0],
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
      await core.database.close();
    },
  };
}

async function startBare(connectionString) {
  const pool = new Pool({ connectionString });
  // An idle connection may see the end of Postgres before its own.
  pool.on('error', () => undefined);
  await pool.query(`CREATE TABLE bench_line (
    entry_id uuid PRIMARY KEY, number bigserial NOT NULL, engagement_id uuid NOT NULL, line_id uuid NOT NULL,
    party text NOT NULL, body text NOT NULL, said_at bigint NOT NULL)`);
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (socket) => {
    const say = (message) => socket.send(JSON.stringify(message));
    say({ challenge: 'x'.repeat(43) });
    socket.on('message', async (data) => {
      const { hello, id, entry } = JSON.parse(String(data));
      if (hello !== undefined) {
        say({ hello: { ticketKeys: [] } });
        say({ storage: 'up' });
      }
      if (entry === undefined) return;
      const { rows } = await pool.query(
        `INSERT INTO bench_line (entry_id, engagement_id, line_id, party, body, said_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (entry_id) DO NOTHING RETURNING number`,
        [entry.entryId, entry.engagementId, entry.lineId, entry.from, entry.text, entry.at],
      );
      say({ id, ack: { ok: true, version: 1, number: Number(rows[0].number), at: Date.now() } });
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `ws://127.0.0.1:${server.address().port}/`,
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await pool.end();
    },
  };
}
