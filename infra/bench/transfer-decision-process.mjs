/**
 * `records` with two journals: the real one, and one whose lines go to a table like the real one but for the trigger
 * and the reference to a decision, and whose writer takes every engagement for covered.
 */
import { rm } from 'node:fs/promises';
import { Client } from 'pg';
import { GroupCommitter } from '../../server/dist/records/journal/group-committer.js';
import { JournalServer } from '../../server/dist/records/journal/journal-server.js';
import { JournalWriter } from '../../server/dist/records/journal/journal-writer.js';
import { createRecordsCore } from '../../server/dist/records/records-core.js';

const { World, JOURNAL_SECRET, templateFolder } = await import(process.env.BENCH_WORLD);
const VISITORS = 32;

const world = await World.start();
await world.line();
const customer = await world.customer('Bench');
const engagements = [];
for (let at = 0; at < VISITORS; at += 1) engagements.push((await customer.visitor()).engagementId);
const owner = new Client({ connectionString: world.postgres.url('owner') });
await owner.connect();
await makePlainTable();
const core = await createRecordsCore(world.options);
const journals = { ours: await listen(core.context), plain: await listen(plainContext()) };

process.send({
  ...{ secret: JOURNAL_SECRET, engagements },
  urls: { ours: journals.ours.url, plain: journals.plain.url },
});
process.on('message', async ({ id }) => {
  // The first line of each came with its engagement.
  const decided = await owner.query('SELECT count(*)::int AS rows FROM chat_line WHERE number > 1');
  const plainly = await owner.query('SELECT count(*)::int AS rows FROM plain_line');
  process.send({ id, decided: decided.rows[0].rows, plainly: plainly.rows[0].rows });
});
process.on('disconnect', async () => {
  for (const { server } of Object.values(journals)) await server.close();
  await owner.end();
  await core.close();
  await world.stop();
  await rm(templateFolder, { recursive: true, force: true });
  process.exit(0);
});

/** Partitions, keys, references and row-level security as on the real one. */
async function makePlainTable() {
  const all = async (sql) => (await owner.query(sql)).rows.map((row) => row.text);
  await owner.query('CREATE TABLE plain_line (LIKE chat_line INCLUDING ALL) PARTITION BY RANGE (shelf)');
  await owner.query('CREATE TABLE plain_line_all PARTITION OF plain_line DEFAULT');
  const references = await all(`SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint
    WHERE conrelid = 'chat_line'::regclass AND contype = 'f' AND confrelid <> 'transfer_decision'::regclass`);
  for (const reference of references) await owner.query(`ALTER TABLE plain_line ADD ${reference}`);
  const triggers = await all(`SELECT pg_get_triggerdef(oid) AS text FROM pg_trigger
    WHERE tgrelid = 'chat_line'::regclass AND NOT tgisinternal AND tgname !~ 'decision'`);
  for (const trigger of triggers) await owner.query(trigger.replaceAll('chat_line', 'plain_line'));
  await owner.query('ALTER TABLE plain_line ENABLE ROW LEVEL SECURITY');
  const [own] = await all(`SELECT pg_get_expr(polqual, polrelid) AS text FROM pg_policy
    WHERE polrelid = 'chat_line'::regclass AND polname = 'own_rows'`);
  await owner.query(`CREATE POLICY own_rows ON plain_line USING (${own}) WITH CHECK (${own})`);
  await owner.query('GRANT SELECT, INSERT, DELETE ON plain_line TO alongside_app');
}

/** The same statements, but for the table and for what asks whether decisions are in force. */
function plainContext() {
  const { database } = core;
  const plainly = (text) => {
    const elsewhere = text
      .replace('INTO chat_line', 'INTO plain_line')
      .replace('FROM chat_line', 'FROM plain_line');
    if (!text.includes('JOIN transfer_decision')) return elsewhere;
    const bare = text
      .replace(/JOIN transfer_decision[^\n]*/g, '')
      .replace(/\(m\.ended_at[\s\S]*?AS covered/, 'true AS covered');
    if (bare.includes('transfer_decision m') || !bare.includes('true AS covered'))
      throw new Error('another statement');
    return bare;
  };
  const withClient = (work) =>
    database.withClient((client) => work({ query: (text, values) => client.query(plainly(text), values) }));
  const tenantsForJournal = (ids) => database.tenantsForJournal(ids);
  return { ...core.context, database: { withClient, tenantsForJournal } };
}

async function listen(context) {
  const writer = new JournalWriter(context, () => undefined);
  const { logger } = core.context;
  const committer = new GroupCommitter({
    ...{ database: core.database, logger },
    write: (entries) => writer.write(entries),
  });
  const server = new JournalServer({
    ...{ secret: JOURNAL_SECRET, nodes: core.nodes, database: core.database, logger },
    submit: (entry) => committer.submit(entry),
    hello: () => ({ ticketKeys: [] }),
    missed: async () => [],
  });
  return { server, ...(await server.listen('127.0.0.1', 0)) };
}
