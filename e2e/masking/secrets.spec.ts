/**
 * Plants secrets wherever a page can hold them, records it in a real browser, and searches everything that
 * would leave. What rrweb alone lets out is the control that shows the search to find what is there.
 */

import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { everything } from './plants.js';
import type { TestWindow } from './recorded-page.js';
import { RecordedPage, settle } from './recorded-page.js';
import type { PanelWindow } from './secrets-page.js';
import { change, leaked, open, secretsPage } from './secrets-page.js';

let site: RecordedPage;
test.beforeAll(async () => {
  site = await RecordedPage.serve(secretsPage);
});
test.afterAll(() => site.close());

const policy = {
  text: 'masked',
  maskSelectors: ['.private'],
  blockSelectors: ['.boxed'],
  allowSelectors: [],
  noControlSelectors: [],
};

async function recordAll(page: Page, text: 'masked' | 'shown'): Promise<readonly string[]> {
  await open(page, site.origin);
  await page.evaluate(
    (rules) => {
      const { recording, panel } = window as unknown as PanelWindow;
      recording.start(rules, [panel.host]);
    },
    { ...policy, text },
  );
  await change(page);
  await settle(page);
  await page.evaluate(() => (window as unknown as TestWindow).recording.controller.takeSnapshot());
  const { out, counts, asked } = await page.evaluate(() => {
    const { recording } = window as unknown as TestWindow;
    recording.controller.stop();
    return { out: recording.out, counts: recording.controller.counts, asked: recording.asked };
  });
  expect(counts.failed, 'nothing failed to be masked').toBe(0);
  expect(asked, 'a new rule on an element asks for a fresh snapshot').toBeGreaterThan(0);
  return out;
}

test('there are secrets enough, and each is its own', () => {
  expect(everything.length).toBeGreaterThan(150);
  const letters = everything.filter(({ secret }) => !/^\d+$/.test(secret)).map(({ secret }) => secret);
  expect(new Set(letters).size).toBe(letters.length);
});

test('rrweb alone lets many secrets out', async ({ page }) => {
  await open(page, site.origin);
  await page.evaluate(() => (window as unknown as TestWindow).recording.startPlain());
  await change(page);
  await settle(page);
  await page.evaluate(() => (window as unknown as TestWindow).recording.snapshotPlain());
  const out = await page.evaluate(() => (window as unknown as TestWindow).recording.out);
  const names = leaked(out, everything);
  test.info().annotations.push({
    type: 'leaked by rrweb alone',
    description: `${names.length} of ${everything.length}`,
  });
  expect(names.length).toBeGreaterThanOrEqual(40);
});

test('with masked text not one secret leaves', async ({ page }) => {
  const out = await recordAll(page, 'masked');
  expect(leaked(out, everything)).toEqual([]);
  const text = out.join('\n');
  expect(text.includes('allowed words'), 'what a rule allows is there').toBe(true);
  expect(text.includes('allowed value')).toBe(true);
  expect(text.includes('allowed option')).toBe(true);
  const states = text.replaceAll(/"_cssText":"(?:[^"\\]|\\.)*"/g, '');
  const state = /"(?:aria-)?checked"|state-is-on/.exec(states)?.[0];
  expect(state, 'no state of a masked choice').toBeUndefined();
  expect(text.includes('"class":"card"'), 'public classes are there').toBe(true);
});

test('with shown text the plain texts leave and nothing else', async ({ page }) => {
  const out = await recordAll(page, 'shown');
  const names = new Set(leaked(out, everything));
  const texts = everything.filter(({ text }) => text).map(({ name }) => name);
  expect([...names].filter((name) => !texts.includes(name))).toEqual([]);
  expect(
    texts.filter((name) => !names.has(name)),
    'shown text is really shown',
  ).toEqual([]);
});
