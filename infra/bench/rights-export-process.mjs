/** `records` with engagements of many lines: exported as their visitors get them, and copied out as they lie. */
import { rm } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Client } from 'pg';
import { createRecordsCore } from '../../server/dist/records/records-core.js';

const { World, templateFolder } = await import(process.env.BENCH_WORLD);
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
/** How often memory is looked at while an export goes on. */
const LOOK_EACH_MS = 5;

const world = await World.start();
await world.line();
const customer = await world.customer('Bench');
const core = await createRecordsCore(world.options);
const owner = new Client({ connectionString: world.postgres.url('owner') });
await owner.connect();
const filled = new Map();

const acts = { fill, export: exportAll, copy };
process.send({});
process.on('message', async ({ id, act, lines }) => {
  process.send({ id, ...(await acts[act](lines)) });
});
process.on('disconnect', async () => {
  await owner.end();
  await core.close();
  await world.stop();
  await rm(templateFolder, { recursive: true, force: true });
  process.exit(0);
});

async function fill(lines) {
  const visitor = await customer.visitor({ name: 'Mira' });
  const { engagementId } = visitor;
  await owner.query(
    `INSERT INTO chat_line
      SELECT (jsonb_populate_record(l, jsonb_build_object('number', n, 'line_id', gen_random_uuid(),
        'text', 'What does line ' || n || ' of this conversation cost a month?'))).*
      FROM chat_line l, generate_series(2, $2::int) n WHERE l.engagement_id = $1 AND l.number = 1`,
    [engagementId, lines],
  );
  await owner.query('ANALYZE chat_line');
  const parts = [];
  for await (const part of await textOf(visitor)) parts.push(part);
  const text = parts.join('');
  const { transcript } = JSON.parse(text);
  if (transcript.length !== lines) throw new Error(`an export holds ${transcript.length} of ${lines} lines`);
  filled.set(lines, { visitor, engagementId, characters: text.length });
  return {};
}

/** What the route hands over to the answer. */
async function textOf({ headers }) {
  const exported = await core.exports.export(headers);
  if (!exported.ok) throw new Error(`an export was refused: ${exported.refusal.code}`);
  return exported.value;
}

/** Whatever its parts are handed on to is not counted; that they are the whole that was filled in is looked at. */
async function exportAll(lines) {
  const { visitor, characters } = filled.get(lines);
  collectGarbage();
  const before = process.memoryUsage().rss;
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, LOOK_EACH_MS);
  const began = performance.now();
  let taken = 0;
  for await (const part of await textOf(visitor)) taken += part.length;
  const ms = performance.now() - began;
  clearInterval(look);
  most = Math.max(most, process.memoryUsage().rss);
  if (taken !== characters) throw new Error(`an export had ${taken} of ${characters} characters`);
  return { ms, rows: lines, grownBytes: Math.max(1, most - before) };
}

/** COPY as the wire carries it: every row comes as a message of its own, and is counted. */
function copy(lines) {
  const text = `COPY (SELECT * FROM chat_line WHERE engagement_id = '${filled.get(lines).engagementId}' ORDER BY number) TO STDOUT`;
  const began = performance.now();
  return new Promise((resolve, reject) => {
    let rows = 0;
    owner.query({
      submit: (connection) => connection.query(text),
      handleCopyData: () => {
        rows += 1;
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve({ ms: performance.now() - began, rows }),
      handleError: reject,
    });
  });
}
