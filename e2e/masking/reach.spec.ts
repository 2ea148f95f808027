/**
 * Every secret again, by the way that an agent's acts take: points at each element, asks for its fingerprint, asks to
 * click, type and press keys there, draws over it and highlights it; and searches every answer and every frame.
 */

import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { everything } from './plants.js';
import type { TestWindow } from './recorded-page.js';
import { masksAll, RecordedPage, settle } from './recorded-page.js';
import type { PanelWindow } from './secrets-page.js';
import { change, leaked, open, secretsPage } from './secrets-page.js';

let site: RecordedPage;
test.beforeAll(async () => {
  site = await RecordedPage.serve(secretsPage);
});
test.afterAll(() => site.close());

interface Reached {
  readonly elements: number;
  readonly targets: number;
  readonly answers: readonly string[];
  readonly frames: readonly string[];
}

/** Where text is shown, an agent who acts would take the page elsewhere: there it is only pointed at. */
async function reachAll(page: Page, text: 'masked' | 'shown'): Promise<Reached> {
  await open(page, site.origin);
  await page.evaluate(
    (rules) => {
      const { recording, panel } = window as unknown as PanelWindow;
      recording.start(rules, [panel.host]);
    },
    { ...masksAll, maskSelectors: ['.private'], blockSelectors: ['.boxed'], text },
  );
  await change(page);
  await settle(page);
  return page.evaluate(async (acts) => {
    const { recording } = window as unknown as TestWindow;
    const from = recording.out.length;
    const elements: Element[] = [];
    const roots: (Document | ShadowRoot)[] = [document];
    for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
      for (const element of root.querySelectorAll('*')) {
        // What came later has the same kinds of secrets as what was there at first.
        if (element.closest('#later') === null) elements.push(element);
        if (element.shadowRoot !== null) roots.push(element.shadowRoot);
        const inner = element instanceof HTMLIFrameElement ? element.contentDocument : null;
        if (inner !== null) roots.push(inner);
      }
    }
    let targets = 0;
    for (const element of elements) {
      const id = recording.idOf(element);
      if (id <= 0) continue;
      const point = await recording.act('point', { at: { id, fx: 0.5, fy: 0.5 } });
      const made = point?.outcome === 'done' ? point.target : undefined;
      const target = made ?? {
        id,
        tag: 'p',
        role: '',
        label: '',
        box: { left: 0, top: 0, width: 9, height: 9 },
      };
      if (made !== undefined) targets += 1;
      if (!acts) continue;
      // What an agent may really press would take the page elsewhere.
      const isOpen = element.closest('#positive') !== null;
      if (!isOpen) await recording.act('click', { target: { ...target, label: 'x' }, fx: 0.5, fy: 0.5 });
      await recording.act('type', { target: { ...target, role: 'x' }, text: 'x' });
      await recording.act('type', { target: { ...target, tag: 'x' }, key: 'ArrowDown' });
      await recording.act('draw', { mark: { mark: 'highlight', stroke: id, anchor: id, message: 'here' } });
      await recording.act('draw', {
        mark: {
          mark: 'pen',
          stroke: id,
          anchor: id,
          points: [
            [0, 0],
            [1, 1],
          ],
        },
      });
      await recording.act('draw', { mark: { mark: 'clear' } });
    }
    return {
      elements: elements.length,
      targets,
      answers: recording.answers,
      frames: recording.out.slice(from),
    };
  }, text === 'masked');
}

test('no secret is reached by pointing, acting or drawing where text is masked', async ({ page }) => {
  test.setTimeout(120_000);
  const { elements, targets, answers, frames } = await reachAll(page, 'masked');
  expect(everything.length).toBeGreaterThan(150);
  expect(elements).toBeGreaterThan(200);
  expect(targets, 'most elements can be pointed at').toBeGreaterThan(elements / 2);
  expect(answers.length).toBeGreaterThan(targets * 5);
  expect(leaked(answers, everything)).toEqual([]);
  expect(leaked(frames, everything)).toEqual([]);
  const sizes = answers
    .map(
      (answer) => JSON.parse(answer) as { target?: { tag: string; label: string; box: { width: number } } },
    )
    .map(({ target }) => target)
    .filter((target) => target !== undefined)
    .filter(({ tag, label }) => label === '' && !/^(?:input|select|textarea)$/.test(tag));
  expect(new Set(sizes.map(({ box }) => box.width)).size, 'masked text has no width').toBeLessThan(8);
});

test('where text is shown the plain texts are read in labels and nothing else', { tag: '@full' }, async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { answers } = await reachAll(page, 'shown');
  const names = leaked(answers, everything);
  const texts = new Set(everything.filter(({ text }) => text).map(({ name }) => name));
  expect(names.filter((name) => !texts.has(name))).toEqual([]);
  expect(names.length, 'the search finds what is there').toBeGreaterThan(5);
});
