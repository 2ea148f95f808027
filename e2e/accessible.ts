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
}

export async function expectAccessible(
  page: Page,
  what: string,
  { scope = 'everything', within }: LookedOver = {},
): Promise<void> {
  // A fading panel has for a moment the contrast of neither of its states.
  await page.evaluate(async () => {
    const running = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations === 1);
    await Promise.allSettled(running.map(({ finished }) => finished));
  });
  // The visitor's page in the replay may run no script, axe's neither: it would be waited for without end.
  const axe = new AxeBuilder({ page }).exclude('[data-testid="replay-frame"]');
  if (within !== undefined) axe.include(within);
  if (scope === 'colours') axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = grave.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
  );
  expect(told, `axe on ${what}`).toEqual([]);
}
