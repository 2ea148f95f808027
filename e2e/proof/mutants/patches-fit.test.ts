/** Leaks are planted in the built files by their text: whoever changes that text learns it here, not in the long run. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findFile, patchText } from '../copy/patch.js';
import { patchesOf } from './batch-patches.js';
import { batchesOf } from './batches.js';
import { mutants } from './mutants.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const places = {
  root: '/t',
  data: '/t',
  temporary: '/t',
  home: '/t',
  logs: '/t',
  dumps: '/t',
  profiles: '/t',
};
const sinks = { mail: 1, webhook: 1, traces: 1, errors: 1, redis: 1 };
const planting = { places, sinks, redis: { port: 1, password: '' } };
const batches = batchesOf(mutants).map((batch) => ({
  names: batch.map(({ mutant }) => mutant.name).join(', '),
  batch,
}));

test.each(batches)('the patches fit what is built: $names', async ({ batch }) => {
  for (const limits of ['on', 'off'] as const) {
    const all = patchesOf(batch, planting, limits);
    const files = new Set(all.map(({ file }) => file));
    expect(files.size).toBeGreaterThan(0);
    for (const file of files) {
      const text = await readFile(join(root, await findFile(root, file)), 'utf8');
      const own = all.filter((patch) => patch.file === file);
      expect(patchText(text, own)).not.toBe(text);
    }
  }
});
