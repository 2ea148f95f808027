/**
 * What is masked tells nothing of its length: for values of each length from one to two hundred signs the same is sent,
 * at first and with every change, and everything is drawn in the same place.
 */

import type { MaskingPolicy } from '@alongside/protocol';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { maskToken } from '../../visitor-sdk/src/cobrowse/masking/mask-token.js';
import type { Drawn } from './draw-snapshot.js';
import { drawSnapshot } from './draw-snapshot.js';
import type { TestWindow } from './recorded-page.js';
import { masksAll, RecordedPage, settle, showsTexts, startRecording } from './recorded-page.js';

const lengths = Array.from({ length: 200 }, (_, index) => index + 1);

/** A place of each kind with the same text in it. */
function sectionHtml(text: string): string {
  return `<section>
  <p class="text" data-alongside="mask">${text}</p>
  <p>before <span class="inline" data-alongside="mask">${text}</span> after</p>
  <table><tr><td class="cell" data-alongside="mask">${text}</td><td>beside</td></tr></table>
  <input class="field" value="${text}"><textarea class="area" rows="2" cols="30">${text}</textarea>
  <textarea class="growing">${text}</textarea><input class="fitted" value="${text}">
  <input class="secret" type="password" value="${text}"><div class="editable" contenteditable>${text}</div>
  <input class="submit" type="submit" value="${text}">
  <select class="select"><option class="option">${text}</option></select>
  <button class="button" data-alongside="mask">${text}</button>
  <svg width="800" height="40"><text class="drawn" y="20"><tspan class="part"></tspan>539 1488 0343 6467</text></svg>
  <p class="titled" title="${text}" data-value="${text}" aria-label="${text}">titled</p></section>`;
}

const pageHtml = `<!doctype html><html><head><title>x</title><style>
  body { font: 16px sans-serif; width: 900px } input, textarea, select { font: inherit } .cell { width: 200px }
  .editable { width: 300px; height: 40px; overflow: auto } .button { width: 160px; height: 30px; overflow: hidden }
  </style></head><body><main></main><p id="after">after</p><script src="/recording.js"></script></body></html>`;

let site: RecordedPage;
test.beforeAll(async () => {
  site = await RecordedPage.serve(pageHtml);
});
test.afterAll(() => site.close());

/** Words of this length: a space at either end would not be drawn. */
function textOf(length: number): string {
  const value = Array.from({ length }, (_, index) => 'ab c'.charAt(index % 4)).join('');
  return value.trimEnd().padEnd(length, 'y');
}

/** Opens the page with a section for each length, and records it with what is in them. */
async function record(page: Page, policy: MaskingPolicy, of: readonly number[]): Promise<void> {
  await page.goto(site.origin);
  await page.evaluate(
    (sections) => {
      const main = document.querySelector('main');
      if (main !== null) main.innerHTML = sections;
      for (const section of document.querySelectorAll('section')) {
        const text = section.querySelector('.text')?.textContent ?? '';
        // What a person has typed is no longer what the markup says.
        for (const field of section.querySelectorAll<HTMLInputElement>('input, textarea'))
          field.value = `${field.value}`;
        const part = section.querySelector('.part');
        if (part) part.textContent = `${text} 4`.slice(-text.length);
        // As pages make fields as large as what is in them.
        const growing = section.querySelector<HTMLTextAreaElement>('.growing');
        if (growing) growing.style.height = `${growing.scrollHeight}px`;
        const fitted = section.querySelector<HTMLInputElement>('.fitted');
        if (fitted) fitted.style.width = `${fitted.value.length}ch`;
      }
    },
    of.map((length) => sectionHtml(textOf(length))).join(''),
  );
  await startRecording(page, policy);
  await settle(page);
}

/** Puts a value of this length into every place, by script and by hand, and hands back what left for it. */
async function putIn(page: Page, length: number): Promise<string> {
  await page.evaluate((put) => {
    // What was told before is looked through no more.
    (window as unknown as TestWindow).recording.out.length = 0;
    const find = <T extends Element = HTMLElement>(name: string) => document.querySelector<T>(`.${name}`);
    for (const name of ['text', 'inline', 'cell', 'button', 'editable', 'option']) {
      const element = find(name);
      if (element) element.textContent = put;
    }
    for (const name of ['field', 'area', 'growing', 'fitted', 'secret', 'submit']) {
      const field = find<HTMLInputElement>(name);
      if (!field) continue;
      field.value = put;
      if (name === 'growing') field.style.height = `${field.scrollHeight}px`;
      if (name === 'fitted') Object.assign(field, { size: put.length }).style.width = `${put.length}ch`;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    // A net alone catches it, where texts are shown: with its last sign it begins a card's number.
    const part = find('part');
    const steps = Array.from({ length: put.length + 18 }, (_, place) => place * 8);
    find('drawn')?.setAttribute('x', steps.join(' '));
    part?.setAttribute('dx', steps.slice(0, put.length).join(','));
    part?.setAttribute('textLength', String(put.length * 8));
    if (part) part.textContent = `${put} 4`.slice(-put.length);
    for (const name of ['title', 'data-value', 'aria-label']) find('titled')?.setAttribute(name, put);
  }, textOf(length));
  await settle(page);
  const out = await page.evaluate(() => (window as unknown as TestWindow).recording.out);
  return plain(partsOf(out));
}

interface Told {
  readonly data: Readonly<Record<string, unknown>>;
}

/** All that was told, in its order, apart from the mark that a settled page is told by: it may come along with the rest. */
function partsOf(out: readonly string[]): string {
  const parts = out.flatMap((event) => {
    const { data } = JSON.parse(event, withoutTokens) as Told;
    return Object.values(data).flatMap((each) => (Array.isArray(each) ? (each as unknown[]) : [each]));
  });
  return JSON.stringify(parts.filter((part) => part !== 0 && !JSON.stringify(part).includes('"rowspan"')));
}

/** With the numbers of nodes in the order in which they are named, since each new one is given the next. */
function plain(json: string): string {
  const numbers = new Map<string, number>();
  return json.replace(/("(?:id|\w+Id)":)(\d+)/g, (_, name: string, number: string) => {
    numbers.set(number, numbers.get(number) ?? numbers.size);
    return `${name}${numbers.get(number)}`;
  });
}

/** What stands in for a text is of one length and of a width that its number alone decides: any other stays. */
function withoutTokens(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('id' in value)) return value;
  const token = maskToken(Number(value.id));
  const masked = Object.entries(value).map(([name, each]) => [name, each === token ? 'masked' : each]);
  return Object.fromEntries(masked);
}

/** What was sent of each section at first, and where in it everything is drawn. */
async function lookAt(
  page: Page,
  drawing: Page,
): Promise<{ readonly sent: string[]; readonly boxes: string[] }> {
  const out = await page.evaluate(() => (window as unknown as TestWindow).recording.out);
  const snapshot = out.findLast((event) => event.startsWith('{"type":2')) ?? '';
  const { data } = JSON.parse(snapshot, withoutTokens) as { data: { node: Drawn } };
  const sections = (node: Drawn): Drawn[] =>
    node.tagName === 'section' ? [node] : (node.childNodes ?? []).flatMap(sections);
  const sent = sections(data.node).map((section) => plain(JSON.stringify(section)));
  return { sent, boxes: await boxesOfReplay(drawing, data.node) };
}

/** The box of each element in a section of the replay, counted from the section's corner. */
async function boxesOfReplay(page: Page, node: Drawn): Promise<string[]> {
  await drawSnapshot(page, node);
  return page.evaluate(() => {
    const boxOf = (element: Element, from: DOMRect): string => {
      const { left, top, width, height } = element.getBoundingClientRect();
      // What is drawn nowhere, as the choices of a closed list, has no place in its section.
      if (width === 0 && height === 0) return 'none';
      return [left - from.left, top - from.top, width, height].map((each) => each.toFixed(2)).join(' ');
    };
    return [...document.querySelectorAll('section')].map((section) => {
      const from = section.getBoundingClientRect();
      return [section, ...section.querySelectorAll('*')].map((each) => boxOf(each, from)).join('\n');
    });
  });
}

for (const policy of [masksAll, showsTexts]) {
  test(`values of every length look alike where text is ${policy.text}`, async ({ page, context }) => {
    test.setTimeout(300_000);
    await record(page, policy, lengths);
    const { sent, boxes } = await lookAt(page, await context.newPage());
    expect(sent).toHaveLength(lengths.length);
    for (const [at, length] of lengths.entries()) {
      expect(sent[at], `what is sent of ${length} signs`).toBe(sent[0]);
      expect(boxes[at], `where ${length} signs are drawn`).toBe(boxes[0]);
    }
    expect(boxes[0]?.split('\n').length).toBeGreaterThan(20);
    // What was there before is of another length each time as well, and there is nothing else to be laid out.
    await record(page, policy, [1]);
    const first = await putIn(page, 7);
    expect(first).toContain('masked');
    const changes = new Map<string, number>();
    for (const length of lengths) changes.set(await putIn(page, length), length);
    expect([...changes.keys()], `sent of changes to ${[...changes.values()]} signs`).toEqual([first]);
  });
}

test('the same search tells values apart where they are allowed', async ({ page }) => {
  await record(page, { ...masksAll, allowSelectors: ['.field', '.fitted'] }, [1, 2]);
  const [short, long] = [await putIn(page, 2), await putIn(page, 200)];
  expect(long.length).toBeGreaterThan(short.length);
});
