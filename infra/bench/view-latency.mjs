/**
 * From a change on the visitor's page to the same change in the replay's DOM, in two browsers on this machine. Ours:
 * recorder, masking, deflate, seal, the relay of `live`, open, inflate, grammar, the replay on its own origin.
 * Baseline: rrweb's events as JSON over a raw relay into rrweb's live replayer, with no buffer. Every change of both
 * has to arrive, or there is no row.
 */

import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../server/dist/app/embedded-postgres/free-port.js';
import { createReplayApp } from '../../server/dist/http/replay-app.js';
import { launchChromium, servePages } from './browser-pages.mjs';
import { Child } from './child.mjs';
import { quantile, rowOf } from './statistics.mjs';
import { viewFiles } from './view-pages.mjs';

const CHANGES = 200;
const WARM_UP = 40;
/** Far enough apart that one change is on its way at a time, and no multiple of an animation frame. */
const GAP_MS = 37;
const WAIT_MS = 30_000;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  progress('bundling pages, starting relays and browsers');
  const ground = await prepare();
  try {
    const measured = [];
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const order = round % 2 === 0 ? ['ours', 'rrweb'] : ['rrweb', 'ours'];
      const waits = {};
      for (const arm of order) waits[arm] = await measure(ground, arm, round);
      measured.push(waits);
    }
    const pairs = (share) =>
      measured.map(({ ours, rrweb }) => ({ ours: quantile(ours, share), baseline: quantile(rrweb, share) }));
    return [
      rowOf('view-latency/rrweb-unbuffered/p50', 'ms', pairs(0.5)),
      rowOf('view-latency/rrweb-unbuffered/p95', 'ms', pairs(0.95)),
    ];
  } finally {
    await ground.close();
  }
}

async function prepare() {
  const pages = await servePages(await viewFiles());
  const replay = await startReplay(`http://console.localhost:${pages.port}`);
  const relay = await Child.start('relay-process.mjs');
  const raw = await Child.start('raw-relay-process.mjs');
  const browsers = { visitor: await launchChromium(), agent: await launchChromium() };
  return {
    ...{ pages, replay, relay, raw, browsers },
    close: async () => {
      for (const browser of Object.values(browsers)) await browser.close();
      await replay.app.close();
      await relay.stop();
      await raw.stop();
      await pages.close();
    },
  };
}

/** The replay's own server with its own policy, on an origin of its own. */
async function startReplay(consoleOrigin) {
  const port = await findFreePort();
  const silent = () => undefined;
  const replayOrigin = `http://replay.localhost:${port}`;
  const app = await createReplayApp({
    ...{ consoleOrigin, replayOrigin, liveOrigin: consoleOrigin, trustedProxies: [] },
    replayRoot: fileURLToPath(new URL('../../agent-console/dist/replay', import.meta.url)),
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
  await app.listen({ host: '127.0.0.1', port });
  return { app, replayOrigin };
}

async function measure(ground, arm, round) {
  const { pages, browsers } = ground;
  const agent = await browsers.agent.newPage({ viewport: { width: 1400, height: 900 } });
  const visitor = await browsers.visitor.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await agent.goto(`http://console.localhost:${pages.port}/${arm}/agent`);
    await visitor.goto(`http://shop.localhost:${pages.port}/${arm}/visitor`);
    const end = await (arm === 'ours'
      ? connectOurs(ground, visitor, agent)
      : connectRaw(ground, visitor, agent, round));
    const shown = await replayFrame(agent, arm);
    await changeAndAwait(visitor, shown, { from: 1, count: WARM_UP });
    const waits = await changeAndAwait(visitor, shown, { from: WARM_UP + 1, count: CHANGES });
    await end();
    return waits;
  } finally {
    await visitor.close();
    await agent.close();
  }
}

async function connectOurs({ relay, replay }, visitor, agent) {
  const { engagementId, visitorPass, agentPasses } = await relay.ask({ open: 1 });
  const url = `ws://live.localhost:${relay.hello.port}/frames`;
  await visitor.evaluate((given) => window.share(given), { engagementId, url, pass: visitorPass });
  const { replayOrigin } = replay;
  await agent.evaluate((given) => window.watch(given), {
    engagementId,
    url,
    pass: agentPasses[0],
    replayOrigin,
  });
  await visitor.waitForFunction(() => window.watched === true, undefined, { timeout: WAIT_MS });
  return () => relay.ask({ close: engagementId });
}

async function connectRaw({ raw }, visitor, agent, round) {
  const url = `ws://live.localhost:${raw.hello.port}/view-${round}`;
  await agent.evaluate((given) => window.watch(given), { url });
  await visitor.evaluate((given) => window.share(given), { url });
  return async () => undefined;
}

/**
 * The frame whose document holds the replayed page; a watcher in it notes when each change is there. What changes is
 * found by its place, since masking gives out other ids than the page's.
 */
async function replayFrame(agent, arm) {
  const frame =
    arm === 'ours'
      ? agent.frames().find((each) => each.url().startsWith('http://replay.'))
      : agent.mainFrame();
  if (frame === undefined) throw new Error('the replay is not there');
  const inside = () =>
    [...document.querySelectorAll('iframe')]
      .map((each) => each.contentDocument)
      .find((each) => each?.querySelector('h1 + p'));
  await frame.waitForFunction(inside, undefined, { timeout: WAIT_MS, polling: 100 });
  await frame.evaluate(() => {
    const replayed = [...document.querySelectorAll('iframe')]
      .map((each) => each.contentDocument)
      .find((each) => each?.querySelector('h1 + p'));
    window.seen = {};
    new MutationObserver((records) => {
      const now = performance.timeOrigin + performance.now();
      for (const { addedNodes } of records) {
        for (const { data } of addedNodes) if (/^m-\d+$/.test(data ?? '')) window.seen[data] ??= now;
      }
    }).observe(replayed.body, { subtree: true, childList: true });
  });
  return frame;
}

async function changeAndAwait(visitor, frame, range) {
  const made = await visitor.evaluate(
    ({ from, count, gapMs }) =>
      new Promise((resolve) => {
        const probe = document.getElementById('probe');
        const times = {};
        let at = from;
        const timer = setInterval(() => {
          times[`m-${at}`] = performance.timeOrigin + performance.now();
          probe.textContent = `m-${at}`;
          at += 1;
          if (at < from + count) return;
          clearInterval(timer);
          resolve(times);
        }, gapMs);
      }),
    { ...range, gapMs: GAP_MS },
  );
  const last = `m-${range.from + range.count - 1}`;
  await frame.waitForFunction((name) => window.seen[name] !== undefined, last, {
    timeout: WAIT_MS,
    polling: 100,
  });
  const seen = await frame.evaluate(() => window.seen);
  return Object.entries(made).map(([name, at]) => {
    if (seen[name] === undefined) throw new Error(`the change ${name} never arrived`);
    return seen[name] - at;
  });
}
