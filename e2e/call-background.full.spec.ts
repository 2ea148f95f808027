/** What is behind an agent: blurred or replaced before it leaves, by what the console itself serves, and never shown where that fails. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SiteShown } from '@alongside/protocol';
import type { CDPSession, Locator, Page, Request } from '@playwright/test';
import type { Background } from '../agent-console/src/engagement/call/background/background.js';
import type { AgentPage } from './agent/agent-page.js';
import { t } from './agent/console-words.js';
import { writeFilm } from './agent/drawn-camera.js';
import type { People } from './fixtures.js';
import { expect, test } from './fixtures.js';
import { expectDecoded } from './journey/call-steps.js';
import { helped, meet } from './journey/meet.js';
import { CustomerApi } from './service/customer-api.js';
import type { DemoSignIns } from './service/demo-sign-ins.js';
import { firstAgent } from './service/demo-sign-ins.js';
import type { Service } from './service/service.js';
import { editOf } from './service/site-edit.js';
import type { VisitorPage } from './visitor/visitor-page.js';

test.describe.configure({ timeout: 240_000 });
test.use({
  serviceName: 'drawn cameras',
  launchOptions: [
    async ({ launchOptions }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'alongside-camera-'));
      const film = join(folder, 'camera.y4m');
      await writeFilm(film);
      const args = [...(launchOptions.args ?? []), `--use-file-for-fake-video-capture=${film}`];
      await use({ ...launchOptions, args });
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

/** All that it takes, by the names of the built files. */
const PARTS = [/\/cover-camera-/, /\/background-worker-/, /\/tflite-simd-.*\.wasm$/, /\.tflite$/] as const;

/** What the page under test keeps for these tests, put there before it begins. */
interface Observed {
  readonly cameras: MediaStreamTrack[];
  readonly peers: RTCPeerConnection[];
  /** How many descriptions were made. */
  descriptions: number;
}
declare global {
  var seenOfCameras: Observed;
  /** Of each picture that is shown, how much the wall behind the agent varies; newest last. */
  var wallOfTest: number[] | undefined;
}

function observe(): void {
  globalThis.seenOfCameras = { cameras: [], peers: [], descriptions: 0 };
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wish) => {
    const stream = await open(wish);
    globalThis.seenOfCameras.cameras.push(...stream.getVideoTracks());
    return stream;
  };
  const Peer = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Peer {
    constructor(...given: ConstructorParameters<typeof Peer>) {
      super(...given);
      globalThis.seenOfCameras.peers.push(this);
    }
    override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
      await super.setLocalDescription(description);
      globalThis.seenOfCameras.descriptions += 1;
    }
  };
}

/** As a browser without the streams of tracks. */
function withoutStreams(): void {
  Reflect.deleteProperty(globalThis, 'MediaStreamTrackProcessor');
  Reflect.deleteProperty(globalThis, 'MediaStreamTrackGenerator');
}

interface Scene {
  readonly people: People;
  readonly service: Service;
  readonly signIns: DemoSignIns;
}

interface Before {
  readonly name: string;
  readonly onAgent?: () => void;
}

async function together({ people, service, signIns }: Scene, { name, onAgent }: Before) {
  const agent = await people.agent(firstAgent(signIns));
  const asked: Request[] = [];
  agent.page.context().on('request', (request) => asked.push(request));
  await agent.page.addInitScript(observe);
  if (onAgent !== undefined) await agent.page.addInitScript(onAgent);
  await agent.page.reload();
  const visitor = await people.visitor(`${service.origins.shop}/products/alder`);
  await meet({ agent, visitor }, { name });
  return { agent, visitor, asked };
}

interface Pair {
  readonly agent: AgentPage;
  readonly visitor: VisitorPage;
}

async function call({ agent, visitor }: Pair): Promise<void> {
  await agent.button(t('call.askVideo')).click();
  await visitor.answer(/asks for a video call$/, 'Yes, with my picture');
  await expectDecoded(visitor.agentPicture, 'the visitor sees the agent');
  await agent.button(t('devices.title')).click();
}

async function choose(agent: AgentPage, background: Background): Promise<void> {
  const choice = agent.page.getByRole('combobox', { name: t('background.title'), exact: true });
  await choice.selectOption(background);
}

type Seen = 'seen' | 'between' | 'gone';

interface Picture {
  /** Of the chequered wall beside the agent's head. */
  readonly wall: Seen;
  /** Whether what is there in its place is lighter than it. */
  readonly isLight: boolean;
  /** Of the stripes of their shirt. */
  readonly shirt: Seen;
}

const asItIs: Picture = { wall: 'seen', isLight: false, shirt: 'seen' };
const blurred: Picture = { wall: 'gone', isLight: false, shirt: 'seen' };
const replaced: Picture = { wall: 'gone', isLight: true, shirt: 'seen' };
const covered: Picture = { wall: 'gone', isLight: false, shirt: 'gone' };

const seenOf = (varies: number): Seen => (varies > 22 ? 'seen' : varies < 14 ? 'gone' : 'between');

/** By how much neighbouring places of a picture differ in light, in what is decoded of it. */
async function pictureIn(video: Locator): Promise<Picture> {
  const { wall, shirt } = await video.evaluate((element) => {
    const canvas = new OffscreenCanvas(640, 360);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('A canvas can be read.');
    context.drawImage(element as HTMLVideoElement, 0, 0, 640, 360);
    const within = (x: number, y: number, [width, height]: readonly [number, number]) => {
      const { data } = context.getImageData(x, y, width, height);
      const light = Array.from({ length: width * height }, (_, at) => data[at * 4 + 1] ?? 0);
      const middle = light.reduce((sum, each) => sum + each, 0) / light.length;
      const square = light.reduce((sum, each) => sum + (each - middle) ** 2, 0) / light.length;
      return { middle, varies: Math.sqrt(square) };
    };
    return { wall: within(32, 32, [160, 128]), shirt: within(256, 290, [128, 60]) };
  });
  return { wall: seenOf(wall.varies), isLight: wall.middle > 185, shirt: seenOf(shirt.varies) };
}

async function expectPicture(video: Locator, picture: Picture, message: string): Promise<void> {
  await expect.poll(() => pictureIn(video), { message, timeout: 30_000 }).toEqual(picture);
}

/** Writes down the wall of every picture that is shown from now on. Runs in the page. */
function watchWall(element: HTMLElement | SVGElement): void {
  const video = element as HTMLVideoElement;
  const context = new OffscreenCanvas(160, 90).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('A canvas can be read.');
  const seen: number[] = [];
  globalThis.wallOfTest = seen;
  const look = (): void => {
    context.drawImage(video, 0, 0, 160, 90);
    const { data } = context.getImageData(8, 8, 40, 32);
    const light = Array.from({ length: 40 * 32 }, (_, at) => data[at * 4 + 1] ?? 0);
    const middle = light.reduce((sum, each) => sum + each, 0) / light.length;
    seen.push(Math.sqrt(light.reduce((sum, each) => sum + (each - middle) ** 2, 0) / light.length));
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}

/** Whether a camera as it is goes out of this page. */
function sendsBare(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { cameras, peers } = globalThis.seenOfCameras;
    const sent = peers.flatMap((peer) => peer.getSenders()).map(({ track }) => track);
    return sent.some((track) => track?.readyState === 'live' && cameras.includes(track));
  });
}

/** As the visitor sees it. */
const WALL_SEEN = 22;

test('a chosen background covers what is behind the agent and leaves the agent, and nothing of it is loaded before', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor, asked } = await together({ people, service, signIns }, { name: 'Mira behind' });
  await call({ agent, visitor });
  const picture = visitor.agentPicture;
  await expectPicture(picture, asItIs, 'the wall is seen, and the shirt');
  const isPart = (request: Request) => PARTS.some((part) => part.test(new URL(request.url()).pathname));
  expect(asked.filter(isPart).map((request) => request.url())).toEqual([]);
  expect(await sendsBare(agent.page), 'the camera goes out as it is').toBe(true);
  const descriptions = await agent.page.evaluate(() => globalThis.seenOfCameras.descriptions);

  await choose(agent, 'blurred');
  expect(await sendsBare(agent.page), 'from here on it does not').toBe(false);
  await expectPicture(picture, blurred, 'the wall is gone, the shirt is not');
  await picture.evaluate(watchWall);
  const own = agent.page.locator(`video[aria-label="${t('call.ownPicture')}"]`);
  await expectPicture(own, blurred, 'the agent sees what is sent');
  await expectOwnParts(asked, service);

  for (const [background, shown] of [
    ['plain', replaced],
    ['picture', replaced],
    ['blurred', blurred],
  ] as const) {
    await choose(agent, background);
    await expectPicture(picture, shown, background);
  }
  const walls = () => visitor.page.evaluate(() => globalThis.wallOfTest ?? []);
  await expect.poll(async () => (await walls()).length, { timeout: 20_000 }).toBeGreaterThan(20);
  expect(Math.max(...(await walls())), 'in nothing that was shown meanwhile').toBeLessThan(WALL_SEEN);
  expect(
    await agent.page.evaluate(() => globalThis.seenOfCameras.descriptions),
    'nothing is negotiated',
  ).toBe(descriptions);
  await agent.page.evaluate(() => {
    const camera = globalThis.seenOfCameras.cameras.findLast(({ readyState }) => readyState === 'live');
    camera?.stop();
    camera?.dispatchEvent(new Event('ended'));
  });
  await expect.poll(() => agent.page.evaluate(() => globalThis.seenOfCameras.cameras.length)).toBe(3);
  await expectPicture(picture, blurred, 'another camera, and its wall is gone as well');
  await visitor.end();
});

/** Everything comes from the service itself, and is kept for good. */
async function expectOwnParts(asked: readonly Request[], { origins }: Service): Promise<void> {
  const own: readonly string[] = [origins.console, origins.live, origins.replay];
  const strange = asked.map((request) => new URL(request.url()).origin).filter((each) => !own.includes(each));
  expect(strange.filter((origin) => origin !== 'null')).toEqual([]);
  for (const part of PARTS) {
    const found = asked.find((request) => part.test(new URL(request.url()).pathname));
    expect(found?.url().startsWith(`${origins.console}/assets/`), `${part} comes from the console`).toBe(
      true,
    );
    const kept = await (await found?.response())?.headerValue('cache-control');
    expect(kept, `${part} is kept for good`).toMatch(/immutable/);
  }
}

test('where a part of it does not load the agent is told, and nothing behind them is shown', async ({
  people,
  service,
  signIns,
}) => {
  const { agent, visitor } = await together({ people, service, signIns }, { name: 'Mira unloaded' });
  await call({ agent, visitor });
  const picture = visitor.agentPicture;
  await expectPicture(picture, asItIs, 'the wall is seen');
  const told = agent.page.getByRole('alert').filter({ hasText: t('background.failed') });
  for (const part of ['**/cover-camera-*.js', '**/background-worker-*.js', '**/*.tflite', '**/*.wasm']) {
    await agent.page.route(part, (route) => route.abort());
    await choose(agent, 'blurred');
    await expect(told, part).toBeVisible();
    expect(await sendsBare(agent.page), part).toBe(false);
    await expectPicture(picture, covered, `${part}: all of it is covered`);
    await agent.page.unroute(part);
    await told.getByRole('button', { name: t('act.tryAgain') }).click();
    await expectPicture(picture, blurred, `${part}: tried again`);
    await expect(told).toBeHidden();
    await choose(agent, 'asItIs');
    await expectPicture(picture, asItIs, `${part}: as it is again`);
  }
  await visitor.end();
});

test('a browser without streams of tracks does the same, in a sealed call and in one that was joined again', async ({
  people,
  service,
  signIns,
}) => {
  const officer = await CustomerApi.signIn(service.origins.console, signIns.officer);
  const [site] = await officer.ask<readonly SiteShown[]>('GET', '/api/sites');
  if (site === undefined) throw new Error('The demo customer has a site.');
  await officer.ask('PUT', `/api/sites/${site.siteId}`, { ...editOf(site), mediaSealed: true });
  const scene = { people, service, signIns };
  const { agent, visitor } = await together(scene, { name: 'Mira sealed', onAgent: withoutStreams });
  await call({ agent, visitor });
  const picture = visitor.agentPicture;
  await expectPicture(picture, asItIs, 'the wall is seen');
  await choose(agent, 'blurred');
  expect(await sendsBare(agent.page)).toBe(false);
  await expectPicture(picture, blurred, 'the wall is gone, the shirt is not');
  const worker = await service.process('mediasoup-worker');
  process.kill(worker.pid, 'SIGKILL');
  await expect(visitor.call).not.toHaveAttribute('data-phase', 'on');
  await expect(visitor.call).toHaveAttribute('data-phase', 'on', { timeout: 30_000 });
  await expectDecoded(picture, 'the visitor sees the agent again');
  await expectPicture(picture, blurred, 'and not the wall');
  expect(await sendsBare(agent.page)).toBe(false);
  await visitor.end();
});

test('it is tried before a call, by the keyboard alone', async ({ people, service, signIns }) => {
  const { agent, visitor } = await together({ people, service, signIns }, { name: 'Mira keys' });
  await agent.button(t('devices.title')).press('Enter');
  await agent.button(t('devices.cameraOn')).press('Enter');
  const own = agent.page.locator(`video[aria-label="${t('call.ownPicture')}"]`);
  await expectPicture(own, asItIs, 'the wall is seen');
  const choice = agent.page.getByRole('combobox', { name: t('background.title'), exact: true });
  await choice.press('ArrowDown');
  await expect(choice).toHaveValue('blurred');
  await expectPicture(own, blurred, 'the wall is gone, the shirt is not');
  await agent.button(t('call.askVideo')).press('Enter');
  await visitor.answer(/asks for a video call$/, 'Yes, with my picture');
  await expectPicture(visitor.agentPicture, blurred, 'what was chosen before holds in the call');
  expect(await sendsBare(agent.page)).toBe(false);
  await visitor.end();
});

const MEASURED_MS = 8000;

test('it takes no more pictures than the camera has, and what they cost is measured', async ({
  people,
  service,
  signIns,
  browser,
}) => {
  const { agent, visitor } = await helped({ people, service, signIns }, 'Mira measured');
  await agent.button(t('devices.title')).click();
  await agent.button(t('devices.cameraOn')).click();
  const own = agent.page.locator(`video[aria-label="${t('call.ownPicture')}"]`);
  const devtools = await browser.newBrowserCDPSession();
  const measure = async () => {
    const before = await rendererSeconds(devtools);
    const pictures = await own.evaluate(countPictures, MEASURED_MS);
    return { pictures, cpu: (await rendererSeconds(devtools)) - before };
  };
  await expectPicture(own, asItIs, 'the wall is seen');
  const bare = await measure();
  await choose(agent, 'blurred');
  await expectPicture(own, blurred, 'the wall is gone');
  const drawn = await measure();
  const cost = (drawn.cpu - bare.cpu) / drawn.pictures;
  test.info().annotations.push({
    type: 'cost',
    description: `${drawn.pictures} pictures in ${MEASURED_MS / 1000} s (${bare.pictures} as it is), ${(cost * 1000).toFixed(1)} ms of processor time each, ${((drawn.cpu - bare.cpu) / (MEASURED_MS / 1000)).toFixed(2)} s a second`,
  });
  expect(cost, 'it costs something').toBeGreaterThan(0);
  // The film has 24 a second; a machine that is busy shows less of them, and never more.
  expect(drawn.pictures).toBeLessThan((24 * MEASURED_MS * 1.1) / 1000);
  expect(drawn.pictures).toBeGreaterThan(MEASURED_MS / 1000);
  await visitor.end();
});

/** Of all pages together: what else they do is the same each time. */
async function rendererSeconds(devtools: CDPSession): Promise<number> {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** Runs in the page. */
function countPictures(element: HTMLElement | SVGElement, ms: number): Promise<number> {
  const video = element as HTMLVideoElement;
  const { totalVideoFrames } = video.getVideoPlaybackQuality();
  return new Promise((resolve) => {
    setTimeout(() => resolve(video.getVideoPlaybackQuality().totalVideoFrames - totalVideoFrames), ms);
  });
}
