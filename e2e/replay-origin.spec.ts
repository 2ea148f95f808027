/** The replay says that it listens to the console alone, and takes a port from nobody else, in real frames. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';
import { CONNECT, READY } from '../agent-console/src/engagement/player/replay-messages.js';

const replay = 'http://replay.localhost:9';
const consoleOrigin = 'http://console.localhost:9';
const stranger = 'http://stranger.localhost:9';

let script = '';

test.beforeAll(async () => {
  script = await bundled();
});

async function bundled(plugins: readonly Plugin[] = []): Promise<string> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('../agent-console/src/replay/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['source'],
    plugins: [...plugins],
  });
  return bundle.outputFiles[0]?.text ?? '';
}

type Framing = Window & typeof globalThis & { heard: unknown[]; answers: unknown[]; port: MessagePort };

const framing = `<!doctype html><script>
  window.heard = []; window.answers = [];
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    window.port = port1;
    port1.onmessage = (event) => window.answers.push(event.data);
    document.querySelector('iframe').contentWindow.postMessage('${CONNECT}', '${replay}', [port2]);
  };
  addEventListener('message', (event) => window.heard.push([event.origin, event.data]));
</script><iframe src="${replay}/" onload="connect()"></iframe>`;

/** Of the test: says that a message has been heard, after the replay has had its turn with it. */
const echo = `<script>addEventListener('message', () => parent.postMessage('echo', '*'));</script>`;

/** A page of this origin that frames the replay, which knows the console. */
async function framedBy(page: Page, origin: string, program = script): Promise<void> {
  const shown = `<!doctype html><meta name="console-origin" content="${consoleOrigin}" /><div id="stage"></div><script>${program.replaceAll('</script', '<\\/script')}</script>${echo}`;
  await page.route(`${replay}/**`, (route) => route.fulfill({ contentType: 'text/html', body: shown }));
  await page.route(`${origin}/**`, (route) => route.fulfill({ contentType: 'text/html', body: framing }));
  await page.goto(`${origin}/`);
}

const seen = (page: Page) =>
  page.evaluate(() => {
    const { heard, answers } = window as unknown as Framing;
    return { heard, answers };
  });

test('tells the console that it listens, and answers on the port it gave', async ({ page }) => {
  await framedBy(page, consoleOrigin);
  await expect
    .poll(() => seen(page))
    .toEqual({
      heard: [
        [replay, READY],
        [replay, 'echo'],
      ],
      answers: [{ kind: 'ready' }],
    });
});

test('tells a stranger who frames it nothing, and takes no port', async ({ page }) => {
  await framedBy(page, stranger);
  await expect.poll(() => seen(page)).toEqual({ heard: [[replay, 'echo']], answers: [] });
});

/** What rrweb names unsafe: canvases are painted again by a page that may run scripts. */
const unsafe: Plugin = {
  name: 'unsafe',
  setup: ({ onLoad }) =>
    onLoad({ filter: /driven-replayer\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const changed = text.replace('liveMode: true,', 'liveMode: true, UNSAFE_replayCanvas: true,');
      if (changed === text) throw new Error('The replayer is given its options in another way.');
      return { contents: changed, loader: 'ts' };
    }),
};

const body = { type: 2, id: 3, tagName: 'body', attributes: {}, childNodes: [] };
const html = { type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [body] };
const shownPage = [
  { type: 4, timestamp: 1, data: { href: '', width: 300, height: 200 } },
  {
    type: 2,
    timestamp: 2,
    data: { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { left: 0, top: 0 } },
  },
];

for (const [what, plugins, answer, frames] of [
  ['is built in a frame that runs no script', [], { kind: 'size', width: 300, height: 200 }, 1],
  ['is not built at all in one that would', [unsafe], { kind: 'broken' }, 0],
] as const)
  test(`[C5 2] a page ${what}`, { tag: '@full' }, async ({ page }) => {
    await framedBy(page, consoleOrigin, await bundled(plugins));
    await expect.poll(async () => (await seen(page)).answers).toEqual([{ kind: 'ready' }]);
    await page.evaluate((events) => {
      (window as unknown as Framing).port.postMessage({ kind: 'snapshot', events });
    }, shownPage);
    await expect.poll(async () => (await seen(page)).answers).toEqual([{ kind: 'ready' }, answer]);
    const inside = page.frameLocator('iframe').locator('iframe');
    await expect(inside).toHaveCount(frames);
    for (const each of await inside.all())
      expect(await each.getAttribute('sandbox')).toBe('allow-same-origin');
  });
