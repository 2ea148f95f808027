/** A Postgres with its tables, one customer and one agent in it, and no `records` any more: that is what is started. */
import { rm } from 'node:fs/promises';

const { World, templateFolder } = await import(process.env.BENCH_WORLD);

const world = await World.start();
const customer = await world.customer('Bench');
const { email } = await customer.agent('Aki');
await world.records.close();

process.send({ databaseUrl: world.postgres.url('owner'), siteKey: customer.siteKey, email });
process.on('disconnect', async () => {
  await world.postgres.stop();
  await rm(world.folder, { recursive: true, force: true });
  await rm(templateFolder, { recursive: true, force: true });
  process.exit(0);
});
