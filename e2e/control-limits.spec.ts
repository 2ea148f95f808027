/** What no lease lets an agent do: pay, open what the visitor does not want opened, scroll what is kept from it. */

import type { MaskingPolicy } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { TestWindow } from './control/control-page.js';
import { ControlPage, click, log, send, setHarness, targetOf, type } from './control/control-page.js';

const scroller = (id: string, attributes = '') =>
  `<div id="${id}" ${attributes} class="box"><div style="height:400px">tall</div></div>`;

const pageHtml = `<!doctype html><html><head><style>
  body { margin: 0; min-height: 4000px } .box { height: 20px; overflow: auto }
  button, a, [role=button], .bare { display: block; height: 20px; margin: 1px } form, fieldset, p { margin: 0; padding: 0; border: 0 }
  .columns { column-count: 4 } input { width: 60px }
</style></head><body><div class="columns">
  <button id="pay" type="button">Pay now</button>
  <button id="pay-icon" type="button" aria-label="Buy now">→</button>
  <button id="pay-picture" type="button"><img alt="Google Pay" src="data:,"></button>
  <button id="pay-de" type="button">Zahlungspflichtig bestellen</button>
  <button id="pay-de-umlaut" type="button">Jetzt überweisen</button>
  <button id="pay-fi" type="button">Maksa nyt</button>
  <a id="pay-link" href="/pay">Pay € 12</a>
  <div id="pay-bare" class="bare">Place your order</div>
  <pay-button id="pay-component" class="bare">Go</pay-button>
  <button id="marked" type="button" data-alongside-control="payment">Go on</button>
  <p data-alongside-control="Payment"><input id="marked-field" data-alongside="allow"></p>
  <form id="card-form" onsubmit="log.push('card'); return false">
    <input name="elements"><input autocomplete="cc-number">
    <button id="card-submit">Continue</button>
    <button id="card-button" type="button">Apply</button>
    <div id="card-role" role="button">Continue</div>
    <label id="card-label" for="card-submit">Label</label>
    <a id="card-link" href="#terms">Terms</a>
  </form>
  <button id="card-outside" form="card-form">Continue elsewhere</button>
  <form onsubmit="return false"><input autocomplete="one-time-code"><button id="code-submit">Continue</button></form>
  <form onsubmit="return false"><input type="password"><button id="login-submit">Sign in</button></form>
  <form onsubmit="return false"><x-card id="x-card"></x-card><button id="shadow-submit">Continue</button></form>
  <fieldset><input autocomplete="cc-csc"><button id="loose" type="button">Next</button></fieldset>
  <form onsubmit="log.push('harmless'); return false"><input type="hidden" name="token"><input type="file"><button id="harmless">Save</button></form>
  <form onsubmit="return false"><x-send id="x-send" type="submit"></x-send></form>
  <form onsubmit="log.push('removed'); return false"><button id="remove">Remove it</button></form>
  <button id="checkout" type="button">Checkout</button>
  <a id="orders" href="#orders">Orders</a>
  <a id="shown-link" href="/shown?x=1">Shown</a>
  <a id="never-link" href="/private" data-alongside-control="never">Private</a>
  <a id="logout-link" href="/sign-out">Log out</a>
  <a id="hidden-link" href="/hidden" style="display:none">Hidden</a>
  ${scroller('open-box')}${scroller('never-box', 'data-alongside-control="never"')}
  <div class="kept">${scroller('kept-box')}</div>${scroller('faint-box', 'style="opacity:.01"')}
  <div style="visibility:hidden">${scroller('invisible-box')}</div>
  <iframe id="frame" data-alongside-control="never" style="height:20px"
    srcdoc="<div id='tall' style='height:900px'>tall</div>"></iframe>
  </div><div id="panel"></div><script>
    window.log = [];
    customElements.define('x-card', class extends HTMLElement {
      connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<input autocomplete="cc-number">'; }
    });
    customElements.define('x-send', class extends HTMLElement {
      connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<button id="inner">Go</button>'; }
    });
    document.addEventListener('click', (event) => log.push('click ' + event.composedPath()[0].id));
  </script><script src="/harness.js"></script></body></html>`;

const policy: MaskingPolicy = {
  text: 'shown',
  maskSelectors: [],
  blockSelectors: [],
  allowSelectors: [],
  noControlSelectors: ['.kept', 'a[href^="/admin"]'],
};

let served: ControlPage;

test.beforeAll(async () => {
  served = await ControlPage.serve(pageHtml);
});

test.afterAll(() => served.close());

test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1000 });
  await served.open(page, { policy, needs: '#frame >> #tall' });
});

const confirms = (page: Page) => page.evaluate(() => (window as unknown as TestWindow).harness.confirms);

test('nothing that pays is pressed, and the visitor is not even asked', async ({ page }) => {
  for (const path of [
    '#pay',
    '#pay-icon',
    '#pay-picture',
    '#pay-de',
    '#pay-de-umlaut',
    '#pay-fi',
    '#pay-link',
    '#pay-bare',
    '#pay-component',
    '#marked',
  ]) {
    expect(await click(page, path), path).toBe('payment');
  }
  expect(await type(page, '#marked-field', 'x')).toBe('payment');
  await expect(page.locator('#marked-field')).toHaveValue('');
  expect(await confirms(page)).toEqual([]);
  expect(await log(page)).toEqual([]);
});

test('no button of a form with card, code or password fields is pressed, whatever it says', async ({
  page,
}) => {
  for (const path of [
    '#card-submit',
    '#card-button',
    '#card-role',
    '#card-label',
    '#card-outside',
    '#code-submit',
    '#login-submit',
    '#shadow-submit',
    '#loose',
  ]) {
    expect(await click(page, path), path).toBe('payment');
  }
  expect(await confirms(page)).toEqual([]);
  expect(await log(page)).toEqual([]);
  expect(await click(page, '#card-link')).toBe('done');
});

test('a button that turns into one that pays while the visitor thinks is not pressed', async ({ page }) => {
  const target = await targetOf(page, '#harmless');
  const answer = await page.evaluate((at) => {
    const { harness } = window as unknown as TestWindow;
    Object.defineProperty(harness, 'confirmWith', {
      get: () => {
        harness.find('#harmless').setAttribute('aria-label', 'Pay now');
        return true;
      },
    });
    return harness.send('click', { target: at, fx: 0.5, fy: 0.5 });
  }, target);
  expect(await confirms(page)).toHaveLength(1);
  expect(answer).toMatchObject({ outcome: 'refused', refusal: 'payment' });
  expect(await log(page)).toEqual([]);
});

test('every other button that sends is asked about, in a component as well', async ({ page }) => {
  await setHarness(page, { confirmWith: false });
  for (const [path, reason] of [
    ['#harmless', 'submit'],
    ['#x-send >> #inner', 'submit'],
    ['#remove', 'deletion'],
    ['#checkout', 'order'],
    ['#logout-link', 'leaving'],
  ] as const) {
    expect(await click(page, path), path).toBe('notConfirmed');
    expect((await confirms(page)).at(-1)?.reason, path).toBe(reason);
  }
  expect(await log(page)).toEqual([]);
  const asked = (await confirms(page)).length;
  expect(await click(page, '#orders')).toBe('done');
  expect(await confirms(page)).toHaveLength(asked);
  await setHarness(page, { confirmWith: true });
  expect(await click(page, '#harmless')).toBe('done');
  expect(await log(page)).toContain('harmless');
});

test('a path is opened when a link on the page leads there or the visitor agrees to it', async ({ page }) => {
  await setHarness(page, { confirmWith: false });
  for (const path of ['/elsewhere?from=1', '/hidden', '/sign-out', '/shown']) {
    expect(await send(page, 'navigate', { path }), path).toBe('notConfirmed');
    expect((await confirms(page)).at(-1)).toMatchObject({ reason: 'navigation', label: path });
  }
  expect(page.url()).toBe(`${served.origin}/`);
  const asked = (await confirms(page)).length;
  const landed = page.waitForURL(`${served.origin}/shown?x=1`);
  void send(page, 'navigate', { path: '/shown?x=1' }).catch(() => undefined);
  await landed;
  expect(asked).toBe(4);
});

test('a link that the agent may press is opened without a question', async ({ page }) => {
  await setHarness(page, { confirmWith: false });
  const target = await targetOf(page, '#shown-link');
  expect(target.label).toBe('Shown');
  const landed = page.waitForURL(`${served.origin}/shown?x=1`);
  void send(page, 'navigate', { path: '/shown?x=1' }).catch(() => undefined);
  await landed;
});

test('a path that the visitor agrees to is opened', async ({ page }) => {
  const landed = page.waitForURL(`${served.origin}/elsewhere`);
  void send(page, 'navigate', { path: '/elsewhere' }).catch(() => undefined);
  await landed;
});

test('no path opens what the customer keeps agents from, nor what pays', async ({ page }) => {
  expect(await send(page, 'navigate', { path: '/private' })).toBe('excluded');
  expect(await send(page, 'navigate', { path: '/private#part' })).toBe('excluded');
  expect(await send(page, 'navigate', { path: '/admin/people' })).toBe('excluded');
  expect(await send(page, 'navigate', { path: '/pay' })).toBe('payment');
  await page.evaluate(() => document.body.setAttribute('data-alongside-control', 'never'));
  expect(await send(page, 'navigate', { path: '/shown?x=1' })).toBe('excluded');
  expect(await confirms(page)).toEqual([]);
  expect(page.url()).toBe(`${served.origin}/`);
});

test('what two fingers have moved out of the visitor’s sight is off their screen', { tag: '@full' }, async ({
  page,
}) => {
  const target = await targetOf(page, '#harmless');
  const press = () => send(page, 'click', { target, fx: 0.5, fy: 0.5 });
  const browser = await page.context().newCDPSession(page);
  const pinch = (pageScaleFactor: number) =>
    browser.send('Emulation.setPageScaleFactor', { pageScaleFactor });
  await pinch(4);
  const seen = await page.evaluate(() => (visualViewport?.width ?? 0) + (visualViewport?.offsetLeft ?? 0));
  expect(target.box.left, 'it is beside what the visitor sees').toBeGreaterThan(seen);
  expect(await press()).toBe('offScreen');
  await pinch(1);
  expect(await press()).toBe('done');
});

test('only what the agent may act on and the visitor can see is scrolled', async ({ page }) => {
  const scroll = async (path: string) => {
    const id = await page.evaluate((at) => (window as unknown as TestWindow).harness.idOf(at), path);
    return send(page, 'scroll', { id, left: 0, top: 50 });
  };
  expect(await scroll('#open-box')).toBe('done');
  expect(await scroll('#never-box')).toBe('excluded');
  expect(await scroll('#kept-box')).toBe('excluded');
  expect(await scroll('#faint-box')).toBe('hidden');
  expect(await scroll('#invisible-box')).toBe('hidden');
  expect(await scroll('#frame >> html')).toBe('excluded');
  expect(await scroll('document')).toBe('done');
  await page.evaluate(() => document.body.setAttribute('data-alongside-control', 'never'));
  expect(await scroll('document')).toBe('excluded');
  const tops = await page.evaluate(() =>
    ['#open-box', '#never-box', '#kept-box', '#faint-box', '#invisible-box'].map(
      (id) => document.querySelector(id)?.scrollTop,
    ),
  );
  expect(tops).toEqual([50, 0, 0, 0, 0]);
});
