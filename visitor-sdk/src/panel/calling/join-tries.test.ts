/** A call that could not be joined is tried as often as that may help. */

import { expect, it } from 'vitest';
import { isElsewhere, isGivenUp } from './join-tries.js';

it.each([
  ['mediaUnreachable', 2],
  ['internal', 5],
  // [CA14] Another tab of the visitor's has it: the page before this one may be there for a moment still.
  ['conflict', 2],
  ['callNotSealed', 0],
  ['callNotSupported', 0],
  ['callFlooded', 0],
] as const)('%s is given up after %i more tries', (code, tries) => {
  const givenUp = [0, 1, 2, 3, 4, 5].findIndex((failures) => isGivenUp(code, failures));
  expect(givenUp).toBe(tries);
  expect(isElsewhere(code)).toBe(code === 'conflict');
});
