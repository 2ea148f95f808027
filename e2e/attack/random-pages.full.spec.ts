/** The same for many random pages. */

import { expect, test } from '@playwright/test';
import { playRandomPages } from './random-pages.js';

test.describe.configure({ timeout: 600_000 });

test('many random pages that have passed the check ask for nothing and run nothing', async ({ browser }) => {
  const { leaks, ran, left, uncheckedLeaks } = await playRandomPages(browser, 100_000, 3_000);
  expect({ leaks, ran, left }).toEqual({ leaks: [], ran: [], left: [] });
  expect(uncheckedLeaks, 'the same pages leak without the check').toBeGreaterThan(0);
});
