/** What a style sheet asks of the browser is answered by the visitor's: an agent's may be another one. */

import type { Page } from '@playwright/test';
import { chromium, expect, test } from '@playwright/test';
import { masksAll, RecordedPage, startRecording, whatLeft } from './recorded-page.js';

const SECRET = 'tk8f3q9zm4xw7yb2';
/** Chromium knows these only where it is told to try what is new; as long as one of them is new, this can be tried. */
const news = ['margin-trim: block', 'line-clamp: 2', 'text-decoration-skip-spaces: all'];
const conditions = (fresh: string) => [
  `(${fresh})`,
  `not (${fresh})`,
  `(display: grid) and (not (${fresh}))`,
  `((${fresh}) or (x: "${SECRET}")) and (color: red)`,
  `(--${SECRET}: ${SECRET})`,
  `(${SECRET}: ${SECRET})`,
  `selector(:has(> .${SECRET}))`,
  `selector(:${SECRET})`,
  `font-tech(color-COLRv1)`,
  `${SECRET}(1)`,
];
const COLOUR = 'rgb(1, 2, 3)';

test('an agent in another browser sees what the visitor’s browser can do', async ({
  page,
  launchOptions,
}) => {
  const args = [...(launchOptions.args ?? []), '--enable-experimental-web-platform-features'];
  const visitors = await chromium.launch({ ...launchOptions, args });
  let site: RecordedPage | undefined;
  try {
    const visitor = await visitors.newPage();
    const known = (of: Page) => of.evaluate((all) => all.filter((each) => CSS.supports(`(${each})`)), news);
    const [theirs, ours] = [await known(visitor), await known(page)];
    const fresh = theirs.find((each) => !ours.includes(each)) ?? '';
    expect(fresh, 'the two browsers differ').not.toBe('');
    const asked = conditions(fresh);
    const rules = asked.map((condition, at) => `@supports ${condition} { #on-${at} { color: ${COLOUR} } }`);
    const nested = `#inner { @supports (${fresh}) { color: ${COLOUR} } }`;
    const paragraphs = [...asked.keys()].map((at) => `<p id="on-${at}">x</p>`);
    const body = `${paragraphs.join('')}<p id="inner">x</p>`;
    site = await RecordedPage.serve(
      `<!doctype html><style>${rules.join('\n')} @media all { ${nested} }</style>${body}<script src="/recording.js"></script>`,
    );
    const met = (of: Page) =>
      of.evaluate(
        (colour) =>
          [...document.querySelectorAll('p')]
            .filter((each) => getComputedStyle(each).color === colour)
            .map(({ id }) => id),
        COLOUR,
      );
    await visitor.goto(site.origin);
    await startRecording(visitor, masksAll);
    const left = await whatLeft(visitor);
    expect(left).not.toContain(SECRET);
    expect(left).not.toContain(fresh.split(':')[0]);
    const css = left.match(/"_cssText":("(?:[^"\\]|\\.)*")/)?.[1] ?? '""';
    await page.setContent(`<style>${JSON.parse(css) as string}</style>${body}`);
    expect(await met(page)).toEqual(await met(visitor));
    expect(await met(page)).toEqual(['on-0', 'on-3', 'on-4', 'on-6', 'on-8', 'inner']);
  } finally {
    site?.close();
    await visitors.close();
  }
});
