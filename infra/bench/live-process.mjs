/** The built `live`, with the door wide open for as many as a bench brings, and no calls. */
import { attachFrames } from '../../server/dist/live/frames/attach-frames.js';
import { createLive } from '../../server/dist/live/index.js';
import { heldMemory } from './held-memory.mjs';

const silent = () => undefined;
const { url, secret } = JSON.parse(process.env.BENCH_RECORDS ?? '{}');
const withoutCalls = new Proxy(
  { availability: () => ({ state: 'off' }) },
  { get: (own, name) => own[name] ?? silent },
);
const live = createLive({
  nodeId: 'bench',
  journal: { url, secret },
  publicUrl: 'http://live.test:0',
  listen: { host: '127.0.0.1', port: 0 },
  allowedHosts: ['live.test', '127.0.0.1'],
  clock: { now: () => Date.now() },
  steadyClock: performance,
  logger: { info: silent, warn: silent, error: silent },
  calls: withoutCalls,
  frames: attachFrames,
  doorLimits: { waiting: 100_000, waitingPerNetwork: 100_000, failuresPerMinute: 1_000, admissionMs: 60_000 },
  limitsInForce: () => [],
});
const port = await live.listen();
while (live.status().storage !== 'up') await new Promise((resolve) => setTimeout(resolve, 20));
process.send({ port });
process.on('message', ({ id }) => process.send({ id, ...heldMemory() }));
process.on('disconnect', () => process.exit(0));
