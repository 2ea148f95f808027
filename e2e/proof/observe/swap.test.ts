/** Swap in use makes a proof partial; memory that is only compressed does not. */

import { expect, test } from 'vitest';
import { partOf } from './swap.js';

const HEAD = 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n';

test('no swap, and swap in compressed memory, leave nothing out', () => {
  expect(partOf(HEAD)).toBeUndefined();
  expect(
    partOf(`${HEAD}/dev/zram0                              partition\t16384\t512\t100\n`),
  ).toBeUndefined();
});

test('swap on a disk is a part that was not run, and so is a system that does not tell', () => {
  expect(partOf(`${HEAD}/swapfile                               file\t\t2097148\t0\t-2\n`)?.reason).toContain(
    'an area',
  );
  expect(partOf(undefined)).toMatchObject({ part: 'swap' });
});
