/** What only root can show is no part of the short form; what is missing otherwise is. */

import { expect, test } from 'vitest';
import { shownWithoutRoot } from './limits-shown.js';

test('A limit that only a start by root sets is left out where it is not in force, and no other', () => {
  const name = 'an account that owns nothing';
  const reason = 'not here: only a start by root gives it an account of its own';
  expect(shownWithoutRoot({ name, inForce: false, reason })).toBe(false);
  expect(shownWithoutRoot({ name, inForce: true })).toBe(true);
  expect(shownWithoutRoot({ name: 'no file may grow', inForce: false })).toBe(true);
  expect(shownWithoutRoot({ name, inForce: false, reason: 'not here: only Linux has them' })).toBe(true);
});
