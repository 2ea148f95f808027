/**
 * From the press on the call button to the first picture of the other side, voice and picture both ways: ours with
 * the question and its answer, `live`, its journal and a media worker between two browsers, against two bare peers
 * in one page that need no server at all. Devices are opened within the measured time on both sides.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleText, launchChromium, servePages } from './browser-pages.mjs';
import { callFiles } from './call-pages.mjs';
import { Child } from './child.mjs';
import { quantile, rowOf } from './statistics.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CALLS_A_ROUND = 3;

/** @param {{ rounds: number, progress: (text: string) => void }} options */
export async function run({ rounds, progress }) {
  const folder = join(root, '.data', `bench-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const closing = [() => rm(folder, { recursive: true, force: true })];
  try {
    progress('bundling pages, starting live and browsers');
    const live = await Child.start('call-process.mjs', { BENCH_WORLD: await bundleWorld(folder) });
    closing.push(() => live.stop());
    const pages = await servePages(await callFiles());
    closing.push(() => pages.close());
    const visitors = await launchChromium();
    closing.push(() => visitors.close());
    const agents = await launchChromium();
    closing.push(() => agents.close());
    const ground = { live, port: pages.port, visitors, agents };
    const measured = [];
    await once(ground, 'ours');
    await once(ground, 'peer');
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      const waits = { ours: [], peer: [], again: [] };
      for (let call = 0; call < CALLS_A_ROUND; call += 1) {
        const arms = ['peer', 'ours', 'again'];
        for (const arm of call % 2 === 0 ? arms : arms.toReversed()) {
          waits[arm].push(await once(ground, arm));
        }
      }
      measured.push(waits);
    }
    const pairs = (arm) =>
      measured.map((waits) => ({ ours: quantile(waits[arm], 0.5), baseline: quantile(waits.peer, 0.5) }));
    return [
      rowOf('call-setup/peer/p50', 'ms', pairs('ours')),
      rowOf('call-setup/a-vs-a', 'ms', pairs('again')),
    ];
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

function once(ground, arm) {
  return arm === 'ours' ? ourCall(ground) : peerCall(ground);
}

async function ourCall({ live, port, visitors, agents }) {
  const visitorOrigin = `http://shop.localhost:${port}`;
  const agentOrigin = `http://console.localhost:${port}`;
  const { engagementId, visitorTicket, agentTicket } = await live.ask({ visitorOrigin, agentOrigin });
  const visitor = await openPage(visitors, `${visitorOrigin}/visitor`);
  const agent = await openPage(agents, `${agentOrigin}/agent`);
  try {
    const { url } = live.hello;
    await visitor.evaluate((given) => window.ready(given), { url, ticket: visitorTicket });
    await agent.evaluate((given) => window.ready(given), { url, ticket: agentTicket, engagementId });
    return await agent.evaluate(() => window.press());
  } finally {
    await leave(visitor);
    await leave(agent);
  }
}

async function peerCall({ port, agents }) {
  const page = await openPage(agents, `http://console.localhost:${port}/peers`);
  try {
    return await page.evaluate(() => window.press());
  } finally {
    await leave(page);
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

/** The world of the server's tests; the packages of others stay outside of the bundle. */
async function bundleWorld(folder) {
  const text = await bundleText("export { LiveWorld } from './server/test/live-world.ts';", {
    platform: 'node',
    format: 'esm',
    target: 'node20',
    define: {},
    plugins: [othersOutside],
  });
  const file = join(folder, 'live-world.mjs');
  await writeFile(file, text);
  return pathToFileURL(file).href;
}

const othersOutside = {
  name: 'others-outside',
  setup(build) {
    build.onResolve({ filter: /^[a-z@]/ }, ({ path }) =>
      path.startsWith('@alongside/') ? undefined : { path, external: true },
    );
  },
};
