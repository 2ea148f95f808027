/** What every visitor of a site loads stays within its limit; what was over was noticed only when somebody measured. */

import { beforeAll, expect, it } from 'vitest';
import { readParts } from './sdk-size.mjs';

let parts: Awaited<ReturnType<typeof readParts>>;
beforeAll(async () => {
  parts = await readParts();
});

it.each([
  ['loader', 5_000],
  ['panel', 25_000],
])('the %s weighs %i bytes at most', (name, mostBytes) => {
  expect(parts[name]?.br).toBeLessThanOrEqual(mostBytes);
});
