/** Records pages in a real browser: what is replayed is the page, hostile pages change nothing, and little is paid. */

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const recorderScript = `
  import { takePristineDom } from './visitor-sdk/src/cobrowse/masking/pristine-dom.ts';
  import { privacyRulesFor } from './visitor-sdk/src/cobrowse/page-rules.ts';
  import { Recorder } from './visitor-sdk/src/cobrowse/recorder.ts';
  import * as movingPart from './visitor-sdk/src/cobrowse/moving/moving-part.ts';
  const test = { events: [], asked: 0, assets: [] };
  test.start = (policy) => {
    const dom = takePristineDom(window);
    const rules = privacyRulesFor(window, dom, { policy, excluded: [] });
    const keep = (events) => test.events.push(...structuredClone(events));
    const sink = { push: keep, snapshot: keep, needSnapshot: () => { test.asked += 1; }, behind: false };
    const sendAsset = (_, asset) => void test.assets.push(asset);
    const others = { moving: async () => movingPart, policies: () => [policy], sendAsset };
    test.recorder = new Recorder({ window, dom, rules, sink, ...others });
    test.recorder.start();
  };
  /** The page as a reader meets it, through shadow roots and frames; code and styles apart. */
  test.outline = (node) => {
    const skipped = new Set(['script', 'noscript', 'template', 'meta', 'link', 'style', 'title', 'head']);
    const walk = (at) => {
      if (at.nodeType === 3) return at.data.trim().replace(/\\s+/g, ' ');
      if (at.nodeType === 9 || at.nodeType === 11) return [...at.childNodes].map(walk).join('');
      if (at.nodeType !== 1 || skipped.has(at.localName)) return '';
      const inner = [at.shadowRoot, at.localName === 'iframe' ? at.contentDocument : null];
      const all = [...inner.filter(Boolean).map((root) => '#' + walk(root)), ...[...at.childNodes].map(walk)].join('');
      const open = at.localName === 'dialog' && at.open ? '!' : '';
      at.classList?.remove('rrweb-paused');
      return '<' + at.localName + open + (at.className && typeof at.className === 'string' ? '.' + at.className : '') + '>' + all + '</>';
    };
    return walk(node);
  };
  window.recording = test;
`;
const replayScript = `
  import { Replayer } from 'rrweb';
  window.replay = (events) => {
    const replayer = new Replayer(events, { root: document.body, useVirtualDom: false, showWarning: true, pauseAnimation: false });
    replayer.pause(Number.MAX_SAFE_INTEGER);
    return replayer.iframe.contentDocument;
  };
`;

interface Recording {
  readonly events: { readonly type: number; readonly data: { readonly source?: number } }[];
  readonly asked: number;
  readonly recorder: {
    takeSnapshot(): void;
    flush(): void;
    stop(): void;
    readonly counts: { readonly failed: number };
    want(slot: number, hashes: readonly string[]): void;
  };
  readonly assets: readonly { readonly contentType: string; readonly bytes?: Uint8Array }[];
  start(policy: unknown): void;
  outline(node: Node): string;
}
type TestWindow = Window &
  typeof globalThis & { readonly recording: Recording; replay(events: unknown): Document };

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const pages: Readonly<Record<string, string>> = {
  '/zoo': `<!doctype html><html><head><style>.on{color:red} .row{display:flex}</style></head><body>
    <h1>Title</h1><ul id="list"><li>one</li><li>two</li></ul><div id="shadow"></div>
    <iframe id="frame" srcdoc="<p id='p'>in a frame</p>"></iframe><dialog id="dialog">asked</dialog>
    <table><tr><td>cell</td></tr></table><svg width="10" height="10"><g><circle cx="5" cy="5" r="4"/></g></svg>
    <p id="moving">moving</p><div id="target"></div><div id="route">home</div></body></html>`,
  '/hostile': `<!doctype html><html><body><script>
    const lie = (prototype, name, value) => Object.defineProperty(prototype, name, { configurable: true, get: () => value });
    Object.assign(Element.prototype, { matches: () => false, closest: () => null });
    const getAttribute = Element.prototype.getAttribute;
    Element.prototype.getAttribute = function (name) {
      return name === 'data-alongside' ? 'allow' : getAttribute.call(this, name);
    };
    lie(Node.prototype, 'parentNode', null);
    lie(Element.prototype, 'assignedSlot', null);
    lie(Element.prototype, 'localName', 'p');
    </script><form id="form" data-alongside="mask"><input name="parentNode"><input name="getAttribute">
    <input name="attributes"><input name="matches"><input name="localName"><p>secretive</p></form>
    <p data-alongside="mask">secretive</p><p class="private">secretive</p><div data-alongside="block"><p>secretive</p></div>
    <input value="secretive"><p>plain</p></body></html>`,
  '/pictures': `<!doctype html><html><head><style>@font-face{font-family:F;src:url(/font.woff2)}
    .back{width:40px;height:40px;background:url(/background.png)} img{width:40px;height:40px}</style></head><body>
    <img id="shown" src="/shown.png"><img id="masked" data-alongside="mask" src="/masked.png">
    <div data-alongside="block"><img src="/blocked.png"></div><img src="/counted.png" style="width:1px;height:1px">
    <div class="back" style="font-family:F">x</div><video poster="/poster.png" width="40" height="40"></video>
    <p id="inline" data-alongside="mask" style="background:url(/inline.png)">x</p></body></html>`,
  '/cost': `<!doctype html><html><body><input id="field"><textarea id="area"></textarea>
    <div id="block" data-alongside="block"><p id="inner">x</p></div><p id="masked" data-alongside="mask">x</p></body></html>`,
};

let server: Server;
let origin = '';
const scripts = new Map<string, string>();
/** Requests that a script made, and whether the visitor's cookie came along. */
let fetched: { readonly path: string; readonly cookie: boolean }[] = [];

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const script = scripts.get(pathname);
  const html = pages[pathname];
  const cookie = request.headers.cookie?.includes('session=1') ?? false;
  if (request.headers['sec-fetch-dest'] === 'empty') fetched.push({ path: pathname, cookie });
  if (script !== undefined) {
    response.setHeader('content-type', 'text/javascript').end(script);
  } else if (pathname === '/strict') {
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><p>strict</p><script src="/record.js"></script>');
  } else if (html !== undefined) {
    response.setHeader('set-cookie', 'session=1');
    response.setHeader('content-type', 'text/html').end(`${html}<script src="/record.js"></script>`);
  } else if (pathname.endsWith('.png')) {
    response.statusCode = cookie ? 200 : 403;
    response
      .setHeader('cache-control', 'no-store')
      .setHeader('content-type', 'image/png')
      .end(cookie ? pixel : '');
  } else if (pathname.endsWith('.woff2')) {
    response
      .setHeader('cache-control', 'no-store')
      .setHeader('content-type', 'font/woff2')
      .end(Buffer.from('wOF2 not a real font'));
  } else {
    response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><body></body><script src="/replay.js"></script>');
  }
}

async function bundled(contents: string): Promise<string> {
  const bundle = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['source'],
  });
  return bundle.outputFiles[0]?.text ?? '';
}

test.beforeAll(async () => {
  scripts.set('/record.js', await bundled(recorderScript));
  scripts.set('/replay.js', await bundled(replayScript));
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const policyOf = (text: 'masked' | 'shown') => ({
  text,
  maskSelectors: ['.private'],
  blockSelectors: [],
  allowSelectors: [],
  noControlSelectors: [],
});

async function start(page: Page, path: string, text: 'masked' | 'shown' = 'shown'): Promise<void> {
  fetched = [];
  await page.goto(origin + path);
  await page.waitForLoadState('load');
  await page.evaluate((policy) => (window as unknown as TestWindow).recording.start(policy), policyOf(text));
}

/** All that was recorded up to now, what rests in the recorder for a few milliseconds included. */
const events = (page: Page) =>
  page.evaluate(() => {
    const { recording } = window as unknown as TestWindow;
    recording.recorder.flush();
    return recording.events;
  });
const failures = (page: Page) =>
  page.evaluate(() => (window as unknown as TestWindow).recording.recorder.counts.failed);

/** Lets what the page has just done be recorded: observers run before the next frame. */
const recorded = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));

for (const pace of ['calm', 'busy']) {
  test(`what is replayed is the page, after many changes and a second snapshot: ${pace}`, async ({
    page,
    context,
  }) => {
    if (pace === 'busy') await page.addInitScript(makeSlow);
    await changesAreReplayed(page, context);
  });
}

/** A clock by which all that is done takes long, so that changes are held back. */
function makeSlow(): void {
  let aheadMs = 0;
  const now = performance.now.bind(performance);
  performance.now = () => {
    aheadMs += 20;
    return now() + aheadMs;
  };
}

async function changesAreReplayed(page: Page, context: BrowserContext): Promise<void> {
  await start(page, '/zoo');
  await page.evaluate(() => {
    const shadow = document.getElementById('shadow')?.attachShadow({ mode: 'open' });
    if (shadow) shadow.innerHTML = '<section><slot></slot><b>in the shadow</b></section>';
    (document.getElementById('dialog') as HTMLDialogElement).showModal();
  });
  await recorded(page);
  for (let round = 0; round < 12; round += 1) {
    await page.evaluate((count) => {
      const byId = (id: string) => document.getElementById(id) as HTMLElement;
      const list = byId('list');
      const item = document.createElement('li');
      item.className = count % 2 === 0 ? 'on' : '';
      item.innerHTML = `item <b>${count}</b>`;
      list.insertBefore(item, list.children[count % list.children.length] ?? null);
      if (count % 3 === 0) list.lastElementChild?.remove();
      byId('target').prepend(byId('moving'));
      byId('target').append(byId('moving'));
      const inner = byId('shadow').shadowRoot?.querySelector('b');
      if (inner) inner.textContent = `shadow ${count}`;
      const frame = (byId('frame') as HTMLIFrameElement).contentDocument?.getElementById('p');
      if (frame) frame.append(document.createTextNode(` ${count}`));
      history.pushState({}, '', `/zoo?route=${count}`);
      byId('route').replaceChildren(
        Object.assign(document.createElement('p'), { textContent: `route ${count}` }),
      );
      byId('route').classList.toggle('row');
    }, round);
    await recorded(page);
    if (round !== 6) continue;
    await page.evaluate(() => (window as unknown as TestWindow).recording.recorder.takeSnapshot());
    await recorded(page);
  }
  await page.evaluate(() => (document.getElementById('dialog') as HTMLDialogElement).close());
  await recorded(page);
  expect(await failures(page)).toBe(0);
  const visitor = await page.evaluate(() => (window as unknown as TestWindow).recording.outline(document));
  expect(visitor).toContain('shadow 11');
  const stream = await events(page);

  const replay = await context.newPage();
  const warnings: string[] = [];
  replay.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text().slice(0, 200));
  });
  await replay.goto(`${origin}/replayed`);
  await replay.addScriptTag({ url: '/record.js' });
  const agent = () =>
    replay.evaluate(() => {
      const frame = document.querySelector('iframe');
      const shown = frame?.contentDocument;
      return shown ? (window as unknown as TestWindow).recording.outline(shown) : '';
    });
  await replay.evaluate((all) => {
    (window as unknown as TestWindow).replay(all);
  }, stream);
  await expect.poll(agent).toBe(visitor);
  expect(warnings).toEqual([]);
}

test('a page that lies about itself does not change what is masked', async ({ page }) => {
  await start(page, '/hostile');
  await recorded(page);
  expect(await failures(page)).toBe(0);
  const text = JSON.stringify(await events(page));
  expect(text).toContain('plain');
  expect(text).not.toContain('secretive');
});

test('images of the page come through the visitor’s own session, masked ones not at all', async ({
  page,
}) => {
  await start(page, '/pictures');
  const hashes = () =>
    page.evaluate(() => {
      const text = JSON.stringify((window as unknown as TestWindow).recording.events);
      const named = [...text.matchAll(/"(?:src|poster)":"alongside-asset:([\w-]{43})"/g)].map(
        (match) => match[1] ?? '',
      );
      const inCss = [...text.matchAll(/url\(\\"alongside-asset:([\w-]{43})/g)].map((match) => match[1] ?? '');
      return { named: new Set(named).size, inCss: inCss.length, hash: named[0] ?? '' };
    });
  await expect.poll(async () => (await hashes()).named).toBe(1);
  await expect.poll(async () => (await hashes()).inCss).toBeGreaterThanOrEqual(2);
  const { hash } = await hashes();
  const asset = await page.evaluate((wanted) => {
    const { recording } = window as unknown as TestWindow;
    recording.recorder.want(1, [wanted]);
    const [found] = recording.assets;
    return { type: found?.contentType, length: found?.bytes?.byteLength };
  }, hash);
  expect(asset).toEqual({ type: 'image/png', length: pixel.byteLength });
  expect(fetched.map(({ path }) => path).sort()).toEqual([
    '/background.png',
    '/font.woff2',
    '/poster.png',
    '/shown.png',
  ]);
  expect(fetched.every(({ cookie }) => cookie)).toBe(true);
});

test('with masked text no image is fetched, only the fonts', async ({ page }) => {
  await start(page, '/pictures', 'masked');
  await expect.poll(() => fetched.map(({ path }) => path)).toEqual(['/font.woff2']);
  expect(JSON.stringify(await events(page))).not.toMatch(/"(?:src|poster|href)":"alongside-asset/);
});

test('typing into a masked field and changes in a block cost nothing', async ({ page }) => {
  await start(page, '/cost');
  await recorded(page);
  await page.locator('#field').focus();
  await page.locator('#area').focus();
  await recorded(page);
  const before = (await events(page)).length;
  await page.locator('#area').pressSequentially('what nobody else reads');
  await page.evaluate(() => {
    const inner = document.getElementById('inner');
    for (let count = 0; count < 20; count += 1) inner?.append(document.createElement('b'), `text ${count}`);
    const masked = document.getElementById('masked')?.firstChild as Text;
    masked.data = 'another text';
  });
  await recorded(page);
  const after = (await events(page)).slice(before).map((event) => JSON.stringify(event));
  // That a key is used shows where the focus is, and where it was, once and a little later; what is typed nothing.
  const focus = after.filter((event) =>
    /"data-alongside-state":(?:"focus focus-visible"|null)\}\}\],"removes":\[\],"adds":\[\]/.test(event),
  );
  expect(focus.length).toBeLessThanOrEqual(2);
  expect(after.filter((event) => !focus.includes(event))).toEqual([]);
});

test('a strict policy of the page is kept to, and nothing is thrown into it', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.addInitScript(() => {
    Object.assign(window, { violations: [] });
    document.addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { violations: string[] }).violations.push(event.effectiveDirective);
    });
  });
  await start(page, '/strict');
  await page.evaluate(() => document.body.append(document.createElement('hr')));
  await recorded(page);
  expect((await events(page)).length).toBeGreaterThanOrEqual(3);
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
  expect(errors).toEqual([]);
});

test('nothing is left in the page when recording ends', async ({ page }) => {
  await page.goto(`${origin}/zoo`);
  const changed = await page.evaluate((policy) => {
    const look = () => [
      Element.prototype.attachShadow,
      CSSStyleSheet.prototype.insertRule,
      CSSStyleDeclaration.prototype.setProperty,
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set,
      customElements.define,
    ];
    const before = look();
    const { recording } = window as unknown as TestWindow;
    recording.start(policy);
    const during = look().filter((value, index) => value !== before[index]).length;
    recording.recorder.stop();
    const after = look().filter((value, index) => value !== before[index]).length;
    return { during, after };
  }, policyOf('shown'));
  expect(changed.during).toBeGreaterThan(0);
  expect(changed.after).toBe(0);
});

test('a frame is told of once, however many have joined, and not after the end', async ({ page }) => {
  await start(page, '/zoo');
  const written = () =>
    page.evaluate(() => {
      const { recording } = window as unknown as TestWindow;
      const before = recording.events.length;
      const frame = document.querySelector('iframe');
      frame?.contentDocument?.body.append(document.createElement('hr'));
      return new Promise<number>((resolve) =>
        requestAnimationFrame(() =>
          setTimeout(() => {
            recording.recorder.flush();
            resolve(recording.events.length - before);
          }),
        ),
      );
    });
  const navigated = () =>
    page.evaluate(async () => {
      const { recording } = window as unknown as TestWindow;
      const before = recording.events.length;
      const frame = document.querySelector('iframe') as HTMLIFrameElement;
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      frame.srcdoc = '<p>another</p>';
      await loaded;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      recording.recorder.flush();
      return recording.events.slice(before).filter(({ data }) => 'isAttachIframe' in data).length;
    });
  const attached = () =>
    events(page).then(
      (all) => all.filter(({ data }) => data !== undefined && 'isAttachIframe' in data).length,
    );
  await expect.poll(attached).toBe(1);
  for (const times of [2, 3]) {
    await page.evaluate(() => (window as unknown as TestWindow).recording.recorder.takeSnapshot());
    await expect.poll(attached).toBe(times);
  }
  expect(await written()).toBe(1);
  expect(await navigated()).toBe(1);
  expect(await written()).toBe(1);
  await page.evaluate(() => (window as unknown as TestWindow).recording.recorder.stop());
  expect(await navigated()).toBe(0);
  expect(await written()).toBe(0);
});

test('a page whose elements throw is shown all the same', async ({ page }) => {
  await page.goto(`${origin}/zoo`);
  await page.evaluate(() => {
    const get = () => {
      throw new Error('of the page');
    };
    const names = ['scrollTop', 'namespaceURI', 'baseURI', 'value', 'contentDocument', 'sheet', 'src'];
    for (const element of document.querySelectorAll('h1, li, iframe, style'))
      for (const name of names) Object.defineProperty(element, name, { configurable: true, get });
  });
  await page.evaluate(
    (policy) => (window as unknown as TestWindow).recording.start(policy),
    policyOf('shown'),
  );
  await recorded(page);
  expect(JSON.stringify(await events(page))).toContain('Title');
  await page.evaluate(() => document.body.append('said later'));
  await recorded(page);
  expect(JSON.stringify(await events(page))).toContain('said later');
});

test('what is done with something just mounted is told of it', async ({ page }) => {
  await start(page, '/zoo');
  await recorded(page);
  await page.evaluate(() => {
    const button = Object.assign(document.createElement('button'), { textContent: 'mounted' });
    document.body.append(button);
    button.focus();
  });
  await recorded(page);
  const focused = (await events(page)).map(({ data }) => data as Record<string, unknown> | undefined);
  const ids = focused.filter((data) => data?.source === 2 && data.type === 5).map((data) => data?.id);
  expect(ids).toHaveLength(1);
  expect(ids[0]).toBeGreaterThan(0);
});

test('what is done in a frame is told after its document was opened anew', async ({ page }) => {
  await start(page, '/zoo');
  await recorded(page);
  const pressed = () =>
    page.evaluate(async () => {
      const { recording } = window as unknown as TestWindow;
      const before = recording.events.length;
      document.querySelector('iframe')?.contentDocument?.querySelector('p')?.click();
      recording.recorder.flush();
      // What is not held back is given on in a microtask.
      await Promise.resolve();
      const isPress = ({ source, type }: { readonly source?: number; readonly type?: number }) =>
        source === 2 && type === 2;
      return recording.events.slice(before).filter(({ data }) => data !== undefined && isPress(data)).length;
    });
  await expect.poll(pressed).toBe(1);
  await page.evaluate(async () => {
    const frame = document.querySelector('iframe') as HTMLIFrameElement;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.contentDocument?.open();
    frame.contentDocument?.write('<p>written anew</p>');
    frame.contentDocument?.close();
    await loaded;
  });
  await expect.poll(pressed).toBe(1);
});
