/**
 * Records the five kinds of page that wire-bytes measures, and writes them beside it: `node infra/bench/record-pages.mjs`.
 * A browser visits the demo customer's shop and pages of the zoo, a person's hand moves, types and presses in them at a
 * person's pace, and the SDK's own recorder with its masking writes down what it would hand to the engine that seals.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleText, launchChromium } from './browser-pages.mjs';
import { kinds } from './driven-kinds.mjs';
import { MASKED_RECORDER } from './masked-recording.mjs';
import { writeRecording, writeRecordingTable } from './recordings.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SETTLE_MS = 700;

const folder = join(root, '.data', `record-pages-${process.pid}`);
await mkdir(folder, { recursive: true });
const places = await startPlaces();
const browser = await launchChromium();
try {
  const script = await bundleText(MASKED_RECORDER);
  const table = [];
  for (const kind of kinds) table.push(await record(kind, script));
  await writeRecordingTable(table);
} finally {
  await browser.close();
  await places.close();
  await rm(folder, { recursive: true, force: true });
}

async function startPlaces() {
  const { startDemoShop } = await load(
    "export { startDemoShop } from './infra/demo-shop/src/start-demo-shop.ts';",
    'shop',
  );
  const zooParts = await load(
    "export { ZooServer } from './packages/testkit/zoo/zoo-server.ts'; export { buildApps } from './packages/testkit/zoo/build-apps.ts';",
    'zoo',
    {
      'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'packages/testkit/zoo/build-apps.ts')).href),
    },
  );
  const shop = await startDemoShop({
    ...{ host: '127.0.0.1', port: 0, publicHost: 'shop.localhost', sdk: undefined },
    builtDirectory: join(root, 'infra/demo-shop/dist'),
  });
  const zoo = await zooParts.ZooServer.start(await zooParts.buildApps());
  return {
    origins: { shop: shop.url, zoo: zoo.origin },
    close: async () => {
      await shop.close();
      await zoo.stop();
    },
  };
}

/** Sources of the project with the packages of others around them. */
async function load(source, name, define = {}) {
  const file = join(folder, `${name}.mjs`);
  const text = await bundleText(source, {
    ...{ platform: 'node', format: 'esm', target: 'node20', packages: 'external', define },
  });
  await writeFile(file, text);
  return import(pathToFileURL(file).href);
}

async function record({ name, about, open, act }, script) {
  process.stdout.write(`${name}: ${about}\n`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  try {
    await open(page, places.origins);
    await page.addScriptTag({ content: script });
    await page.waitForFunction(() => window.corpus.snapshot !== undefined);
    const began = Date.now();
    await act(page);
    await page.waitForTimeout(SETTLE_MS);
    const session = await page.evaluate(() => window.corpus);
    return await writeRecording({ name, about, seconds: (Date.now() - began) / 1000, session });
  } finally {
    await context.close();
  }
}
