/** `records` with engagements of many lines: exported as their visitors get them, and copied out as they lie. */
import { rm } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Client } from 'pg';
import { engagementEntity } from '../../server/dist/records/entities/engagement-entity.js';
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
  const { engagementId } = await customer.visitor({ name: 'Mira' });
  await owner.query(
    `INSERT INTO chat_line
      SELECT (jsonb_populate_record(l, jsonb_build_object('number', n, 'line_id', gen_random_uuid(),
        'entry_id', gen_random_uuid(), 'text', 'What does line ' || n || ' of this conversation cost a month?'))).*
      FROM chat_line l, generate_series(2, $2::int) n WHERE l.engagement_id = $1 AND l.number = 1`,
    [engagementId, lines],
  );
  await owner.query('ANALYZE chat_line');
  filled.set(lines, engagementId);
  return {};
}

/** Whatever it is handed on to is not counted; that it is whole is looked at. */
async function exportAll(lines) {
  const engagementId = filled.get(lines);
  collectGarbage();
  const before = process.memoryUsage().rss;
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, LOOK_EACH_MS);
  const began = performance.now();
  const text = await core.database.inTenant(customer.tenantId, async (manager) => {
    const engagement = await manager.getRepository(engagementEntity).findOneByOrFail({ engagementId });
    return JSON.stringify(await core.receipts.exportOf(manager, engagement));
  });
  const ms = performance.now() - began;
  clearInterval(look);
  most = Math.max(most, process.memoryUsage().rss);
  return { ms, rows: JSON.parse(text).transcript.length, grownBytes: Math.max(1, most - before) };
}

/** COPY as the wire carries it: every row comes as a message of its own, and is counted. */
function copy(lines) {
  const text = `COPY (SELECT * FROM chat_line WHERE engagement_id = '${filled.get(lines)}' ORDER BY number) TO STDOUT`;
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
