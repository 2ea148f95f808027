/**
 * A page that is read and masked in parts is the page that is read at once, whatever happens to it meanwhile: whoever
 * joins sees it as it is then, whoever watches already misses nothing, and what is hidden meanwhile stays hidden.
 */

import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const SECRET = 'tk8f3q9zm4xw7yb2';
const recorderScript = `
  import { takePristineDom } from './visitor-sdk/src/cobrowse/masking/pristine-dom.ts';
  import * as movingPart from './visitor-sdk/src/cobrowse/moving/moving-part.ts';
  import { privacyRulesFor } from './visitor-sdk/src/cobrowse/page-rules.ts';
  import { Recorder } from './visitor-sdk/src/cobrowse/recorder.ts';
  const dom = takePristineDom(window);
  const policy = { text: 'shown', maskSelectors: ['.private'], blockSelectors: [], allowSelectors: ['.open'], noControlSelectors: [] };
  const rules = privacyRulesFor(window, dom, { policy, excluded: [] });
  const events = [];
  const sink = {
    push: (some) => events.push(...structuredClone(some)),
    snapshot: (some) => events.push(...structuredClone(some)),
    needSnapshot: () => recorder.takeSnapshot(),
    behind: false,
  };
  const recorder = new Recorder({ window, dom, rules, sink, moving: async () => movingPart, policies: () => [policy], sendAsset: () => undefined });
  window.recording = { events, recorder };
`;
const replayScript = `
  import { Replayer } from 'rrweb';
  window.replay = (events) => {
    const replayer = new Replayer(events, { root: document.body, useVirtualDom: false, showWarning: true, pauseAnimation: false });
    replayer.pause(Number.MAX_SAFE_INTEGER);
  };
`;

const rows = Array.from(
  { length: 250 },
  (_, at) => `<li class="row r${at % 5}" id="row-${at}" title="${SECRET}"><b>row</b> ${at}<i></i></li>`,
).join('');
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parts</title>
  <style>.row{color:red} .r1{color:blue} #row-7{color:inherit}</style></head><body>
  <h1>A page</h1><!-- ${SECRET} --><ul id="list">${rows}</ul>
  <form class="open"><input name="city" value="Porto"><select><option>one<option selected>two</select>
  <textarea>words</textarea><input type="checkbox" checked></form><form><input value="${SECRET}"></form>
  <p class="private">${SECRET}</p><div data-alongside="block"><p>${SECRET}</p></div>
  <svg width="10" height="10"><g id="g"><circle cx="5" cy="5" r="4"/></g></svg>
  <style>.row b{color:blue}</style><p id="last">last</p></body></html>`;

interface Recorded {
  readonly events: { readonly type: number; readonly data: unknown }[];
  readonly recorder: { start(): void; takeSnapshot(): void; readonly counts: { readonly failed: number } };
}
type PartsWindow = Window & { readonly recording: Recorded; replay(events: unknown): void };

const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let server: Server;
let origin = '';

async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['source'],
  });
  return outputFiles[0]?.text ?? '';
}

test.beforeAll(async () => {
  const scripts = new Map([
    ['/record.js', await bundled(recorderScript)],
    ['/replay.js', await bundled(replayScript)],
  ]);
  server = createServer(({ url = '' }, response) => {
    if (url === '/dot.png') {
      response.setHeader('content-type', 'image/png').end(DOT);
      return;
    }
    const script = scripts.get(url);
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? (url === '/page' ? PAGE : '<!doctype html><body></body>'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A clock by which each node takes longer than a part may. */
function makeSlow(): void {
  let aheadMs = 0;
  const now = performance.now.bind(performance);
  performance.now = () => {
    aheadMs += 20;
    return now() + aheadMs;
  };
}

async function open(page: Page, script: 'parts' | 'whole'): Promise<void> {
  if (script === 'parts') await page.addInitScript(makeSlow);
  await page.goto(`${origin}/page`);
  // A page without elements to be found is read at once.
  if (script === 'whole') await page.evaluate(() => Object.assign(document, { querySelectorAll: () => [] }));
  await page.addScriptTag({ url: '/record.js' });
}

const recording = (page: Page) =>
  page.evaluate(() => {
    const { events, recorder } = (window as unknown as PartsWindow).recording;
    return { events, failed: recorder.counts.failed };
  });

const snapshots = async (page: Page) =>
  (await recording(page)).events.filter(({ type }) => type === 2).length;

test('what is read in parts is what is read at once', async ({ page, context }) => {
  await open(page, 'parts');
  const atOnce = await page.evaluate(() => {
    const { events, recorder } = (window as unknown as PartsWindow).recording;
    recorder.start();
    return events.length;
  });
  expect(atOnce).toBe(0);
  await expect.poll(() => snapshots(page)).toBe(1);
  const whole = await context.newPage();
  await open(whole, 'whole');
  await whole.evaluate(() => (window as unknown as PartsWindow).recording.recorder.start());
  const told = async (of: Page) =>
    (await recording(of)).events.slice(0, 2).map(({ type, data }) => ({ type, data }));
  expect(await told(page)).toEqual(await told(whole));
  expect(JSON.stringify(await told(page))).not.toContain(SECRET);
});

/** Changes the page again and again, a little later each time, and hides an element just as it gets a secret. */
function changeMeanwhile({
  secret,
  seed,
  times,
}: {
  secret: string;
  seed: number;
  times: number;
}): Promise<void> {
  let random = seed;
  const below = (count: number) => {
    random = (random * 1103515245 + 12345) % 2147483648;
    return random % count;
  };
  const list = document.querySelector('#list') as HTMLElement;
  const some = () => list.children[below(list.children.length)] as HTMLElement;
  const acts = [
    () => some().remove(),
    () =>
      list.insertBefore(
        Object.assign(document.createElement('li'), { textContent: `new ${below(99)}` }),
        some(),
      ),
    () => list.prepend(some()),
    () => some().classList.toggle('r1'),
    () => some().append(` and ${below(99)}`),
    () => {
      const hidden = some();
      hidden.setAttribute('data-alongside', 'mask');
      hidden.textContent = secret;
    },
  ];
  return new Promise((resolve) => {
    const next = (left: number) => {
      if (left === 0) return resolve();
      acts[below(acts.length)]?.();
      // Sometimes for long enough that a snapshot gets whole.
      setTimeout(() => next(left - 1), below(3) === 0 ? below(400) : below(12));
    };
    next(times);
  });
}

/** The page as somebody reads it, with what is masked as one sign. */
function outline(of: 'page' | 'replay'): string {
  const shown = of === 'page' ? document : document.querySelector('iframe')?.contentDocument;
  const list = shown?.querySelector('#list, ul');
  const item = (at: Element) => {
    const isMasked = at.getAttribute('data-alongside') === 'mask' || at.textContent?.includes('\u2588');
    const text = isMasked ? '#' : (at.textContent ?? '').replace(/\s+/g, ' ').trim();
    return `${at.classList.contains('r1')} ${text}`;
  };
  return [...(list?.children ?? [])].map(item).join('\n');
}

async function replayed(context: BrowserContext, events: readonly unknown[]): Promise<string> {
  const replay = await context.newPage();
  await replay.goto(`${origin}/replay`);
  await replay.addScriptTag({ url: '/replay.js' });
  await replay.evaluate((all) => (window as unknown as PartsWindow).replay(all), events);
  const shown = await replay.evaluate(outline, 'replay' as const);
  await replay.close();
  return shown;
}

for (const seed of [1, 2, 3, 4]) {
  test(`a page that changes while it is read is seen as it is by everybody: ${seed}`, async ({
    page,
    context,
  }) => {
    await open(page, 'parts');
    // The code that fetches it comes while the page is read.
    await page.evaluate(() => document.body.append(Object.assign(new Image(40, 40), { src: '/dot.png' })));
    const change = () => page.evaluate(changeMeanwhile, { secret: SECRET, seed, times: 25 });
    const both = async (begin: () => Promise<void>) => {
      const before = await snapshots(page);
      await begin();
      await change();
      await expect.poll(() => snapshots(page)).toBeGreaterThan(before);
    };
    await both(() => page.evaluate(() => (window as unknown as PartsWindow).recording.recorder.start()));
    await both(() =>
      page.evaluate(() => (window as unknown as PartsWindow).recording.recorder.takeSnapshot()),
    );
    await change();
    // A last mark that everybody has to have, once it is not held back any more: by this clock we are slow.
    await page.evaluate(() => document.querySelector('#list')?.append(document.createElement('hr')));
    const isTold = async (word: string) => JSON.stringify((await recording(page)).events).includes(word);
    await expect.poll(() => isTold('"tagName":"hr"')).toBe(true);
    await expect.poll(() => isTold('alongside-asset:')).toBe(true);
    const last = await page.evaluate(outline, 'page' as const);
    const { events, failed } = await recording(page);
    expect(failed).toBe(0);
    const at = events.flatMap(({ type }, index) => (type === 2 ? [index] : []));
    const joined = events.slice((at.at(-1) ?? 1) - 1);
    // Whoever watched from the beginning is not given the later snapshots.
    const stayed = events.filter(({ type }, index) => type === 3 || index <= (at[0] ?? 0));
    expect(await replayed(context, stayed)).toBe(last);
    expect(await replayed(context, joined)).toBe(last);
    expect(JSON.stringify(events)).not.toContain(SECRET);
  });
}
