/** Random pages that have passed the console's check reach nothing, even in a replay that has no policy. */

import { expect, test } from '@playwright/test';
import { playRandomPages } from './random-pages.js';

test('random pages that have passed the check ask for nothing and run nothing', async ({ browser }) => {
  const { leaks, ran, left, uncheckedLeaks } = await playRandomPages(browser, 1, 14);
  expect({ leaks, ran, left }).toEqual({ leaks: [], ran: [], left: [] });
  expect(uncheckedLeaks, 'without the check they ask').toBeGreaterThan(1);
});
