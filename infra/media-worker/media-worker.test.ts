/** The worker as provided here: encryption over the bridge to the system's libsrtp, and binaries that are none. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWorker } from 'mediasoup';
import type { DirectTransport, PipeTransport, Router, RtpParameters, Worker } from 'mediasoup/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMediaWorker } from './provide-media-worker.mjs';
import { findStartFault, findUseFault } from './verify-worker.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SSRC = 11_223_344;
const PAYLOAD_TYPE = 101;
const ROUNDS = 50;

describe('a worker', () => {
  let worker: Worker;
  beforeAll(async () => {
    const found = await findMediaWorker({ root });
    if (found?.state !== 'ready')
      throw new Error('the media worker is missing: run infra/media-worker/media-worker-cli.mjs');
    worker = await createWorker({ workerBin: found.bin, logLevel: 'none' });
  });
  afterAll(() => worker?.close());

  it('carries media unharmed through an encrypted hop', async () => {
    const [here, there] = await Promise.all([makeRouter(worker), makeRouter(worker)]);
    const [outgoing, incoming] = await joinEncrypted(here, there);
    expect(outgoing.srtpParameters?.cryptoSuite).toBe('AEAD_AES_256_GCM');
    const source = await here.createDirectTransport();
    const producer = await source.produce({ kind: 'audio', rtpParameters: parameters() });
    const piped = await outgoing.consume({ producerId: producer.id });
    const { id: producerId } = await incoming.produce({
      kind: 'audio',
      rtpParameters: piped.rtpParameters,
    });
    const sink = await there.createDirectTransport();
    const consumer = await consume(sink, { producerId, router: there });
    const received: string[] = [];
    consumer.on('rtp', (packet) => received.push(payloadOf(packet)));

    const sent = Array.from(
      { length: ROUNDS },
      (_, index) => `opus packet ${index} ${'x'.repeat(index * 20)}`,
    );
    for (const [index, payload] of sent.entries()) producer.send(packetOf(index, payload));
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(ROUNDS);
    expect(received).toEqual(sent);

    // What arrived was decrypted there, and receiver reports went back encrypted as well.
    const [stats] = await incoming.getStats();
    expect(stats?.rtpBytesReceived).toBeGreaterThan(sent.join('').length);
  });

  it('ends cleanly with all that it holds', async () => {
    const { routerIds } = await worker.dump();
    expect(routerIds.length).toBeGreaterThan(0);
    worker.close();
    expect(worker.closed).toBe(true);
    expect(worker.died).toBe(false);
  });
});

describe('a binary that is no worker', () => {
  it('is told by its start', async () => {
    expect(await findStartFault('/bin/true')).toBe('it ended with code 0');
    expect(await findStartFault('/no/such/worker')).toContain('ENOENT');
    expect(await findUseFault(root, '/bin/false')).toBe('it ended with code 1');
  });

  it('is told by its use, should its start look right', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'alongside-worker-'));
    try {
      const impostor = join(folder, 'impostor');
      await writeFile(impostor, '#!/bin/sh\nexit 41\n', { mode: 0o755 });
      expect(await findStartFault(impostor)).toBeUndefined();
      expect(await findUseFault(root, impostor)).toBeTypeOf('string');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is refused when a setting names it', async () => {
    const found = await findMediaWorker({ root, env: { MEDIASOUP_WORKER_BIN: '/bin/false' } });
    expect(found).toMatchObject({ state: 'unavailable', reason: 'givenWorkerFails' });
  });
});

function makeRouter(worker: Worker): Promise<Router> {
  return worker.createRouter({
    mediaCodecs: [
      {
        kind: 'audio',
        mimeType: 'audio/opus',
        clockRate: 48_000,
        channels: 2,
        preferredPayloadType: PAYLOAD_TYPE,
      },
    ],
  });
}

async function joinEncrypted(here: Router, there: Router): Promise<readonly [PipeTransport, PipeTransport]> {
  const options = { listenInfo: { protocol: 'udp' as const, ip: '127.0.0.1' }, enableSrtp: true };
  const [outgoing, incoming] = await Promise.all([
    here.createPipeTransport(options),
    there.createPipeTransport(options),
  ]);
  await Promise.all([outgoing.connect(addressOf(incoming)), incoming.connect(addressOf(outgoing))]);
  return [outgoing, incoming];
}

function addressOf({ tuple, srtpParameters }: PipeTransport) {
  if (!srtpParameters) throw new Error('the hop is not encrypted');
  return { ip: '127.0.0.1', port: tuple.localPort, srtpParameters };
}

function parameters(): RtpParameters {
  return {
    mid: 'AUDIO',
    codecs: [{ mimeType: 'audio/opus', payloadType: PAYLOAD_TYPE, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc: SSRC }],
    rtcp: { cname: 'hop' },
  };
}

function consume(sink: DirectTransport, { producerId, router }: { producerId: string; router: Router }) {
  return sink.consume({ producerId, rtpCapabilities: router.rtpCapabilities });
}

/** A bare RTP packet: version 2, no extension, one source. */
function packetOf(sequence: number, payload: string): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(PAYLOAD_TYPE, 1);
  header.writeUInt16BE(1_000 + sequence, 2);
  header.writeUInt32BE(960 * sequence, 4);
  header.writeUInt32BE(SSRC, 8);
  return Buffer.concat([header, Buffer.from(payload)]);
}

function payloadOf(packet: Buffer): string {
  const sources = packet.readUInt8(0) & 0x0f;
  const hasExtension = (packet.readUInt8(0) & 0x10) !== 0;
  const fixed = 12 + 4 * sources;
  const start = hasExtension ? fixed + 4 + 4 * packet.readUInt16BE(fixed + 2) : fixed;
  return packet.subarray(start).toString();
}
