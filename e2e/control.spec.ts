/** Lets an agent act on a page in a real browser: what is done, what is refused, and that the visitor sees it. */

import type { MaskingPolicy } from '@alongside/protocol';
import { expect, test } from '@playwright/test';
import type { TestWindow } from './control/control-page.js';
import { ControlPage, click, log, send, setHarness, targetOf, type } from './control/control-page.js';

const pageHtml = `<!doctype html><html><head><meta name="viewport" content="width=device-width"><style>
  body { margin: 0; min-height: 3000px } button, input, a, select, textarea, #covered { position: absolute; height: 24px }
  #ghost { opacity: .02 } #gone { display: none } #invisible { visibility: hidden } #tiny { width: 4px; padding: 0; border: 0 }
</style></head><body>
  <button id="plain" type="button" style="left:10px;top:10px">Plain</button>
  <button id="masked" type="button" data-alongside="mask" style="left:10px;top:40px">Masked</button>
  <button id="blocked" type="button" data-alongside="block" style="left:10px;top:70px">Blocked</button>
  <button id="never" type="button" data-alongside-control="never" style="left:10px;top:100px">Never</button>
  <div class="no-agents"><button id="ruled" type="button" style="left:10px;top:130px">Ruled</button></div>
  <button id="disabled" type="button" disabled style="left:10px;top:160px">Disabled</button>
  <button id="ghost" type="button" style="left:10px;top:190px">Ghost</button>
  <button id="gone" type="button" style="left:10px;top:220px">Gone</button>
  <button id="invisible" type="button" style="left:10px;top:220px">Invisible</button>
  <button id="tiny" type="button" style="left:10px;top:250px"></button>
  <button id="under" type="button" style="left:10px;top:280px">Under</button>
  <div id="covered" style="left:0;top:275px;width:200px;height:40px;background:#eee">cover</div>
  <button id="below" type="button" style="left:10px;top:2500px">Below</button>
  <input id="open" data-alongside="allow" style="left:300px;top:10px" value="before">
  <input id="closed" style="left:300px;top:40px">
  <input id="password" type="password" data-alongside="allow" style="left:300px;top:70px">
  <input id="card" autocomplete="cc-number" data-alongside="allow" style="left:300px;top:100px">
  <input id="code" autocomplete="one-time-code" data-alongside="allow" style="left:300px;top:130px">
  <input id="file" type="file" data-alongside="allow" style="left:300px;top:160px">
  <input id="readonly" readonly data-alongside="allow" style="left:300px;top:190px">
  <input id="number" type="number" data-alongside="allow" style="left:300px;top:220px">
  <select id="choice" data-alongside="allow" style="left:300px;top:250px"><option>One</option><option>Two</option></select>
  <textarea id="area" data-alongside="allow" style="left:300px;top:280px"></textarea>
  <div id="editable" contenteditable data-alongside="allow" style="position:absolute;left:300px;top:320px;width:100px;height:24px">x</div>
  <label id="label" style="position:absolute;left:300px;top:360px">Secret choice <input id="check" type="checkbox" style="position:static"></label>
  <form id="form" onsubmit="log.push('submitted'); return false">
    <button id="submit" style="left:600px;top:10px">Continue</button>
  </form>
  <button id="more" type="button" style="left:600px;top:40px">More</button>
  <button id="delete" type="button" style="left:600px;top:70px">Delete it</button>
  <a id="away" href="https://elsewhere.example/" style="left:600px;top:100px">Elsewhere</a>
  <div id="panel" style="position:absolute;left:600px;top:130px"><button id="own" type="button" style="position:static">Own</button></div>
  <div id="host" style="position:absolute;left:600px;top:170px"></div>
  <iframe id="frame" style="position:absolute;left:600px;top:220px;width:200px;height:80px;border:3px solid;padding:5px"
    srcdoc="<body style='margin:0'><button id='inner' style='margin:20px'>Inner</button></body>"></iframe>
  <dialog id="modal"><button id="inside" type="button" style="position:static">Inside</button></dialog>
  <div id="box" style="position:absolute;left:600px;top:330px;width:100px;height:50px;overflow:auto"><div style="height:400px">tall</div></div>
  <script>
    window.log = [];
    document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML =
      '<button id="deep" type="button" style="height:24px">Deep</button>';
    for (const name of ['click', 'input', 'change']) document.addEventListener(name, (event) => {
      const target = event.composedPath()[0];
      log.push(name + ' ' + target.id + ' ' + (event.clientX ?? '') + ' ' + event.isTrusted);
    });
  </script><script src="/harness.js"></script></body></html>`;

const policy: MaskingPolicy = {
  text: 'shown',
  maskSelectors: [],
  blockSelectors: [],
  allowSelectors: [],
  noControlSelectors: ['.no-agents button'],
};

let served: ControlPage;

test.beforeAll(async () => {
  served = await ControlPage.serve(pageHtml);
});

test.afterAll(() => served.close());

test.beforeEach(async ({ page }) => served.open(page, { policy, needs: '#frame >> #inner' }));

test('[C5 29] clicks where the agent says, and not as a trusted hand, in the page, a shadow root and a frame', async ({
  page,
}) => {
  expect(await click(page, '#plain')).toBe('done');
  const [pressed] = (await log(page)).filter((line) => line.startsWith('click'));
  const box = await page.locator('#plain').boundingBox();
  expect(pressed).toBe(`click plain ${Math.floor((box?.x ?? 0) + (box?.width ?? 0) / 2)} false`);
  expect(await click(page, '#host >> #deep')).toBe('done');
  expect((await log(page)).at(-1)).toMatch(/^click deep /);
  await page.evaluate(() => {
    const { harness, log: lines } = window as unknown as TestWindow;
    harness.find('#frame >> #inner').addEventListener('click', (event) => {
      lines.push(`inner ${(event as MouseEvent).clientX > 0}`);
    });
  });
  expect(await click(page, '#frame >> #inner')).toBe('done');
  expect((await log(page)).at(-1)).toBe('inner true');
});

const refusals: readonly (readonly [string, string])[] = [
  ['#masked', 'masked'],
  ['#never', 'excluded'],
  ['#ruled', 'excluded'],
  ['#disabled', 'disabled'],
  ['#ghost', 'hidden'],
  ['#gone', 'hidden'],
  ['#invisible', 'hidden'],
  ['#tiny', 'tooSmall'],
  ['#under', 'covered'],
  ['#below', 'offScreen'],
  ['#closed', 'masked'],
  ['#password', 'passwordField'],
  ['#card', 'secretField'],
  ['#code', 'secretField'],
  ['#file', 'fileField'],
  ['#label', 'masked'],
];
test('[C5 21] [C5 23] refuses what is hidden, covered, masked, secret or excluded, each by name', async ({
  page,
}) => {
  for (const [path, refusal] of refusals) expect(await click(page, path), path).toBe(refusal);
  expect(await log(page)).toEqual([]);
});

test('a blocked element is a box without anything in it to act on', async ({ page }) => {
  expect(await click(page, '#blocked')).toBe('blocked');
  expect(await log(page)).toEqual([]);
});

test('its own panel is neither pointed at nor acted on', async ({ page }) => {
  const id = await page.evaluate(() => (window as unknown as TestWindow).harness.idOf('#own'));
  const box = { left: 600, top: 130, width: 40, height: 24 };
  const target = { id, tag: 'button', role: 'button', label: 'Own', box };
  expect(await send(page, 'point', { at: { id, fx: 0.5, fy: 0.5 } })).toBe('ownPanel');
  const mark = { mark: 'pen', stroke: 1, anchor: id, points: [[0, 0]] };
  expect(await send(page, 'draw', { mark })).toBe('ownPanel');
  expect(await send(page, 'click', { target, fx: 0.5, fy: 0.5 })).toBe('ownPanel');
  expect(await log(page)).toEqual([]);
});

test('[C5 22] types into allowed fields so that the page notices, and nowhere else', async ({ page }) => {
  expect(await type(page, '#open', 'after')).toBe('done');
  await expect(page.locator('#open')).toHaveValue('after');
  expect((await log(page)).slice(-2)).toEqual(['input open  false', 'change open  false']);
  expect(await type(page, '#area', 'lines\nof text')).toBe('done');
  await expect(page.locator('#area')).toHaveValue('lines\nof text');
  expect(await type(page, '#editable', 'new')).toBe('done');
  await expect(page.locator('#editable')).toHaveText('new');
  expect(await type(page, '#number', '42')).toBe('done');
  expect(await type(page, '#number', 'letters')).toBe('failed');
  await expect(page.locator('#number')).toHaveValue('42');
  expect(await type(page, '#choice', 'Two')).toBe('done');
  await expect(page.locator('#choice')).toHaveValue('Two');
  expect(await type(page, '#choice', 'Three')).toBe('noSuchOption');
  expect(await type(page, '#readonly', 'x')).toBe('readonly');
  expect(await type(page, '#closed', 'x')).toBe('masked');
  expect(await type(page, '#password', 'x')).toBe('passwordField');
  expect(await type(page, '#plain', 'x')).toBe('notTypable');
  await expect(page.locator('#closed')).toHaveValue('');
  await expect(page.locator('#password')).toHaveValue('');
});

test('[C5 25] asks the visitor before what sends, deletes or leads away', async ({ page }) => {
  for (const [path, reason] of [
    ['#submit', 'submit'],
    ['#delete', 'deletion'],
    ['#away', 'leaving'],
  ] as const) {
    await setHarness(page, { confirmWith: false });
    expect(await click(page, path)).toBe('notConfirmed');
    const asked = await page.evaluate(() => (window as unknown as TestWindow).harness.confirms.at(-1));
    expect(asked?.reason).toBe(reason);
  }
  expect(await log(page)).toEqual([]);
  await setHarness(page, { confirmWith: true });
  expect(await click(page, '#submit')).toBe('done');
  expect(await log(page)).toContain('submitted');
});

test('[C5 28] what changed since the agent saw it is not acted on', async ({ page }) => {
  const target = await targetOf(page, '#plain');
  const press = () => send(page, 'click', { target, fx: 0.5, fy: 0.5 });
  await page.locator('#plain').evaluate((element) => element.style.setProperty('left', '17px'));
  expect(await press()).toBe('done');
  await page.locator('#plain').evaluate((element) => element.style.setProperty('left', '40px'));
  expect(await press()).toBe('moved');
  await page.locator('#plain').evaluate((element) => {
    element.style.setProperty('left', '10px');
    element.textContent = 'Other words';
  });
  expect(await press()).toBe('targetChanged');
  await page.locator('#plain').evaluate((element) => element.remove());
  expect(await press()).toBe('targetGone');
  const elsewhere = await targetOf(page, '#more');
  await page.evaluate(() => {
    const other = document.createElement('p');
    other.textContent = 'a change elsewhere';
    document.body.append(other);
  });
  expect(await send(page, 'click', { target: elsewhere, fx: 0.5, fy: 0.5 })).toBe('done');
});

test('needs the lease, its kind, its agent, its time and a fresh view', async ({ page }) => {
  const lease = { lease: 7, agentId: 'aki', kinds: ['click'], expiresAtMs: Number.MAX_SAFE_INTEGER };
  await setHarness(page, { lease });
  expect(await click(page, '#plain')).toBe('done');
  expect(await click(page, '#plain', { lease: 8 })).toBe('leaseMissing');
  expect(await click(page, '#plain', { agent: 'noor' })).toBe('notYourLease');
  expect(await type(page, '#open', 'x')).toBe('kindNotLeased');
  const known = await targetOf(page, '#plain');
  const press = () => send(page, 'click', { target: known, fx: 0.5, fy: 0.5 });
  await setHarness(page, { lease: { ...lease, expiresAtMs: 1 } });
  expect(await press()).toBe('leaseExpired');
  await setHarness(page, { lease: undefined });
  expect(await press()).toBe('leaseMissing');
  expect(await send(page, 'point', { at: null })).toBe('leaseMissing');
  await setHarness(page, { lease, ageMs: 2001 });
  expect(await click(page, '#plain')).toBe('stale');
  await setHarness(page, { ageMs: undefined });
  expect(await click(page, '#plain')).toBe('stale');
  await setHarness(page, { ageMs: 2000 });
  expect(await click(page, '#plain')).toBe('done');
  const target = await targetOf(page, '#plain');
  expect(await send(page, 'click', { target, fx: 0.5, fy: 0.5 }, { intent: 'point' })).toBe('kindMismatch');
  expect(await send(page, 'click', { target, fx: 0.5, fy: 0.5, style: 'x' })).toBe('malformed');
});

test('a lease that ends between the cue and the act stops the act', async ({ page }) => {
  const target = await targetOf(page, '#plain');
  const outcome = await page.evaluate(async (at) => {
    const { harness } = window as unknown as TestWindow;
    const answer = harness.send('click', { target: at, fx: 0.5, fy: 0.5 });
    await Promise.resolve();
    harness.lease = undefined;
    return answer;
  }, target);
  expect(outcome).toMatchObject({ outcome: 'refused', refusal: 'leaseMissing' });
  expect(await log(page)).toEqual([]);
});

test('[C5 21] the visitor sees the pointer with the name, and the frame, before anything happens', async ({
  page,
}) => {
  const target = await targetOf(page, '#plain');
  await expect(page.locator('.pointer.shown .name')).toHaveText('Aki');
  const seen = await page.evaluate(async (at) => {
    const { harness, log: lines } = window as unknown as TestWindow;
    const begun = performance.now();
    const answer = harness.send('click', { target: at, fx: 0.5, fy: 0.5 });
    await new Promise(requestAnimationFrame);
    const hosts = [...document.documentElement.children].filter((child) => child.shadowRoot !== null);
    const cued = hosts.some((host) => host.shadowRoot?.querySelector('.cue.shown'));
    const early = lines.length;
    await answer;
    return { cued, early, lateMs: performance.now() - begun };
  }, target);
  expect(seen.cued).toBe(true);
  expect(seen.early).toBe(0);
  expect(seen.lateMs).toBeGreaterThanOrEqual(300);
});

test('points and clicks inside a modal dialog, and is seen above it', async ({ page }) => {
  await page.evaluate(() => (document.getElementById('modal') as HTMLDialogElement).showModal());
  expect(await click(page, '#inside')).toBe('done');
  expect((await log(page)).at(-1)).toMatch(/^click inside /);
  await targetOf(page, '#inside');
  const pointer = page.locator('.pointer.shown');
  await expect(pointer).toBeVisible();
  const onTop = await pointer.evaluate((element) => {
    const { host } = element.getRootNode() as ShadowRoot;
    return host.matches(':popover-open');
  });
  expect(onTop).toBe(true);
});

test('[C5 26] draws, scrolls and navigates on this origin only', async ({ page }) => {
  const body = await page.evaluate(() => (window as unknown as TestWindow).harness.idOf('body'));
  expect(
    await send(page, 'draw', {
      mark: {
        mark: 'laser',
        stroke: 1,
        anchor: body,
        points: [
          [0.1, 0.01],
          [0.3, 0.02],
        ],
      },
    }),
  ).toBe('done');
  const painted = () =>
    page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return pixels.some((value) => value !== 0);
    });
  await expect.poll(painted).toBe(true);
  await expect.poll(painted, { timeout: 10_000 }).toBe(false);
  const id = await page.evaluate(() => (window as unknown as TestWindow).harness.idOf('document'));
  expect(await send(page, 'scroll', { id, left: 0, top: 400 })).toBe('done');
  expect(await page.evaluate(() => scrollY)).toBe(400);
  const inner = await page.evaluate(() => (window as unknown as TestWindow).harness.idOf('#box'));
  expect(await send(page, 'scroll', { id: inner, left: 0, top: 50 })).toBe('done');
  const flat = await page.evaluate(() => (window as unknown as TestWindow).harness.idOf('#more'));
  expect(await send(page, 'scroll', { id: flat, left: 0, top: 50 })).toBe('notScrollable');
  for (const path of ['//elsewhere.example/', '/\\elsewhere.example/', '/\t/elsewhere.example/']) {
    expect(await send(page, 'navigate', { path })).toBe('otherOrigin');
  }
  const landed = page.waitForURL(`${served.origin}/next?step=2`);
  void send(page, 'navigate', { path: '/next?step=2' }).catch(() => undefined);
  await landed;
});

test('[C5 29] too many at once are refused, and the others still done', async ({ page }) => {
  const id = await page.evaluate(() => (window as unknown as TestWindow).harness.idOf('document'));
  await setHarness(page, { tickMs: 0 });
  const answers = await page.evaluate(
    (document_) =>
      Promise.all(
        Array.from({ length: 14 }, () =>
          (window as unknown as TestWindow).harness.send('scroll', { id: document_, left: 0, top: 10 }),
        ),
      ),
    id,
  );
  const refusedAs = answers
    .filter((answer) => answer.outcome === 'refused')
    .map((answer) => 'refusal' in answer && answer.refusal);
  expect(refusedAs.length).toBeGreaterThanOrEqual(4);
  expect(new Set(refusedAs)).toEqual(new Set(['tooFast']));
  expect(answers.some((answer) => answer.outcome === 'done')).toBe(true);
});

test('leaves nothing behind when it stops', async ({ page }) => {
  await targetOf(page, '#plain');
  const after = await page.evaluate(async () => {
    const { harness } = window as unknown as TestWindow;
    harness.controller.stop();
    const events = harness.events.length;
    document.body.append(document.createElement('hr'));
    await new Promise(requestAnimationFrame);
    const hosts = [...document.documentElement.children].filter((child) => child.shadowRoot !== null);
    return { more: harness.events.length - events, hosts: hosts.length };
  });
  expect(after).toEqual({ more: 0, hosts: 0 });
});
