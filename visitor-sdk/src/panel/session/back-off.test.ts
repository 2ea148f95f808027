/** How long a page waits before it tries again. */

import { expect, it } from 'vitest';
import { backOffMs } from './back-off.js';

it('doubles from half a second to fifteen, and spreads over the upper half', () => {
  expect([0, 1, 2, 5, 50].map((failures) => backOffMs(failures, () => 1))).toEqual([
    500, 1000, 2000, 15_000, 15_000,
  ]);
  expect(backOffMs(3, () => 0)).toBe(2000);
});
