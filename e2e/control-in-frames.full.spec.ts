/** Acts in frames of another origin: the frame judges them, the page around only hands them on. */

import type { IntentAnswer, IntentTarget, MaskingPolicy } from '@alongside/protocol';
import type { Frame, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { TestWindow } from './control/control-page.js';
import { bundled, ControlPage, send, setHarness } from './control/control-page.js';

const policy: MaskingPolicy = {
  text: 'shown',
  ...{ maskSelectors: [], blockSelectors: [], allowSelectors: ['main'] },
  noControlSelectors: ['#kept', 'summary'],
};

const around = `<!doctype html><html><head><style>
  body { margin: 0 } iframe { position: absolute; left: 40px; top: 60px; width: 420px; height: 300px; border: 3px solid }
  #lid { position: absolute; left: 0; top: 0; width: 600px; height: 500px; background: #eee; display: none }
</style></head><body><main><h1>around</h1><iframe id="inner"></iframe><div id="lid"></div></main>
<div id="panel"></div><script>
  const address = new URL('/inner', location.href.replace('127.0.0.1', 'localhost'));
  address.searchParams.set('parent', location.origin);
  if (window.acting) address.searchParams.set('acting', '');
  document.querySelector('iframe').src = address;
</script><script src="/harness.js"></script></body></html>`;

const inner = `<!doctype html><html><head><style>
  body { margin: 0; height: 900px } button, input, summary { display: block; height: 24px; margin: 3px }
</style></head><body><main>
  <button type="button">press</button>
  <textarea></textarea>
  <input type="password" value="kept">
  <form action="/sent"><input type="submit" value="Send it"></form>
  <details><summary>kept by a rule</summary></details>
  <a href="https://elsewhere.example/">leads away</a>
  <b data-alongside="mask">for nobody else</b>
  <em data-alongside-control="never">not for agents</em>
  <i role="button">Pay now</i>
</main><script>
  window.log = [];
  for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'input'])
    document.addEventListener(name, (event) => log.push(name + ' ' + event.target.localName));
</script><script src="/frame.js"></script></body></html>`;

const frameScript = `
  import { FrameInvitations } from './visitor-sdk/src/frame/frame-invitations.ts';
  import * as guest from './visitor-sdk/src/sharing/frame-guest.ts';
  import * as moving from './visitor-sdk/src/cobrowse/moving/moving-part.ts';
  import * as control from './visitor-sdk/src/cobrowse/control/control-part.ts';
  const asked = new URLSearchParams(location.search);
  const invitations = new FrameInvitations({
    service: location.origin, site: 'site', parents: [asked.get('parent')], top: window.top, fetch: fetch.bind(window),
    guest: async () => guest, moving: async () => moving, control: async () => control,
    mayAct: asked.has('acting'),
  });
  addEventListener('message', (event) => invitations.take(event));
`;

const files = new Map<string, string>();
let served: ControlPage;
let far: string;

test.beforeAll(async () => {
  served = await ControlPage.serve(around, { files });
  far = served.origin.replace('127.0.0.1', 'localhost');
  files.set('/inner', inner);
  files.set('/frame.js', await bundled(frameScript, '../..'));
  files.set('/v1/sites/site/config', JSON.stringify({ origins: [served.origin, far], masking: policy }));
});
test.afterAll(() => served.close());

test.describe.configure({ timeout: 60_000 });

test('an agent clicks, types, scrolls and goes on by key in a frame that lets them', async ({ page }) => {
  const frame = await open(page);
  expect(await act(page, 'click', { target: await targetOf(page, 'button'), fx: 0.5, fy: 0.5 })).toBe('done');
  expect(await log(frame)).toEqual(
    ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'].map((name) => `${name} button`),
  );
  expect(await act(page, 'type', { target: await targetOf(page, 'textarea'), text: 'typed' })).toBe('done');
  await expect(frame.locator('textarea')).toHaveValue('typed');
  expect(await act(page, 'scroll', { id: await numberOf(page, '#document'), left: 0, top: 120 })).toBe(
    'done',
  );
  await expect.poll(() => frame.evaluate(() => scrollY)).toBe(120);
  expect(await act(page, 'scroll', { id: await numberOf(page, '#document'), left: 0, top: 0 })).toBe('done');
  const moved = await answerTo(page, 'type', { target: await targetOf(page, 'button'), key: 'Tab' });
  expect(moved).toMatchObject({ outcome: 'done', target: { tag: 'textarea' } });
  // Boxes are said in places of the visitor's top viewport.
  const { box } = await targetOf(page, 'button');
  expect([box.left, box.top], 'place, border and margin').toEqual([40 + 3 + 3, 60 + 3 + 3]);
});

test('what nobody but the visitor may touch is refused by the frame', async ({ page }) => {
  await open(page);
  const refusals: Record<string, string> = {};
  for (const [tag, nth] of [
    ['input', 0],
    ['summary', 0],
    ['b', 0],
    ['em', 0],
    ['i', 0],
  ] as const)
    refusals[tag] = await act(page, 'click', { target: await targetOf(page, tag, nth), fx: 0.5, fy: 0.5 });
  expect(refusals).toEqual({
    input: 'passwordField',
    summary: 'excluded',
    b: 'masked',
    em: 'excluded',
    i: 'payment',
  });
});

test('what sends a form, or leads away, is held for the visitor', async ({ page }) => {
  const frame = await open(page);
  await setHarness(page, { confirmWith: false });
  const submit = { target: await targetOf(page, 'input', 1), fx: 0.5, fy: 0.5 };
  expect(await act(page, 'click', submit)).toBe('notConfirmed');
  expect(await act(page, 'click', { target: await targetOf(page, 'a'), fx: 0.5, fy: 0.5 })).toBe(
    'notConfirmed',
  );
  expect(await confirms(page)).toMatchObject([
    { reason: 'submit', label: 'Send it', slot: 1 },
    { reason: 'leaving', label: 'leads away', slot: 1 },
  ]);
  expect(new URL(frame.url()).pathname).toBe('/inner');
  await setHarness(page, { confirmWith: true });
  const gone = frame.waitForURL(/\/sent/);
  await act(page, 'click', submit);
  await gone;
});

test('what lies over the frame, hides it or keeps agents from it counts as well', async ({ page }) => {
  const frame = await open(page);
  const press = { target: await targetOf(page, 'button'), fx: 0.5, fy: 0.5 };
  await style(page, '#lid', 'display: block');
  expect(await act(page, 'click', press)).toBe('covered');
  await style(page, '#lid', '');
  await style(page, '#inner', 'left: 60px');
  expect(await act(page, 'click', press), 'it has moved with its frame').toBe('moved');
  await style(page, '#inner', 'opacity: 0');
  expect(await act(page, 'click', press)).toBe('hidden');
  await style(page, '#inner', '');
  await page.evaluate(() =>
    document.querySelector('#inner')?.setAttribute('data-alongside-control', 'never'),
  );
  expect(await act(page, 'click', press)).toBe('excluded');
  await page.evaluate(() => document.querySelector('#inner')?.removeAttribute('data-alongside-control'));
  // Between the moment in which it is announced and the act.
  const late = act(page, 'click', press);
  await style(page, '#lid', 'display: block');
  expect(await late).toBe('covered');
  await style(page, '#lid', '');
  const ended = act(page, 'click', press);
  await setHarness(page, { lease: undefined });
  expect(await ended).toBe('leaseMissing');
  expect(await log(frame)).toEqual([]);
});

test('a frame that lets nobody act shows a pointer and marks, and nothing more', async ({ page }) => {
  const frame = await open(page, { acting: false });
  const target = await targetOf(page, 'button');
  expect(await act(page, 'click', { target, fx: 0.5, fy: 0.5 })).toBe('inFrame');
  expect(await act(page, 'type', { target: await targetOf(page, 'textarea'), text: 'x' })).toBe('inFrame');
  expect(await act(page, 'scroll', { id: await numberOf(page, '#document'), left: 0, top: 50 })).toBe(
    'inFrame',
  );
  const mark = { mark: 'highlight', stroke: 1, anchor: target.id, message: 'here' };
  expect(await act(page, 'draw', { mark })).toBe('done');
  expect(await harness(page, 'said')).toEqual(['here']);
  expect(await harness(page, 'marked')).toMatchObject([{ by: { slot: 1 }, mark }]);
  await expect(frame.locator('p.words')).toContainText('here');
  await page.evaluate(() => (window as unknown as TestWindow).harness.controller.showMarksTo(2));
  await expect.poll(async () => (await harness(page, 'marked')).length).toBe(2);
  expect(await act(page, 'draw', { mark: { mark: 'undo' } })).toBe('done');
  await expect(frame.locator('p.words')).toHaveCount(0);
  expect((await harness(page, 'marked')).at(-1)).toMatchObject({ mark: { mark: 'undo' } });
  expect(await log(frame)).toEqual([]);
});

test('Escape in the frame takes everything back', async ({ page }) => {
  const frame = await open(page);
  await frame.locator('textarea').focus();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => (window as unknown as TestWindow).harness.doubts)).toBe(1);
});

async function open(page: Page, { acting = true } = {}): Promise<Frame> {
  if (acting) await page.addInitScript(() => Object.assign(window, { acting: true }));
  await served.open(page, { policy, needs: '#inner', origins: [served.origin, far] });
  await expect.poll(() => numberOf(page, 'button').catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(0);
  const frame = page.frames().find((each) => each.url().startsWith(`${far}/inner`));
  if (frame === undefined) throw new Error('The frame is not there.');
  return frame;
}

/** The page's number of what the frame shows, as an agent's console knows it. */
async function numberOf(page: Page, name: string, nth = 0): Promise<number> {
  const found = await page.evaluate(
    ([tag, place]) => {
      interface Shown {
        readonly id: number;
        readonly type: number;
        readonly tagName?: string;
        readonly childNodes?: readonly Shown[];
      }
      const { events } = (window as unknown as TestWindow).harness;
      const attached = events.findLast(
        (event) => (event as { data?: { isAttachIframe?: boolean } }).data?.isAttachIframe,
      ) as { data: { adds: { node: Shown }[] } } | undefined;
      const all = (node: Shown): Shown[] => [node, ...(node.childNodes ?? []).flatMap(all)];
      const nodes = (attached?.data.adds ?? []).flatMap(({ node }) => all(node));
      const named = nodes.filter((node) => (tag === '#document' ? node.type === 0 : node.tagName === tag));
      return named[place]?.id;
    },
    [name, nth] as const,
  );
  if (found === undefined) throw new Error(`The frame shows no ${name}.`);
  return found;
}

async function targetOf(page: Page, name: string, nth = 0): Promise<IntentTarget> {
  const id = await numberOf(page, name, nth);
  const answer = await answerTo(page, 'point', { at: { id, fx: 0.5, fy: 0.5 } });
  if (answer.outcome !== 'done' || answer.target === undefined) throw new Error(`no target for ${name}`);
  expect(answer.target.id).toBe(id);
  return answer.target;
}

const act = (page: Page, kind: string, body: unknown) => send(page, kind, body);
const answerTo = (page: Page, kind: string, body: unknown): Promise<IntentAnswer> =>
  page.evaluate(([intent, content]) => (window as unknown as TestWindow).harness.send(intent, content), [
    kind,
    body,
  ] as const);
const log = (frame: Frame) => frame.evaluate(() => (window as unknown as TestWindow).log);
const confirms = (page: Page) => harness(page, 'confirms');
const harness = (page: Page, name: 'said' | 'marked' | 'confirms'): Promise<readonly unknown[]> =>
  page.evaluate((of) => [...(window as unknown as TestWindow).harness[of]], name);
const style = (page: Page, path: string, css: string) =>
  page.evaluate(([at, text]) => document.querySelector(at)?.setAttribute('style', text), [
    path,
    css,
  ] as const);
