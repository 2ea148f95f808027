/** PRIVACY.md tells officers what the program refuses, as it stands in the program. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { refusalsTable } from './refusals-table.js';

it('stands in PRIVACY.md as it is', () => {
  const text = readFileSync(new URL('../../../PRIVACY.md', import.meta.url), 'utf8');
  expect(text).toContain(refusalsTable());
});
