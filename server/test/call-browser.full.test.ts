/** A call between two pages of a real browser through a real media worker, and again after the worker is killed. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { CallMember } from '@alongside/engagement';
import type {
  AgentId,
  EngagementId,
  Party,
  RemoteProducer,
  Reply,
  TransportOffer,
} from '@alongside/protocol';
import { accept } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MediaCallRooms } from '../src/live/call/media-call-rooms.js';
import type { CallSeat } from '../src/live/call-rooms.js';
import { clientHello } from './client-hello.js';
import { IceClient } from './ice-client.js';
import { seeded, sendRubbish } from './media-rubbish.js';
import { chromiumBin, mediaWorkerBin } from './test-tools.js';
import { WorkerDumps } from './worker-dumps.js';

const engagementId = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e10' as EngagementId;
const callId = 'call-1';
const listen = { address: '127.0.0.1', announcedAddress: undefined, port: 0, workers: 1 };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let rooms: MediaCallRooms;
let server: Server;
let browser: Browser;
const produced: RemoteProducer[] = [];
const memberOf = (party: Party): CallMember => (party === 'visitor' ? party : ('aki' as AgentId));
const twoMembers = {
  roleOf: (_id: EngagementId, member: CallMember) => (member === 'visitor' ? 'visitor' : 'lead'),
  isHere: () => false,
  replaced: () => undefined,
  deserted: () => undefined,
  flooded: () => undefined,
  offered: () => undefined,
  withheld: () => undefined,
} as const;
let lost = 0;

beforeAll(async () => {
  rooms = new MediaCallRooms({ listen, logger: silent });
  rooms.listen({
    ...twoMembers,
    availabilityChanged: () => undefined,
    produced: (_id, producer) => produced.push(producer),
    producerChanged: () => undefined,
    producerClosed: () => undefined,
    lost: () => {
      lost += 1;
    },
  });
  await rooms.setProgram({ state: 'ready', bin: await mediaWorkerBin() });
  server = await servePage();
  browser = await chromium.launch({
    executablePath: chromiumBin(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      // A machine may have no IPv6 address but this one.
      '--allow-loopback-in-peer-connection',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await rooms?.close();
  await new Promise((resolve) => server?.close(resolve));
});

async function servePage(): Promise<Server> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./call-page.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  const script = outputFiles[0]?.text ?? '';
  const made = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><script src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return made;
}

interface Candidate {
  readonly protocol?: unknown;
  readonly address?: unknown;
}

/** `reaches`: what its network lets through of what the worker announces. */
async function openPage(
  party: Party,
  rooms: MediaCallRooms,
  reaches: (candidate: Candidate) => boolean = () => true,
): Promise<Page> {
  const seat: CallSeat = { engagementId, callId, member: memberOf(party), sessionId: `${party}-page` };
  const commands: Record<string, (body: never) => Promise<Reply<object>>> = {
    join: async (body) => {
      const joined = await rooms.join(seat, body);
      if (!joined.ok) return joined;
      const reached = (offer: TransportOffer) => ({
        ...offer,
        iceCandidates: offer.iceCandidates.filter(reaches),
      });
      const { send, receive } = joined.value;
      return accept({ ...joined.value, send: reached(send), receive: reached(receive) });
    },
    connect: (body) => rooms.connect(seat, body),
    produce: (body) => rooms.produce(seat, body),
    consume: (body) => rooms.consume(seat, body),
    resume: ({ consumerId }: { consumerId: string }) => rooms.resume(seat, consumerId),
    restartIce: ({ transportId }: { transportId: string }) => rooms.restartIce(seat, transportId),
  };
  const page = await (await browser.newContext()).newPage();
  await page.exposeFunction('ask', (command: string, body: never) => commands[command]?.(body));
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  return page;
}

function decoded(page: Page): Promise<number> {
  return page.evaluate(() => window.callPage.decodedFrames());
}

describe('A call in a real browser', () => {
  it('shows each the picture of the other, under an authenticated cipher, though a stranger begins handshakes', async () => {
    const stranger = await IceClient.connect(await offerOfAnother());
    const racing = setInterval(() => void stranger.send(clientHello()), 2);
    const [visitor, agent] = [await openPage('visitor', rooms), await openPage('agent', rooms)];
    for (const page of [visitor, agent])
      expect(await page.evaluate(() => window.callPage.join())).toEqual([]);
    await Promise.all([visitor, agent].map((page) => page.evaluate(() => window.callPage.produce())));
    expect(produced).toHaveLength(4);
    await consumeAll(visitor, 'agent');
    await consumeAll(agent, 'visitor');
    await until(async () => (await decoded(visitor)) > 5 && (await decoded(agent)) > 5);
    clearInterval(racing);
    expect(stranger.heard).toEqual([]);
    stranger.close();
    expect(await visitor.evaluate(() => window.callPage.states())).toEqual(['connected', 'connected']);
    expect(await visitor.evaluate(() => window.callPage.cipher())).toMatch(/AEAD_AES_(128|256)_GCM/);
  });

  it('goes on after its addresses are negotiated anew', async () => {
    const { visitor, agent } = await openPages();
    await visitor.evaluate(() => window.callPage.restartIce());
    const before = await decoded(agent);
    await until(async () => (await decoded(agent)) > before + 5);
  });

  it('goes on while its port is sent rubbish', async () => {
    const { agent } = await openPages();
    const [pid] = rooms.workerPids;
    const { iceCandidates } = await offerOfAnother();
    const port = iceCandidates.find(({ protocol }) => protocol === 'udp')?.port;
    await sendRubbish(Number(port), seeded(46));
    const before = await decoded(agent);
    await until(async () => (await decoded(agent)) > before + 5);
    expect(rooms.workerPids).toEqual([pid]);
    expect(lost).toBe(0);
  });

  it('comes back by joining again after the worker was killed, within seconds', async () => {
    const { visitor, agent } = await openPages();
    const [pid] = rooms.workerPids;
    if (pid === undefined) throw new Error('There is no worker to kill.');
    const killedAt = performance.now();
    process.kill(pid, 'SIGKILL');
    await until(() => lost === 1);
    produced.length = 0;
    await Promise.all(
      [visitor, agent].map((page) =>
        page.evaluate(async () => {
          await window.callPage.join();
          await window.callPage.produce();
        }),
      ),
    );
    await consumeAll(agent, 'visitor');
    await until(async () => (await decoded(agent)) > 0);
    expect(performance.now() - killedAt).toBeLessThan(10_000);
    expect(rooms.workerPids).not.toContain(pid);
    expect(rooms.availability()).toEqual({ state: 'ready' });
  });
});

/** What a stranger learns of the worker: how another call reaches it, which is by the same port. */
async function offerOfAnother(): Promise<TransportOffer> {
  const other = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e11' as EngagementId;
  const joined = await rooms.join(
    { engagementId: other, callId: 'other', member: 'visitor', sessionId: 'other' },
    {},
  );
  rooms.ownerClosed(other);
  if (!joined.ok) throw new Error(joined.refusal.code);
  return joined.value.send;
}

describe('A sender who keeps to no limit', () => {
  it('is cut and not let in again, and the other side goes on', async () => {
    const flood = { floodBitsPerSecond: 100_000, floodBits: 200_000, floodLookMs: 500 };
    const dumps = new WorkerDumps();
    const strict = new MediaCallRooms({ listen, logger: silent, flood });
    const given: RemoteProducer[] = [];
    const closed: string[] = [];
    strict.listen({
      ...twoMembers,
      availabilityChanged: () => undefined,
      produced: (_id, producer) => given.push(producer),
      producerChanged: () => undefined,
      producerClosed: (_id, producerId) => closed.push(producerId),
      lost: () => undefined,
    });
    await strict.setProgram({ state: 'ready', bin: await mediaWorkerBin() });
    const [visitor, agent] = [await openPage('visitor', strict), await openPage('agent', strict)];
    for (const page of [visitor, agent]) await page.evaluate(() => window.callPage.join());
    // A voice is far below what is allowed here, and a picture above it.
    await agent.evaluate(() => window.callPage.produce(false));
    await visitor.evaluate(() => window.callPage.produce());
    await until(() => closed.length === 2);
    const ofVisitor = given.filter(({ party }) => party === 'visitor').map(({ producerId }) => producerId);
    expect(new Set(closed)).toEqual(new Set(ofVisitor));
    // The voice of the other side still comes, and who was cut is not let in to begin anew.
    const voice = async () =>
      [...(await dumps.received()).packets.values()].reduce((sum, each) => sum + each, 0);
    const before = await voice();
    await until(async () => (await voice()) > before + 50);
    await expect(visitor.evaluate(() => window.callPage.join())).rejects.toThrow('join: callFlooded');
    expect(await agent.evaluate(() => window.callPage.states())).toEqual(['connected', expect.any(String)]);
    dumps.close();
    await strict.close();
  });
});

describe('A call by the one way that a network lets through', () => {
  const IPV4 = '127.0.0.1';
  const IPV6 = '::1';
  it.each([
    ['tcp', IPV4],
    ['udp', IPV6],
    ['tcp', IPV6],
  ])('%s to %s', async (protocol, address) => {
    const both = { ...listen, beside: [{ address: IPV6, announcedAddress: undefined }] };
    const own = new MediaCallRooms({ listen: both, logger: silent });
    const given: RemoteProducer[] = [];
    own.listen({
      ...twoMembers,
      availabilityChanged: () => undefined,
      produced: (_id, producer) => given.push(producer),
      producerChanged: () => undefined,
      producerClosed: () => undefined,
      lost: () => undefined,
    });
    await own.setProgram({ state: 'ready', bin: await mediaWorkerBin() });
    const reaches = (each: Candidate) => each.protocol === protocol && each.address === address;
    const [visitor, agent] = [await openPage('visitor', own, reaches), await openPage('agent', own, reaches)];
    for (const page of [visitor, agent]) {
      await page.evaluate(() => window.callPage.join());
      await page.evaluate(() => window.callPage.produce());
    }
    await consumeAll(visitor, 'agent', given);
    await consumeAll(agent, 'visitor', given);
    await until(async () => (await decoded(visitor)) > 5 && (await decoded(agent)) > 5);
    const way = `${protocol} to ${address}`;
    for (const page of [visitor, agent])
      expect(await page.evaluate(() => window.callPage.ways())).toEqual([way, way]);
    await Promise.all([visitor, agent].map((page) => page.context().close()));
    await own.close();
  });
});

async function openPages(): Promise<{ visitor: Page; agent: Page }> {
  const [visitor, agent] = browser.contexts().map((context) => context.pages()[0]);
  if (visitor === undefined || agent === undefined) throw new Error('The call did not begin.');
  return { visitor, agent };
}

async function consumeAll(page: Page, party: Party, given = produced): Promise<void> {
  for (const { producerId } of given.filter((producer) => producer.party === party)) {
    await page.evaluate((id) => window.callPage.consume(id), producerId);
  }
}
