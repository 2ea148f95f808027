/**
 * What is masked says nothing of itself: the same frames in number and size, and the same boxes in the replay, for
 * one letter and for two hundred; and what is blocked makes no frame at all.
 */

import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { paceLimits } from '../../visitor-sdk/src/cobrowse/giving-way/pace-limits.js';
import type { Drawn } from './draw-snapshot.js';
import { drawSnapshot } from './draw-snapshot.js';
import type { TestWindow } from './recorded-page.js';
import { masksAll, RecordedPage, settle, showsTexts, startRecording } from './recorded-page.js';

const lengths = [1, 40, 200];

/** `$` is the value, which stands in each place where a page holds one. */
const pageHtml = `<!doctype html><html><head><title>x</title><style>
  body { font: 16px sans-serif; width: 900px } input, textarea, select { font: inherit } .cell { width: 200px }
  </style></head><body><h1>Heading</h1>
  <p id="text" data-alongside="mask"></p><p>before <span id="inline" data-alongside="mask"></span> after</p>
  <table><tr><td class="cell" id="cell" data-alongside="mask"></td><td>beside</td></tr></table>
  <input id="field"><textarea id="area" rows="2" cols="30"></textarea><input id="secret" type="password">
  <div id="editable" contenteditable style="width:300px;height:40px;overflow:auto"></div>
  <input id="submit" type="submit"><select id="select"><option id="option">x</option></select>
  <button id="button" data-alongside="mask" style="width:160px;height:30px;overflow:hidden"></button>
  <svg width="800" height="40"><text id="drawn" y="20"><tspan id="part"></tspan>539 1488 0343 6467</text></svg>
  <p id="titled" title="" data-value="" aria-label="">titled</p>
  <div data-alongside="block" id="blocked" style="width:200px;height:50px;overflow:hidden"><p id="inside">x</p></div>
  <p id="after">after</p>
  <script src="/recording.js"></script></body></html>`;

let site: RecordedPage;
test.beforeAll(async () => {
  site = await RecordedPage.serve(pageHtml);
});
test.afterAll(() => site.close());

interface Trace {
  /** Bytes of each frame before it is sealed; what is the same here is the same after padding. */
  readonly sizes: readonly number[];
  readonly events: readonly string[];
}

/** Puts a value of this length into every place, by script and by hand, and hands back what left for it. */
async function putIn(page: Page, length: number): Promise<Trace> {
  const value = Array.from({ length }, (_, index) => 'ab c'.charAt(index % 4))
    .join('')
    .padEnd(length, 'x')
    .trimEnd();
  const text = value.padEnd(length, 'y');
  await settle(page);
  const from = await page.evaluate(() => (window as unknown as TestWindow).recording.out.length);
  await page.evaluate((put) => {
    for (const id of ['text', 'inline', 'cell', 'button', 'editable', 'option']) {
      const element = document.getElementById(id);
      if (element !== null) element.textContent = put;
    }
    for (const id of ['field', 'area', 'secret', 'submit']) {
      const field = document.getElementById(id) as HTMLInputElement | null;
      if (field === null) continue;
      field.value = put;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    // A net alone catches it, where texts are shown: with its last sign it begins a card's number.
    const part = document.getElementById('part');
    const steps = Array.from({ length: put.length + 18 }, (_, at) => at * 8);
    document.getElementById('drawn')?.setAttribute('x', steps.join(' '));
    part?.setAttribute('dx', steps.slice(0, put.length).join(','));
    part?.setAttribute('textLength', String(put.length * 8));
    if (part !== null) part.textContent = `${put} 4`.slice(-put.length);
    const titled = document.getElementById('titled');
    for (const name of ['title', 'data-value', 'aria-label']) titled?.setAttribute(name, put);
  }, text);
  // A timer that is set later and lasts longer rings after the one of a rest, which ends all that is held back.
  await page.evaluate(
    (ms) =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, ms)))),
    paceLimits.busyRestMs + 1,
  );
  const events = await page.evaluate(
    (start) => (window as unknown as TestWindow).recording.out.slice(start),
    from,
  );
  const plain = events.map((event) => event.replace(/"timestamp":\d+/g, '"timestamp":0'));
  return { events: plain, sizes: plain.map(({ length: size }) => size) };
}

/** Where everything is drawn that the replay shows, in the order of the page. */
async function boxesOfReplay(page: Page, snapshot: string): Promise<string> {
  const { data } = JSON.parse(snapshot) as { data: { node: Drawn } };
  await drawSnapshot(page, data.node);
  return page.evaluate(() => {
    const boxes = [...document.body.querySelectorAll('*')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x, y, width, height].join(' ');
    });
    return boxes.join('\n');
  });
}

for (const policy of [masksAll, showsTexts]) {
  const tag = policy === showsTexts ? ['@full'] : [];
  test(`values of one to two hundred signs look alike where text is ${policy.text}`, { tag }, async ({
    page,
    context,
  }) => {
    const drawing = await context.newPage();
    const traces: Trace[] = [];
    const drawn: string[] = [];
    const snapshots: string[] = [];
    for (const length of lengths) {
      await page.goto(site.origin);
      await startRecording(page, policy);
      // What is there at first is of another length in every run as well.
      traces.push(await putIn(page, length));
      traces.push(await putIn(page, lengths[(lengths.indexOf(length) + 1) % lengths.length] ?? 1));
      await page.evaluate(() => (window as unknown as TestWindow).recording.controller.takeSnapshot());
      const out = await page.evaluate(() => (window as unknown as TestWindow).recording.out);
      const snapshot = out.findLast((event) => event.startsWith('{"type":2')) ?? '';
      // The marks that a settled page is told by are numbered.
      snapshots.push(snapshot.replace(/"(?:timestamp|rowspan)":"?\d+/g, ''));
      drawn.push(await boxesOfReplay(drawing, snapshot));
    }
    const [first, second] = traces;
    for (const [index, trace] of traces.entries()) {
      const like = index % 2 === 0 ? first : second;
      expect(trace.sizes, `frames of run ${index}`).toEqual(like?.sizes);
      expect(trace.events).toEqual(like?.events);
    }
    expect(new Set(snapshots).size, 'one snapshot for all').toBe(1);
    expect(new Set(drawn).size, 'one drawing for all').toBe(1);
    expect(drawn[0]?.split('\n').length).toBeGreaterThan(10);
  });
}

test('the same search tells values apart where they are allowed', async ({ page }) => {
  await page.goto(site.origin);
  await startRecording(page, { ...masksAll, allowSelectors: ['#field', '#after'] });
  const short = await putIn(page, 2);
  const long = await putIn(page, 200);
  expect(long.sizes).not.toEqual(short.sizes);
});

test('what happens in a block makes no frame', async ({ page }) => {
  await page.goto(site.origin);
  await startRecording(page, showsTexts);
  await settle(page);
  const batches = () => page.evaluate(() => (window as unknown as TestWindow).recording.batches);
  const before = await batches();
  const inside = await page.evaluate(async () => {
    const { recording } = window as unknown as TestWindow;
    const block = document.getElementById('blocked');
    const inside = document.getElementById('inside');
    if (block === null || inside === null) throw new Error('no block');
    for (let round = 0; round < 200; round += 1) {
      inside.textContent = `words ${round}`;
      inside.setAttribute('title', `title ${round}`);
      inside.className = `class-${round}`;
      const input = document.createElement('input');
      input.value = `value ${round}`;
      block.append(input);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      if (round % 2 === 0) input.remove();
      await new Promise((done) => setTimeout(done, 0));
    }
    return { known: recording.idOf(inside) > 0 };
  });
  expect(inside.known, 'nothing in a block has even a number').toBe(false);
  expect(await batches()).toBe(before);
  await settle(page);
  expect(await batches(), 'what happens beside it does').toBeGreaterThan(before);
});
