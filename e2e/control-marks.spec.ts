/** Marks on the page: what fades and what stays, that they move with what they mark, and who has drawn what. */

import type { MaskingPolicy } from '@alongside/protocol';
import { colourOf, intentLimits } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { TestWindow } from './control/control-page.js';
import { ControlPage, send, setHarness } from './control/control-page.js';

const pageHtml = `<!doctype html><html><head><style>
  body { margin: 0; height: 3000px } #card { position: absolute; left: 100px; top: 200px; width: 30vw; height: 100px; background: #eee }
</style></head><body><div id="card">Card</div><p id="other" style="margin:0;height:20px">Other</p><div id="panel"></div>
<script>window.log = [];</script><script src="/harness.js"></script></body></html>`;

const policy: MaskingPolicy = {
  text: 'shown',
  ...{ maskSelectors: [], blockSelectors: [], allowSelectors: [], noControlSelectors: [] },
};

let served: ControlPage;
test.beforeAll(async () => {
  served = await ControlPage.serve(pageHtml);
});
test.afterAll(() => served.close());
test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await served.open(page, { policy, needs: '#other' });
});

const idOf = (page: Page, path: string) =>
  page.evaluate((at) => (window as unknown as TestWindow).harness.idOf(at), path);
const draw = async (page: Page, mark: object, over: object = {}) => send(page, 'draw', { mark }, over);

/** The corners of what is painted in about this colour, in CSS pixels; undefined where nothing is. */
async function painted(page: Page, colour: string) {
  return page.locator('canvas').evaluate((canvas: HTMLCanvasElement, wanted) => {
    const context = canvas.getContext('2d');
    const parts = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16));
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const box = { left: Infinity, top: Infinity, right: -1, bottom: -1 };
    for (let at = 0; at < data.length; at += 4) {
      const isWanted = parts.every((part, place) => Math.abs((data[at + place] ?? 0) - part) < 12);
      if (!isWanted || (data[at + 3] ?? 0) < 200) continue;
      const x = (at / 4) % canvas.width;
      const y = Math.floor(at / 4 / canvas.width);
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
    return box.right < 0 ? undefined : box;
  }, colour);
}

test('nothing that draws or acts is loaded before it is used', async ({ page }) => {
  const loads = () => page.evaluate(() => (window as unknown as TestWindow).harness.loads);
  expect(await loads()).toBe(0);
  expect(await page.locator('canvas').count()).toBe(0);
  expect(await draw(page, { mark: 'clear' })).toBe('done');
  expect(await loads()).toBe(1);
});

test('a rectangle moves with what it marks, when the page scrolls and when it is laid out anew', async ({
  page,
}) => {
  const anchor = await idOf(page, '#card');
  expect(await draw(page, { mark: 'rectangle', stroke: 1, anchor, from: [0, 0], to: [1, 1] })).toBe('done');
  const near = async (left: number, top: number, right: number) => {
    const box = await painted(page, colourOf(1));
    if (box === undefined) return false;
    const within = (a: number, b: number) => Math.abs(a - b) <= 5;
    return within(box.left, left) && within(box.top, top) && within(box.right, right);
  };
  await expect.poll(() => near(100, 200, 400)).toBe(true);
  await page.evaluate(() => scrollTo(0, 150));
  await expect.poll(() => near(100, 50, 400)).toBe(true);
  await page.setViewportSize({ width: 700, height: 700 });
  await expect.poll(() => near(100, 50, 310)).toBe(true);
  await page.locator('#card').evaluate((card) => card.remove());
  await expect.poll(() => painted(page, colourOf(1))).toBeUndefined();
});

test('a pen’s line stays until it is taken back; a laser’s fades', async ({ page }) => {
  const anchor = await idOf(page, '#card');
  const line = {
    anchor,
    points: [
      [0, 0.5],
      [1, 0.5],
    ],
  };
  await draw(page, { mark: 'pen', stroke: 1, ...line });
  await draw(page, {
    mark: 'laser',
    stroke: 2,
    ...line,
    points: [
      [0, 0.9],
      [1, 0.9],
    ],
  });
  const depth = async () => (await painted(page, colourOf(1)))?.bottom ?? 0;
  await expect.poll(depth).toBeGreaterThan(285);
  await expect.poll(depth, { timeout: 5000 }).toBeLessThan(260);
  expect(await depth()).toBeGreaterThan(245);
  await draw(page, { mark: 'arrow', stroke: 3, anchor, from: [0, 0], to: [0.5, 0.95] });
  await expect.poll(depth).toBeGreaterThan(285);
  await draw(page, { mark: 'undo' });
  await expect.poll(depth).toBeLessThan(260);
  await draw(page, { mark: 'clear' });
  await expect.poll(depth).toBe(0);
});

test('[C5 27] what is said with a highlight is read out, bears the name, and has nothing to fill in', async ({
  page,
}) => {
  const anchor = await idOf(page, '#card');
  // The panel lies in the top layer, as it does on a page.
  await page.evaluate(() => {
    const panel = document.getElementById('panel');
    panel?.setAttribute('popover', 'manual');
    panel?.showPopover();
  });
  const message = '<input> Enter your card number here';
  expect(await draw(page, { mark: 'highlight', stroke: 1, anchor, message })).toBe('done');
  const words = page.locator('.words');
  await expect(words).toHaveText(`Aki ${message}`);
  await expect(words.locator('b')).toHaveText('Aki');
  expect(await page.evaluate(() => (window as unknown as TestWindow).harness.said)).toEqual([message]);
  const inside = await words.evaluate((element) => {
    const root = element.getRootNode() as ShadowRoot;
    const controls = root.querySelectorAll(
      'input,textarea,select,button,a,form,iframe,img,[contenteditable],[tabindex]',
    );
    return {
      controls: controls.length,
      takes: getComputedStyle(root.host).pointerEvents,
      over: root.host.matches(':popover-open'),
    };
  });
  expect(inside).toEqual({ controls: 0, takes: 'none', over: false });
});

for (const width of [1280, 768, 360]) {
  test(`at a width of ${width} neither a highlight nor its words lie under the banner`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    await page.evaluate(() => (window as unknown as TestWindow).harness.showBanner());
    const hidden = () =>
      page.evaluate(() => {
        const { harness } = window as unknown as TestWindow;
        const root = harness.find('#panel').shadowRoot;
        const words = [...document.querySelectorAll('*')].flatMap((each) => [
          ...(each.shadowRoot?.querySelectorAll('.words') ?? []),
        ]);
        const over = root?.querySelector('.banner')?.getBoundingClientRect();
        const boxes = [harness.find('#card'), ...words].map((each) => each.getBoundingClientRect());
        if (over === undefined || boxes.length < 2) return ['nothing is said yet'];
        const isOff = ({ left, top, right, bottom }: DOMRect) =>
          left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
        const isUnder = ({ left, top, right, bottom }: DOMRect) =>
          left < over.right && over.left < right && top < over.bottom && over.top < bottom;
        return boxes.filter((box) => isOff(box) || isUnder(box)).map((box) => JSON.stringify(box));
      });
    const banner = page.locator('.banner');
    const anchor = await idOf(page, '#card');
    const highlight = { mark: 'highlight', stroke: 1, anchor, message: 'Look at this, please' };
    // At the upper edge, where the banner lies, and at the lower one, where it lay to make room.
    for (const [left, top, isLow] of [
      [30, 4, true],
      [15, 590, false],
      [30, 4, true],
    ] as const) {
      await page.evaluate(
        ([x, y]) => {
          (window as unknown as TestWindow).harness.find('#card').style.cssText =
            `top:${y}px;left:${x}vw;height:60px`;
        },
        [left, top],
      );
      expect(await draw(page, highlight)).toBe('done');
      await expect.poll(hidden).toEqual([]);
      await expect(banner).toHaveClass(isLow ? 'banner low' : 'banner');
    }
    await draw(page, { mark: 'clear' });
    await expect(banner, 'it goes back to its place').toHaveClass('banner');
  });
}

test('the banner stays where it hides nothing, and under a hand that goes for it', async ({ page }) => {
  await page.evaluate(() => (window as unknown as TestWindow).harness.showBanner());
  const banner = page.locator('.banner');
  const anchor = await idOf(page, '#card');
  const highlightAt = async (top: number, message: string) => {
    await page.evaluate((y) => {
      (window as unknown as TestWindow).harness.find('#card').style.cssText =
        `top:${y}px;left:30vw;height:60px`;
    }, top);
    expect(await draw(page, { mark: 'highlight', stroke: 1, anchor, message })).toBe('done');
    await expect(page.locator('.words', { hasText: message })).toBeVisible();
  };
  await highlightAt(4, 'one');
  await expect(banner).toHaveClass('banner low');
  await highlightAt(250, 'two');
  await expect(banner).toHaveClass('banner low');
  await draw(page, { mark: 'clear' });
  await expect(banner).toHaveClass('banner');
  await page.locator('.banner .stop').hover();
  await highlightAt(4, 'three');
  await expect(banner).toHaveClass('banner');
  await page.mouse.move(2, 400);
  await expect(banner).toHaveClass('banner low');
  await page.keyboard.press('Tab');
  await page.locator('.banner .stop').focus();
  await draw(page, { mark: 'clear' });
  await highlightAt(250, 'four');
  await expect(banner).toHaveClass('banner low');
});

test('several agents draw in colours of their own, and each sees what the others draw', async ({ page }) => {
  const anchor = await idOf(page, '#card');
  const otherLease = { lease: 8, agentId: 'noor', kinds: ['draw'], expiresAtMs: Number.MAX_SAFE_INTEGER };
  const rectangle = { mark: 'rectangle', stroke: 1, anchor, from: [0, 0], to: [1, 1] };
  await draw(page, rectangle);
  await setHarness(page, { otherLease });
  await draw(page, { ...rectangle, from: [0, 0], to: [0.5, 0.5] }, { slot: 2, agent: 'noor', lease: 8 });
  await expect.poll(() => painted(page, colourOf(1))).toBeDefined();
  await expect.poll(() => painted(page, colourOf(2))).toBeDefined();
  const marked = await page.evaluate(() => (window as unknown as TestWindow).harness.marked);
  // Each was told to the other one alone: the test's watchers are at the places 1 and 2.
  expect(marked).toMatchObject([{ by: { slot: 1 } }, { by: { slot: 2 } }]);
  await page.evaluate(() => (window as unknown as TestWindow).harness.controller.leave(2));
  await expect.poll(() => painted(page, colourOf(2))).toBeUndefined();
  expect(await painted(page, colourOf(1))).toBeDefined();
  // What was drawn under a lease goes with it, and whoever drew it is told as well.
  await setHarness(page, { lease: undefined });
  await expect.poll(() => painted(page, colourOf(1))).toBeUndefined();
  const told = await page.evaluate(() => (window as unknown as TestWindow).harness.marked.slice(-2));
  expect(told).toMatchObject([{ by: { slot: 1 }, mark: { mark: 'clear' } }, { by: { slot: 1 } }]);
});

test('the visitor draws on their own page, and everybody who sees it is told', async ({ page }) => {
  const act = (name: 'take' | 'lay' | 'undo' | 'clear') =>
    page.evaluate((what) => (window as unknown as TestWindow).harness.controller.draw(what), name);
  await act('take');
  await page.mouse.move(150, 250);
  await page.mouse.down();
  await page.mouse.move(250, 250, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => painted(page, colourOf(0))).toBeDefined();
  const marked = await page.evaluate(() => (window as unknown as TestWindow).harness.marked);
  const anchor = await idOf(page, '#card');
  expect(marked[0]).toMatchObject({ outcome: 'marked', by: { slot: 0 }, mark: { mark: 'pen', anchor } });
  await act('undo');
  await expect.poll(() => painted(page, colourOf(0))).toBeUndefined();
  await act('lay');
  await page.mouse.click(150, 250);
  expect(await page.evaluate(() => (window as unknown as TestWindow).harness.marked.length)).toBe(
    marked.length + 2,
  );
});

test('whoever comes later is told what is drawn', async ({ page }) => {
  const anchor = await idOf(page, '#card');
  const points = Array.from({ length: 64 }, (_, at) => [at / 64, 0.5]);
  await draw(page, { mark: 'pen', stroke: 1, anchor, points });
  await draw(page, { mark: 'pen', stroke: 1, anchor, points: [[1, 1]] });
  const told = await page.evaluate(async () => {
    const { harness } = window as unknown as TestWindow;
    const before = harness.marked.length;
    harness.controller.showMarksTo(2);
    await Promise.resolve();
    await new Promise(requestAnimationFrame);
    return harness.marked
      .slice(before)
      .map((each) => ('mark' in each && 'points' in each.mark ? each.mark.points.length : 0));
  });
  expect(told).toEqual([64, 1]);
});

test('of more marks, and more points of a line, than both sides keep, the oldest go', async ({ page }) => {
  const anchor = await idOf(page, '#card');
  const told = await page.evaluate(
    async ({ marks, linePoints, strokePoints, id }) => {
      const { harness } = window as unknown as TestWindow;
      const drawn = async (mark: object) => harness.send('draw', { mark: { anchor: id, ...mark } });
      for (let stroke = 0; stroke <= marks; stroke += 1)
        await drawn({ mark: 'arrow', stroke, from: [0, 0], to: [1, 1] });
      const points = Array.from({ length: strokePoints }, (_, at) => [at / strokePoints, 0.5]);
      for (let sent = 0; sent <= linePoints; sent += strokePoints)
        await drawn({ mark: 'pen', stroke: marks + 1, points });
      const before = harness.marked.length;
      harness.controller.showMarksTo(2);
      await new Promise(requestAnimationFrame);
      return harness.marked.slice(before).flatMap((each) => ('mark' in each ? [each.mark] : []));
    },
    { ...intentLimits, id: anchor },
  );
  const strokes = [...new Set(told.map((mark) => ('stroke' in mark ? mark.stroke : -1)))];
  expect(strokes).toEqual(Array.from({ length: intentLimits.marks }, (_, at) => at + 2));
  const points = told.flatMap((mark) => ('points' in mark ? mark.points : []));
  expect(points).toHaveLength(intentLimits.linePoints);
});
