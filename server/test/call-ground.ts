/**
 * A call to hurt: `live` with a real media worker, its journal, and a visitor and an agent each in a browser of their
 * own, all of whose packets go through a network that the test has in hand.
 */

import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { EngagementId } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { build, type Plugin } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { askTurnSoftware } from '../src/live/call/ask-turn-software.js';
import { MediaCallRooms } from '../src/live/call/media-call-rooms.js';
import { workerRestart } from '../src/live/call/media-settings.js';
import { TurnRelays } from '../src/live/call/turn-relays.js';
import type { Received } from './heal-page.js';
import { LiveWorld } from './live-world.js';
import { MEDIA_ADDRESS, NetworkPath } from './network-path.js';
import { chromiumBin, mediaWorkerBin } from './test-tools.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** What playwright switches off so that pages in the background behave like others: here they must not. */
const AWAKE = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];
const LOOK_MS = 50;
const TURN_ANSWERS_MS = 30_000;
/** Longer than any fault and what may follow it. */
const PAGE_MS = 60_000;

/** A TURN server of this ground, and whether its site wants calls to go by no other way. */
export interface GroundRelay {
  readonly turn: { readonly port: number; readonly tlsPort?: number; readonly secret: string };
  readonly only: boolean;
  readonly over: 'tcp' | 'tls';
}

export interface Side {
  readonly page: Page;
  readonly program: ChildProcess;
}

export class CallGround {
  readonly visitor: Side;
  readonly agent: Side;
  readonly network: NetworkPath;
  readonly #world: LiveWorld;
  readonly #mediaPort: number;
  readonly #closing: (() => Promise<unknown>)[];
  #rooms: MediaCallRooms;

  private constructor(
    parts: { world: LiveWorld; network: NetworkPath; mediaPort: number; rooms: MediaCallRooms },
    sides: { readonly visitor: Side; readonly agent: Side },
    closing: (() => Promise<unknown>)[],
  ) {
    this.#world = parts.world;
    this.network = parts.network;
    this.#mediaPort = parts.mediaPort;
    this.#rooms = parts.rooms;
    this.visitor = sides.visitor;
    this.agent = sides.agent;
    this.#closing = closing;
  }

  /** In a call with sound and pictures both ways. */
  static async start(relay?: GroundRelay): Promise<CallGround> {
    const closing: (() => Promise<unknown>)[] = [];
    const relays = relay === undefined ? {} : await lookedAt(relay, closing);
    const mediaPort = await NetworkPath.freePort();
    const rooms = await startRooms(mediaPort);
    const network = await NetworkPath.open(mediaPort);
    closing.push(() => network.close());
    const world = await LiveWorld.start({ calls: rooms, ...relays, ...reachedBy(network) });
    closing.push(() => world.close());
    network.signalTarget = world.port;
    const pages = await servePages();
    closing.push(() => new Promise((resolve) => pages.close(resolve)));
    const { port } = pages.address() as AddressInfo;
    const visitorOrigin = `http://shop.localhost:${port}`;
    const engagement = world.engagement({ ...world.shop, origin: visitorOrigin });
    if (relay?.only) world.records.ledger.start(engagement, world.clock.now(), { relayOnly: true });
    const { engagementId } = engagement;
    const liveUrl = `http://live.localhost:${network.signalPort}`;
    const visitor = await openSide(`${visitorOrigin}/visitor`, closing, () => ({
      ...{ ticket: world.records.visitorTicket(engagement), liveUrl, engagementId },
    }));
    const agentOrigin = `http://console.localhost:${port}`;
    const agent = await openSide(`${agentOrigin}/agent`, closing, () => ({
      ticket: world.records.agentTicket({ ...world.shop.agents[0], origin: agentOrigin }),
      ...{ liveUrl, engagementId },
    }));
    const ground = new CallGround({ world, network, mediaPort, rooms }, { visitor, agent }, closing);
    await visitor.page.evaluate(() => window.healPage.open());
    await agent.page.evaluate(() => window.healPage.open());
    await ground.call();
    return ground;
  }

  get sides(): readonly Side[] {
    return [this.visitor, this.agent];
  }

  get workerPid(): number {
    const [pid] = this.#rooms.workerPids;
    if (pid === undefined) throw new Error('There is no media worker.');
    return pid;
  }

  /** Gives the moment of the kill, once it was noticed: until then packets may still arrive. */
  async killWorker(): Promise<number> {
    const pid = this.workerPid;
    const killed = performance.now();
    process.kill(pid, 'SIGKILL');
    await until(() => !this.#rooms.workerPids.includes(pid));
    return killed;
  }

  /** What the journal was told of who is connected. */
  get connected() {
    return this.#world.records.of('connected');
  }

  /** Lets time pass by the clock of `live`. */
  pass(ms: number): void {
    this.#world.clock.advance(ms);
  }

  /** Nothing goes through for so long; gives the moment from which it does again. */
  async darken(ms: number, meanwhile: () => void): Promise<number> {
    this.network.goDark();
    meanwhile();
    await pause(ms);
    this.network.comeBack();
    return performance.now();
  }

  /** Resolves once what the visitor says was taken. */
  visitorSays(text: string): Promise<void> {
    return this.visitor.page.evaluate((line) => window.healPage.say(line), text);
  }

  /** The agent sees the visitor's page from now on. */
  async watch(): Promise<void> {
    await this.agent.page.evaluate(() => window.healPage.watch());
    await this.pageChanges('Page 0');
  }

  /** Resolves once the agent has been shown what the visitor's page says from now on. */
  async pageChanges(text: string): Promise<void> {
    await this.visitor.page.evaluate((words) => window.healPage.write(words), text);
    const isRead = () => this.agent.page.evaluate((words) => window.healPage.hasRead(words), text);
    await until(isRead, PAGE_MS);
  }

  /** What stands in the transcript by now. */
  get lines(): readonly string[] {
    const said = this.#world.records.of('chatLine').map(({ lineId, text }) => [lineId, text] as const);
    return [...new Map(said).values()];
  }

  received(): Promise<readonly Received[]> {
    return Promise.all(this.sides.map(({ page }) => page.evaluate(() => window.healPage.received())));
  }

  /** How the call stands for the visitor, and for the agent. */
  states(): Promise<readonly string[]> {
    return Promise.all(this.sides.map(({ page }) => page.evaluate(() => window.healPage.state())));
  }

  async call(): Promise<void> {
    await this.agent.page.evaluate(() => window.healPage.call());
    await this.mediaBack();
  }

  /** When both sides hear and see each other: each has got sound and pictures since the last look, and the one before. */
  async mediaBack(within = 60_000): Promise<number> {
    let before: readonly Received[] | undefined;
    let runs = 0;
    return until(async () => {
      await pause(LOOK_MS);
      const now = await this.received();
      const grows = now.every(
        (each, at) =>
          each.packets > (before?.[at]?.packets ?? Infinity) &&
          each.pictures > (before?.[at]?.pictures ?? Infinity),
      );
      // Pictures come more seldom than looks: what has come since the last growth counts.
      if (
        before === undefined ||
        grows ||
        now.some((each, at) => each.packets < (before?.[at]?.packets ?? 0))
      )
        before = now;
      runs = grows ? runs + 1 : runs;
      return runs >= 2 ? performance.now() : undefined;
    }, within);
  }

  /** Ends all of `live` as a kill does, and starts another; the pages find it by themselves. */
  async restartLive(meanwhile: () => void): Promise<void> {
    this.#world.records.lostAt = this.#world.clock.now();
    await this.#world.live.close();
    meanwhile();
    this.#rooms = await startRooms(this.#mediaPort);
    await this.#world.startLive({ calls: this.#rooms, ...reachedBy(this.network) });
    this.network.signalTarget = this.#world.port;
  }

  async close(): Promise<void> {
    for (const close of this.#closing.toReversed()) await close();
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function lookedAt({ turn, over }: GroundRelay, closing: (() => Promise<unknown>)[]) {
  const { port, tlsPort, secret } = turn;
  const url = { tcp: `turn:127.0.0.1:${port}?transport=tcp`, tls: `turns:localhost:${tlsPort}` }[over];
  const relays = new TurnRelays(
    { urls: [url], secret, old: 'warn', unknown: 'warn' },
    {
      logger: silent,
      // The TURN server goes by the clock on the wall.
      clock: { now: () => Date.now() },
      // Nobody but its browsers trusts its certificate; it is the same server at either port.
      ask: (_address, limitMs) => askTurnSoftware({ host: '127.0.0.1', port, over: 'tcp' }, limitMs),
    },
  );
  closing.push(async () => relays.close());
  await relays.look();
  // A busy machine may answer the first look too late.
  await until(() => relays.serversFor(randomUUID() as EngagementId).length > 0, TURN_ANSWERS_MS);
  return { relays };
}

/** As browsers name it: they know of nothing behind the network. */
function reachedBy({ signalPort }: NetworkPath) {
  return { publicUrl: `http://live.localhost:${signalPort}`, allowedHosts: ['live.localhost'] };
}

async function startRooms(port: number): Promise<MediaCallRooms> {
  const rooms = new MediaCallRooms({
    listen: { address: '127.0.0.1', announcedAddress: MEDIA_ADDRESS, port, workers: 1 },
    logger: silent,
    // Thirty kills in a row are the test's own doing.
    restart: { ...workerRestart, ends: 1000 },
  });
  await rooms.setProgram({ state: 'ready', bin: await mediaWorkerBin() });
  return rooms;
}

type Admission = { readonly ticket: string; readonly liveUrl: string; readonly engagementId: string };

async function openSide(
  url: string,
  closing: (() => Promise<unknown>)[],
  ticket: () => Admission,
): Promise<Side> {
  const server = await chromium.launchServer({
    executablePath: chromiumBin(),
    ignoreDefaultArgs: AWAKE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      // What a TURN server of this ground shows is of its own making.
      '--ignore-certificate-errors',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
  closing.push(() => server.close());
  const browser: Browser = await chromium.connect(server.wsEndpoint());
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  await page.exposeFunction('askTicket', ticket);
  await page.goto(url);
  return { page, program: server.process() };
}

async function servePages(): Promise<Server> {
  const texts = new Map<string, string>();
  const inlined = [sealingWorker(await bundled('../../packages/frames/src/worker-entry.ts'))];
  for (const name of ['visitor', 'agent'])
    texts.set(`/${name}.js`, await bundled(`heal-${name}-page.ts`, inlined));
  const server = createServer((request, response) => {
    const script = texts.get(request.url ?? '');
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? `<!doctype html><meta charset="utf-8"><script src="${request.url}.js"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function bundled(file: string, plugins: Plugin[] = []): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    ...{ bundle: true, format: 'iife', write: false, logLevel: 'error', conditions: ['source'] },
    ...{ target: 'chrome120', define: { 'process.env.NODE_ENV': '"production"' } },
    plugins,
  });
  return outputFiles[0]?.text ?? '';
}

/** As the SDK's build has it in its files. */
function sealingWorker(program: string): Plugin {
  const contents = `export const sealingWorkerSource = ${JSON.stringify(program)};`;
  return {
    name: 'sealing-worker',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^alongside:/ }, ({ path }) => ({ path, namespace: 'alongside' }));
      onLoad({ filter: /^alongside:sealing-worker$/, namespace: 'alongside' }, () => ({ contents }));
    },
  };
}
