/**
 * From the press on the call button to the first picture of the other side, voice and picture both ways: ours with
 * the question and its answer, `live`, its journal and a media worker between two pages, against two bare peers in one
 * page of the same browser that need no server at all, and against mediasoup asked step by step as its examples do, the
 * question included, with signals that take 50 ms for each round trip. Devices are opened within the measured time on
 * both sides. What a much longer delay adds to ours says how many round trips are waited for, those of the question apart.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium, servePages } from './browser-pages.mjs';
import { bundleTests } from './bundle-tests.mjs';
import { callFiles } from './call-pages.mjs';
import { Child } from './child.mjs';
import { figureOf, quantile, rowOf } from './statistics.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CALLS_A_ROUND = 4;
const DELAY_MS = 50;
/** So long that what a machine adds is nothing beside it. */
const FAR_MS = 600;
/** From the press to the word that the call is on: asked through the service, and answered through it. */
const QUESTION_ROUND_TRIPS = 2;
/** A call that did not come about by then is a failure, and no figure. */
const GIVEN_UP_MS = 30_000;

const ARMS = {
  peer: peerCall,
  ours: (ground) => ourCall(ground, 0),
  oursLate: (ground) => ourCall(ground, DELAY_MS),
  stepwiseLate: (ground) => stepwiseCall(ground, DELAY_MS),
  again: peerCall,
};

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const folder = join(root, '.data', `bench-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const closing = [() => rm(folder, { recursive: true, force: true })];
  try {
    progress('bundling pages, starting live and browsers');
    const ground = await openGround(folder, closing);
    // Of the first call of each kind much is read from disk.
    for (const arm of Object.keys(ARMS)) await ARMS[arm](ground);
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      measured.push(await oneRound(ground));
    }
    const pairs = (arm, baseline) =>
      measured.map((waits) => ({ ours: middle(waits[arm]), baseline: middle(waits[baseline]) }));
    return [
      rowOf('call-setup/peer/p50', 'ms', pairs('ours', 'peer')),
      rowOf('call-setup/stepwise-50ms/p50', 'ms', pairs('oursLate', 'stepwiseLate')),
      figureOf('call-setup/round-trips-before-media', 'round trips', measured.map(roundTripsOf)),
      rowOf('call-setup/a-vs-a', 'ms', pairs('again', 'peer')),
    ];
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

async function openGround(folder, closing) {
  const live = await Child.start('call-process.mjs', {
    BENCH_WORLD: await bundleTests('live-world', folder),
  });
  closing.push(() => live.stop());
  const bare = await Child.start('sfu-process.mjs', { BENCH_ARM: 'bare' });
  closing.push(() => bare.stop());
  const pages = await servePages(await callFiles());
  closing.push(() => pages.close());
  // One for both sides, as the two peers have one: another browser is another machine's.
  const browser = await launchChromium();
  closing.push(() => browser.close());
  return { live, bare, port: pages.port, browser };
}

async function oneRound(ground) {
  const waits = Object.fromEntries(Object.keys(ARMS).map((arm) => [arm, []]));
  for (let call = 0; call < CALLS_A_ROUND; call += 1) {
    const arms = Object.keys(ARMS);
    for (const arm of call % 2 === 0 ? arms : arms.toReversed()) waits[arm].push(await ARMS[arm](ground));
  }
  return { ...waits, far: [await ourCall(ground, FAR_MS)] };
}

const middle = (waits) => quantile(waits, 0.5);

/** In halves, since a signal is waited for each way or it is not: what lies between is the machine. */
function roundTripsOf({ far, ours }) {
  return Math.round((2 * (middle(far) - middle(ours))) / FAR_MS) / 2 - QUESTION_ROUND_TRIPS;
}

async function ourCall({ live, port, browser }, delayMs) {
  const visitorOrigin = `http://shop.localhost:${port}`;
  const agentOrigin = `http://console.localhost:${port}`;
  const { engagementId, visitorTicket, agentTicket } = await live.ask({ visitorOrigin, agentOrigin });
  const visitor = await openPage(browser, `${visitorOrigin}/visitor`);
  const agent = await openPage(browser, `${agentOrigin}/agent`);
  try {
    const { url } = live.hello;
    await visitor.evaluate((given) => window.ready(given), { url, ticket: visitorTicket, delayMs });
    await agent.evaluate((given) => window.ready(given), {
      ...{ url, ticket: agentTicket, engagementId, delayMs },
    });
    return await pressed(agent, visitor);
  } finally {
    await leave(visitor);
    await leave(agent);
  }
}

let calls = 0;

/** Both parties ask the same bare router, and are told of each other's producers. */
async function stepwiseCall({ bare, port, browser }, delayMs) {
  calls += 1;
  const call = `stepwise-${calls}`;
  const pages = {
    visitor: await openPage(browser, `http://shop.localhost:${port}/stepwise`),
    agent: await openPage(browser, `http://console.localhost:${port}/stepwise`),
  };
  const other = { visitor: 'agent', agent: 'visitor' };
  const tell = (party, fact) =>
    pages[party].evaluate((given) => window.told(given), fact).catch(() => undefined);
  const signals = { invite: { invited: true }, answer: { answered: true } };
  const asked = async (party, name, body) => {
    if (signals[name] !== undefined) {
      void tell(other[party], signals[name]);
      return {};
    }
    const { value, failed } = await bare.ask({ call, party, name, body });
    if (failed !== undefined) throw new Error(failed);
    if (name === 'produce') void tell(other[party], value);
    return value;
  };
  try {
    for (const party of ['visitor', 'agent']) {
      await pages[party].exposeFunction('ask', (name, body) => asked(party, name, body));
      await pages[party].evaluate((given) => window.ready(given), { delayMs });
    }
    return await pressed(pages.agent, pages.visitor);
  } finally {
    await Promise.all(Object.values(pages).map(leave));
  }
}

async function peerCall({ port, browser }) {
  const page = await openPage(browser, `http://console.localhost:${port}/peers`);
  try {
    return await pressed(page);
  } finally {
    await leave(page);
  }
}

/** How long it took; what goes wrong in either page ends the wait. */
async function pressed(page, other = page) {
  let timer;
  const failed = new Promise((_resolve, reject) => {
    for (const each of new Set([page, other])) each.once('pageerror', reject);
    timer = setTimeout(() => reject(new Error('no picture came')), GIVEN_UP_MS);
  });
  try {
    return await Promise.race([page.evaluate(() => window.press()), failed]);
  } finally {
    clearTimeout(timer);
  }
}

/** A browser that is gone must not hide why a call failed. */
async function leave(page) {
  await page
    .context()
    .close()
    .catch(() => undefined);
}

async function openPage(browser, url) {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  return page;
}
