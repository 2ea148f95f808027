/** Calls of one arm in a process of its own: ours as `live` has them, or a bare mediasoup router of the same topology. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { MediaCallRooms } from '../../server/dist/live/call/media-call-rooms.js';
import { callLimits, mediaCodecs } from '../../server/dist/live/call/media-settings.js';
import { findMediaWorker } from '../media-worker/provide-media-worker.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
// The library that the server uses, and not one that lies nearer to this file.
const fromServer = createRequire(new URL('../../server/package.json', import.meta.url));
const mediasoup = await import(fromServer.resolve('mediasoup'));
const found = await findMediaWorker({ root });
if (found?.state !== 'ready') throw new Error('there is no media worker: npm start provides one');

let worker;
mediasoup.observer.on('newworker', (made) => {
  worker = made;
});
const arm = process.env.BENCH_ARM === 'ours' ? await ours() : await bare();

/** As `live` wires them, without who may ask. */
async function ours() {
  const rooms = new MediaCallRooms({
    listen: { address: '127.0.0.1', announcedAddress: undefined, port: 0, workers: 1 },
    logger,
  });
  rooms.listen({
    ...{ produced: silent, producerClosed: silent, lost: silent, availabilityChanged: silent },
    roleOf: (_id, member) => (member === 'visitor' ? 'visitor' : 'lead'),
  });
  await rooms.setProgram({ state: 'ready', bin: found.bin });
  const seatOf = (call, party) => ({
    engagementId: call,
    callId: call,
    member: party,
    sessionId: `${call}-${party}`,
  });
  const value = async (reply) => {
    const made = await reply;
    if (!made.ok) throw new Error(made.refusal.code);
    return made.value;
  };
  return ({ call, party, name, body }) => {
    const seat = seatOf(call, party);
    return value(name === 'resume' ? rooms.resume(seat, body.consumerId) : rooms[name](seat, body));
  };
}

async function bare() {
  const made = await mediasoup.createWorker({ workerBin: found.bin, logLevel: 'none' });
  const webRtcServer = await made.createWebRtcServer({
    listenInfos: ['udp', 'tcp'].map((protocol) => ({ protocol, ip: '127.0.0.1' })),
  });
  const routers = new Map();
  const routerOf = (call) => {
    if (!routers.has(call)) routers.set(call, made.createRouter({ mediaCodecs }));
    return routers.get(call);
  };
  const transports = new Map();
  const consumers = new Map();
  const transportOf = async (call) => {
    const router = await routerOf(call);
    const transport = await router.createWebRtcTransport({
      ...{ webRtcServer, enableUdp: true, enableTcp: true, preferUdp: true, enableSctp: false },
      initialAvailableOutgoingBitrate: callLimits.firstOutgoingBitsPerSecond,
    });
    await transport.setMaxIncomingBitrate(callLimits.incomingBitsPerSecond);
    await transport.setMaxOutgoingBitrate(callLimits.outgoingBitsPerSecond);
    transports.set(transport.id, transport);
    const { id: transportId, iceParameters, iceCandidates, dtlsParameters } = transport;
    return { transportId, iceParameters, iceCandidates, dtlsParameters };
  };
  const receiving = new Map();
  const acts = {
    join: async ({ call, party }) => {
      const [send, receive] = await Promise.all([transportOf(call), transportOf(call)]);
      receiving.set(`${call}-${party}`, transports.get(receive.transportId));
      return { routerRtpCapabilities: (await routerOf(call)).rtpCapabilities, send, receive };
    },
    capabilities: async ({ call }) => (await routerOf(call)).rtpCapabilities,
    transport: ({ call }) => transportOf(call),
    connect: async ({ body }) => {
      await transports.get(body.transportId).connect({ dtlsParameters: body.dtlsParameters });
      return {};
    },
    produce: async ({ body }) => {
      const kind = body.source === 'microphone' ? 'audio' : 'video';
      const { rtpParameters } = body;
      const { id: producerId } = await transports.get(body.transportId).produce({ kind, rtpParameters });
      return { producerId };
    },
    consume: async ({ call, party, body: { transportId, producerId, rtpCapabilities } }) => {
      const receive = transports.get(transportId) ?? receiving.get(`${call}-${party}`);
      const consumer = await receive.consume({ producerId, rtpCapabilities, paused: true });
      consumers.set(consumer.id, consumer);
      return { consumerId: consumer.id, kind: consumer.kind, rtpParameters: consumer.rtpParameters };
    },
    resume: async ({ body }) => {
      await consumers.get(body.consumerId).resume();
      return {};
    },
    show: async ({ body: { consumerId, shown } }) => {
      await consumers.get(consumerId).setPreferredLayers({ spatialLayer: shown === 'small' ? 0 : 1 });
      return {};
    },
  };
  return (asked) => acts[asked.name](asked);
}

/** What the worker and this process have used so far, and what this process has read from anybody. */
async function usage() {
  const { ru_utime, ru_stime } = await worker.getResourceUsage();
  const own = process.cpuUsage();
  return {
    workerMs: ru_utime + ru_stime,
    nodeMs: (own.user + own.system) / 1000,
    bytesRead: Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]),
  };
}

process.send({});
process.on('message', async ({ id, ...asked }) => {
  try {
    process.send({ id, value: asked.name === 'usage' ? await usage() : await arm(asked) });
  } catch (error) {
    process.send({ id, failed: String(error) });
  }
});
process.on('disconnect', () => process.exit(0));
