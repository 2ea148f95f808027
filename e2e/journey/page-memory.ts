/** A browser that keeps pages whole when they are left, as people's browsers do: the test driver's own turns it off. */

import type { Browser, Page, TestInfo } from '@playwright/test';
import { chromium } from '@playwright/test';
import { expect } from '../fixtures.js';

export function launchWithPageMemory({ project }: TestInfo): Promise<Browser> {
  const { launchOptions } = project.use;
  return chromium.launch({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
}

/** From here on the page tells whether it was shown again as it was. */
export async function noteReturns(page: Page): Promise<void> {
  await page.evaluate(() => {
    addEventListener('pageshow', (event) => Reflect.set(globalThis, 'persistedReturn', event.persisted));
  });
}

/** Steps back or forward to a page that was noted; it is the very same page, or the browser says why it is not. */
export async function stepInHistory(page: Page, by: -1 | 1): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const reasons: string[] = [];
  await session.send('Page.enable');
  session.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) => {
    for (const { reason, context } of notRestoredExplanations) reasons.push(`${reason} ${context ?? ''}`);
  });
  await page.evaluate((steps) => setTimeout(() => history.go(steps)), by);
  const isBack = () =>
    page.evaluate(() => Reflect.get(globalThis, 'persistedReturn') === true).catch(() => false);
  await expect
    .poll(isBack, { timeout: 10_000, message: 'pageshow.persisted of the page that is shown again' })
    .toBe(true)
    .catch((error: unknown) => {
      throw new Error(`${String(error)} The browser says: ${reasons.join(', ')}`);
    });
  await session.detach();
}
