/**
 * `records` for the bench, with its Postgres: the real journal, and beside it, in the same process and database, the
 * baseline: the same channel, where each entry is one INSERT with a COMMIT of its own, on as many connections as pg's
 * pool has by itself. The world of the server's tests is handed over as a bundle.
 */
import { Client, Pool } from 'pg';
import { WebSocketServer } from 'ws';

const { World, JOURNAL_SECRET } = await import(process.env.BENCH_WORLD);
const VISITORS = 32;

const world = await World.start();
// A visitor is let in only while a live node stands.
await world.line();
const customer = await world.customer('Bench');
const engagements = [];
for (let at = 0; at < VISITORS; at += 1) engagements.push((await customer.visitor()).engagementId);
const naive = await startNaive(world.postgres.url('owner'));

process.send({ url: world.journalUrl, naiveUrl: naive.url, secret: JOURNAL_SECRET, engagements });
process.on('message', async ({ id }) => {
  const client = new Client({ connectionString: world.postgres.url('owner') });
  await client.connect();
  const ours = await client.query('SELECT sum(last_chat_number)::int AS rows FROM engagement');
  const single = await client.query('SELECT count(*)::int AS rows FROM bench_line');
  await client.end();
  process.send({ id, ours: ours.rows[0].rows, naive: single.rows[0].rows });
});
process.on('disconnect', async () => {
  await naive.close();
  await world.stop();
  process.exit(0);
});

async function startNaive(connectionString) {
  const pool = new Pool({ connectionString });
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
