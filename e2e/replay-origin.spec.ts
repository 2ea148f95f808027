/** The replay says that it listens to the console alone, and takes a port from nobody else, in real frames. */

import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';
import { CONNECT, READY } from '../agent-console/src/engagement/player/replay-messages.js';

const replay = 'http://replay.localhost:9';
const consoleOrigin = 'http://console.localhost:9';
const stranger = 'http://stranger.localhost:9';

let script = '';

test.beforeAll(async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('../agent-console/src/replay/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['source'],
  });
  script = bundle.outputFiles[0]?.text ?? '';
});

type Framing = Window & typeof globalThis & { heard: unknown[]; answers: unknown[] };

const framing = `<!doctype html><script>
  window.heard = []; window.answers = [];
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => window.answers.push(event.data);
    document.querySelector('iframe').contentWindow.postMessage('${CONNECT}', '${replay}', [port2]);
  };
  addEventListener('message', (event) => window.heard.push([event.origin, event.data]));
</script><iframe src="${replay}/" onload="connect()"></iframe>`;

/** Of the test: says that a message has been heard, after the replay has had its turn with it. */
const echo = `<script>addEventListener('message', () => parent.postMessage('echo', '*'));</script>`;

/** A page of this origin that frames the replay, which knows the console. */
async function framedBy(page: Page, origin: string): Promise<void> {
  const shown = `<!doctype html><meta name="console-origin" content="${consoleOrigin}" /><div id="stage"></div><script>${script.replaceAll('</script', '<\\/script')}</script>${echo}`;
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
