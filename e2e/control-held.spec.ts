/** What an agent's act may set going waits for the visitor: whoever sends the form, and whatever a site has listed. */

import type { MaskingPolicy } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { TestWindow } from './control/control-page.js';
import { ControlPage, click, log, send, setHarness, targetOf, type } from './control/control-page.js';

const pageHtml = `<!doctype html><html><head><style>
  body { margin: 0 } button, a, input, iframe { display: block; height: 22px; margin: 2px } .columns { column-count: 3 }
</style></head><body><main class="columns">
  <form id="form" action="/sent"><input id="name" name="n" value="x"><input type="hidden" name="h"></form>
  <form id="buttoned" action="/sent"><input id="field"><button id="go">Continue</button></form>
  <form id="dialogued" method="dialog"><input id="in-dialog"></form>
  <button id="submits" type="button" onclick="document.getElementById('form').submit()">Step</button>
  <button id="requests" type="button" onclick="document.getElementById('form').requestSubmit()">Next</button>
  <button id="soon" type="button" onclick="setTimeout(() => document.getElementById('form').requestSubmit(), 600)">Soon</button>
  <button id="late" type="button" onclick="setTimeout(() => document.getElementById('form').submit(), 1600)">Late</button>
  <button id="plain" type="button">Plain</button>
  <input id="typed" oninput="document.getElementById('form').submit()">
  <button id="card" type="button" onclick="document.getElementById('paying').submit()">Proceed</button>
  <form id="paying" action="/paid"><input autocomplete="cc-number"><button>Pay now</button></form>
  <button id="listed" type="button">Listed</button>
  <button id="marked" type="button" data-alongside-control="confirm">Marked</button>
  <a id="download" href="/file" download>File</a>
  <a id="away" href="https://elsewhere.example/">Elsewhere</a>
  <div data-alongside-click><button id="inside" type="button">Inside</button></div>
  <iframe id="frame" srcdoc="<form id='inner' action='/sent'></form><button id='press' type='button'
    onclick='document.forms[0].submit()' style='margin:0'>Inner</button>" style="height:60px"></iframe>
  <button id="shadowed" type="button" onclick="shadow('open').firstChild.requestSubmit()">Shadowed</button>
  <button id="pressed" type="button" onclick="shadow('open').querySelector('button').click()">Pressed</button>
  <button id="nested" type="button" onclick="nested().firstChild.requestSubmit()">Nested</button>
  <button id="closed" type="button" onclick="closed.querySelector('button').click()">Closed</button>
  <button id="new-root" type="button" onclick="shadow('closed').firstChild.requestSubmit()">New root</button>
  <button id="kept" type="button" onclick="request.call(early.firstChild)">Kept</button>
  <button id="frame-now" type="button" onclick="framed('').contentDocument.forms[0].requestSubmit()">Frame now</button>
  <button id="frame-soon" type="button" onclick="framed('<script>document.forms[0].submit()</script>')">Frame soon</button>
  <button id="paying-shadow" type="button"
    onclick="shadow('open', '<input autocomplete=cc-number>').firstChild.requestSubmit()">Proceed</button>
  <div id="scroller" style="height:22px;overflow:auto" onscroll="early.firstChild.requestSubmit()"><p style="height:90px"></p></div>
</main><div id="panel"></div><script>
  const request = HTMLFormElement.prototype.requestSubmit;
  const form = (more = '') => '<form action="/sent">' + more + '<button>Go</button></form>';
  const shadow = (mode, more, parent = document.body) => {
    const root = parent.appendChild(document.createElement('div')).attachShadow({ mode });
    root.innerHTML = form(more);
    return root;
  };
  const nested = () => shadow('closed', '', shadow('open'));
  const [early, closed] = [shadow('open'), shadow('closed')];
  const framed = (script) => {
    const frame = document.createElement('iframe');
    if (script !== '') frame.srcdoc = form() + script;
    document.body.append(frame);
    if (script === '') frame.contentDocument.body.innerHTML = form();
    return frame;
  };
  window.log = [];
  document.addEventListener('click', (event) => log.push('click ' + event.target.id));
</script><script src="/harness.js"></script></body></html>`;

const policy: MaskingPolicy = {
  text: 'shown',
  ...{ maskSelectors: [], blockSelectors: [], allowSelectors: ['main'], noControlSelectors: [] },
  confirmSelectors: ['#listed'],
};

let served: ControlPage;
test.beforeAll(async () => {
  served = await ControlPage.serve(pageHtml);
});
test.afterAll(() => served.close());

const open = async (page: Page, rules: MaskingPolicy = policy) => {
  await served.open(page, { policy: rules, needs: '#frame >> #press' });
  await setHarness(page, { confirmWith: false });
};
const confirms = (page: Page) => page.evaluate(() => (window as unknown as TestWindow).harness.confirms);
const sent = `/sent?n=x&h=`;

for (const path of ['#submits', '#requests', '#soon', '#frame >> #press']) {
  test(`[C5 25] a form that ${path} sends by script is held, and goes when the visitor says yes`, async ({
    page,
  }) => {
    await open(page);
    expect(await click(page, path)).toBe('done');
    await expect.poll(() => confirms(page)).toMatchObject([{ reason: 'submit' }]);
    expect(new URL(page.url()).pathname).toBe('/');
    // Who acts is told that the visitor decides, and that they have.
    const told = page.evaluate(() => (window as unknown as TestWindow).harness.asking);
    expect(await told).toEqual([true, false].map((isOpen) => ({ outcome: 'asking', open: isOpen })));
    await setHarness(page, { confirmWith: true });
    if (path.includes('frame')) return;
    const gone = page.waitForURL(`${served.origin}${sent}`);
    await click(page, path);
    await gone;
  });
}

const scattered = [
  '#shadowed',
  '#pressed',
  '#nested',
  '#closed',
  '#new-root',
  '#kept',
  '#frame-now',
  '#frame-soon',
];
for (const path of scattered) {
  test(`[C5 25] a form that ${path} sends in a shadow root or a new frame is held, and goes when the visitor says yes`, async ({
    page,
  }) => {
    const asked: string[] = [];
    await page.route('**/sent*', (route) => {
      asked.push(route.request().url());
      return route.fulfill({ body: '' });
    });
    await open(page);
    expect(await click(page, path)).toBe('done');
    await expect.poll(() => confirms(page)).toMatchObject([{ reason: 'submit' }]);
    // By the page's own task that comes after, it would have been sent.
    await page.waitForFunction(() => /native code/.test(HTMLFormElement.prototype.submit.toString()));
    expect(asked).toEqual([]);
    await setHarness(page, { confirmWith: true });
    const gone = page.waitForRequest(/\/sent/);
    await click(page, path);
    await gone;
  });
}

test('a form that is sent because the agent scrolls is held as well', async ({ page }) => {
  await open(page);
  const id = await page.evaluate(() => (window as unknown as TestWindow).harness.idOf('#scroller'));
  expect(await send(page, 'scroll', { id, left: 0, top: 30 })).toBe('done');
  await expect.poll(() => confirms(page)).toMatchObject([{ reason: 'submit' }]);
  expect(new URL(page.url()).pathname).toBe('/');
});

test('a form that is sent because the agent opens a part of the page is held as well', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<a href="/#part">Part</a>');
    addEventListener('hashchange', () => document.querySelector<HTMLFormElement>('#form')?.submit());
  });
  expect(await send(page, 'navigate', { path: '/#part' })).toBe('done');
  await expect.poll(() => confirms(page)).toMatchObject([{ reason: 'submit' }]);
  expect(new URL(page.url()).pathname).toBe('/');
});

test('Escape in a frame of the page takes everything back', { tag: '@full' }, async ({ page }) => {
  await open(page);
  await page.frameLocator('#frame').locator('#press').focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => (window as unknown as TestWindow).harness.doubts)).toBe(1);
});

test('Escape in a frame that is in a shadow root takes everything back', { tag: '@full' }, async ({
  page,
}) => {
  await open(page);
  await page.evaluate(() => {
    const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
    root.innerHTML = '<iframe id="rooted" srcdoc="<input>"></iframe>';
  });
  await page.frameLocator('#rooted').locator('input').focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => (window as unknown as TestWindow).harness.doubts)).toBe(1);
});

test('a page that is out of sight for half a minute takes everything back', { tag: '@full' }, async ({
  page,
}) => {
  await page.clock.install();
  await open(page);
  const turn = (state: 'hidden' | 'visible') =>
    page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  const doubts = () => page.evaluate(() => (window as unknown as TestWindow).harness.doubts);
  await turn('hidden');
  await page.clock.fastForward(29_000);
  await turn('visible');
  await page.clock.fastForward(31_000);
  expect(await doubts()).toBe(0);
  await turn('hidden');
  await page.clock.fastForward(31_000);
  expect(await doubts()).toBe(1);
});

test('a form that is sent by what the agent types is held as well', async ({ page }) => {
  await open(page);
  expect(await type(page, '#typed', 'a')).toBe('done');
  await expect.poll(() => confirms(page)).toMatchObject([{ reason: 'submit' }]);
  expect(new URL(page.url()).pathname).toBe('/');
});

for (const path of ['#card', '#paying-shadow']) {
  test(`a form that pays is not sent by a script either, and nobody is asked: ${path}`, async ({ page }) => {
    await open(page);
    expect(await click(page, path)).toBe('done');
    // The hold is over by then, and the page as it was.
    await page.waitForFunction(() => /native code/.test(HTMLFormElement.prototype.submit.toString()));
    expect(await confirms(page)).toEqual([]);
    expect(new URL(page.url()).pathname).toBe('/');
  });
}

test('what is sent later is the page’s own, and the page’s prototypes are as they were', async ({ page }) => {
  await open(page);
  const gone = page.waitForURL(`${served.origin}${sent}`);
  expect(await click(page, '#late')).toBe('done');
  await gone;
});

test('what the visitor sends themselves is not held', async ({ page }) => {
  await open(page);
  expect(await click(page, '#plain')).toBe('done');
  const gone = page.waitForURL(/\/sent/);
  await page.locator('#go').click();
  await gone;
});

test('Enter in a form waits for the visitor, with a button and without', async ({ page }) => {
  await open(page);
  const enter = async (path: string) =>
    send(page, 'type', { target: await targetOf(page, path), key: 'Enter' });
  expect(await enter('#field')).toBe('notConfirmed');
  expect((await confirms(page)).at(-1)).toMatchObject({ reason: 'submit', label: 'Continue' });
  expect(await enter('#name')).toBe('notConfirmed');
  expect(await enter('#in-dialog')).toBe('done');
  expect(await confirms(page)).toHaveLength(2);
  await setHarness(page, { confirmWith: true });
  const gone = page.waitForURL(`${served.origin}${sent}`);
  void enter('#name').catch(() => undefined);
  await gone;
});

test('what a site lists or marks, downloads, and what leads away wait for the visitor', async ({ page }) => {
  await open(page);
  for (const [path, reason] of [
    ['#listed', 'listed'],
    ['#marked', 'listed'],
    ['#download', 'leaving'],
    ['#away', 'leaving'],
  ] as const) {
    expect(await click(page, path), path).toBe('notConfirmed');
    expect((await confirms(page)).at(-1)?.reason, path).toBe(reason);
  }
  const space = async () => send(page, 'type', { target: await targetOf(page, '#listed'), key: 'Space' });
  expect(await space()).toBe('notConfirmed');
  expect(await log(page)).toEqual([]);
  await setHarness(page, { confirmWith: true });
  expect(await click(page, '#listed')).toBe('done');
  expect(await log(page)).toEqual(['click listed']);
});

test('where a site allows clicks in marked parts only, every other click is refused', async ({ page }) => {
  await open(page, { ...policy, clicks: 'marked' });
  expect(await click(page, '#plain')).toBe('notClickable');
  expect(await send(page, 'type', { target: await targetOf(page, '#plain'), key: 'Enter' })).toBe(
    'notClickable',
  );
  expect(await log(page)).toEqual([]);
  expect(await click(page, '#inside')).toBe('done');
  expect(await log(page)).toEqual(['click inside']);
});

test('a rule of the site that nobody understands keeps agents away from everything', async ({ page }) => {
  await open(page, { ...policy, confirmSelectors: [':::'] });
  expect(await click(page, '#plain')).toBe('excluded');
});
