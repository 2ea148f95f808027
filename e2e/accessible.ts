/** Whether a page can be used by those who do not see it or do not point: what axe finds of weight fails a test. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** In a second colour scheme only the colours are others. */
export type Scope = 'everything' | 'colours';

export interface LookedOver {
  readonly scope?: Scope;
  /** Only what is in this element; the rest of the page has been looked over by itself. */
  readonly within?: string;
  /** Whether what axe finds of little weight fails as well. */
  readonly strict?: boolean;
}

export async function expectAccessible(
  page: Page,
  what: string,
  { scope = 'everything', within, strict = false }: LookedOver = {},
): Promise<void> {
  // What is still loading is looked over by itself and in no time; here the screen is meant.
  await expect(page.locator('.skeleton'), `${what} is there`).toHaveCount(0);
  // A fading panel has for a moment the contrast of neither of its states.
  await page.evaluate(async () => {
    const running = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations === 1);
    await Promise.allSettled(running.map(({ finished }) => finished));
  });
  const isThere = await page.evaluate(() => 'axe' in window);
  const axe = new AxeBuilder({ page: withoutFrames(page), ...(isThere ? { axeSource: ';' } : {}) });
  // Without frames nothing has to be put together from several, which axe does in a window of its own each time.
  axe.exclude('[data-testid="replay-frame"]').setLegacyMode();
  axe.options({ iframes: false, resultTypes: ['violations'] });
  if (within !== undefined) axe.include(within);
  if (scope === 'colours') axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  const grave = violations.filter(({ impact }) => strict || impact === 'serious' || impact === 'critical');
  const told = grave.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
  );
  expect(told, `axe on ${what}`).toEqual([]);
}

/**
 * Axe waits a second for each frame that runs no script, and the visitor's page in the replay may run none, axe's
 * neither.
 */
function withoutFrames(page: Page): Page {
  return new Proxy(page, {
    get: (target, name) => {
      if (name === 'frames') return () => [target.mainFrame()];
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
