/** What every visitor of a site loads stays within its limit; what was over was noticed only when somebody measured. */

import { beforeAll, expect, it } from 'vitest';
import { readParts } from './sdk-size.mjs';
import { targets } from './targets.mjs';

let parts: Awaited<ReturnType<typeof readParts>>;
beforeAll(async () => {
  parts = await readParts();
}, 60_000);

it.each([
  ['loader', 'sdk-size/tag-alone/br'],
  ['panel', 'sdk-size/panel/br'],
])('the %s weighs no more than %s may', (name, row) => {
  expect(parts[name]?.br).toBeLessThanOrEqual(targets[row]?.must ?? 0);
});
