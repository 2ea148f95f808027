/** `live` with real calls for the bench, and a double of records behind the real journal channel. */
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MediaCallRooms } from '../../server/dist/live/call/media-call-rooms.js';
import { findMediaWorker } from '../media-worker/provide-media-worker.mjs';

const { LiveWorld } = await import(process.env.BENCH_WORLD);
const root = fileURLToPath(new URL('../..', import.meta.url));
const silent = () => undefined;
const SINCE_LAST_MS = 3_600_000;
const LOOK_MS = 20;

const worker = await findMediaWorker({ root });
if (worker?.state !== 'ready') throw new Error('there is no media worker: npm start provides one');
const calls = new MediaCallRooms({
  listen: { address: '127.0.0.1', announcedAddress: undefined, port: 0, workers: 1 },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
});
const world = await LiveWorld.start({
  calls,
  publicUrl: 'http://live.localhost:0',
  allowedHosts: ['live.localhost'],
});
await calls.setProgram({ state: 'ready', bin: worker.bin });

process.send({ url: `http://live.localhost:${world.port}` });
/** Of calls, that they are over is written down. */
const ended = () => world.records.of('callEnded').length;
let begun = 0;
process.on('message', async ({ id, visitorOrigin, agentOrigin }) => {
  // Nobody is connected between two calls: those of the call before have been away for good, which takes a look. Who
  // leaves only now is away from now on.
  world.clock.advance(SINCE_LAST_MS);
  while (ended() < begun) {
    await setTimeout(LOOK_MS);
    world.clock.advance(SINCE_LAST_MS);
  }
  begun += 1;
  const started = world.engagement({ ...world.shop, origin: visitorOrigin });
  process.send({
    id,
    engagementId: started.engagementId,
    visitorTicket: world.records.visitorTicket(started),
    agentTicket: world.records.agentTicket({ ...world.shop.agents[0], origin: agentOrigin }),
  });
});
process.on('disconnect', async () => {
  await world.close();
  process.exit(0);
});
