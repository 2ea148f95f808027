/** A Postgres with its tables and one customer in it, and no `records` any more: that is what is started. */
import { rm } from 'node:fs/promises';

const { World, templateFolder } = await import(process.env.BENCH_WORLD);

const world = await World.start();
const customer = await world.customer('Bench');
await world.records.close();

process.send({ databaseUrl: world.postgres.url('owner'), siteKey: customer.siteKey });
process.on('disconnect', async () => {
  await world.postgres.stop();
  await rm(world.folder, { recursive: true, force: true });
  await rm(templateFolder, { recursive: true, force: true });
  process.exit(0);
});
