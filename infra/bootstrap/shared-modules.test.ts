/** Unit tests share what they import, so that one which replaces a module has to be named among those that run alone. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { MODULES_OF_THEIR_OWN } from '../vitest.config.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const REPLACES = /^\s*vi\.(?:mock|doMock|resetModules)\(/m;

it('whoever replaces a module runs alone, and nobody else does', async () => {
  const replacing: string[] = [];
  for (const folder of ['visitor-sdk/src', 'agent-console/src', 'server/src', 'packages']) {
    for (const name of await readdir(join(root, folder), { recursive: true })) {
      if (!name.endsWith('.test.ts') || name.includes('node_modules')) continue;
      if (REPLACES.test(await readFile(join(root, folder, name), 'utf8')))
        replacing.push(`${folder}/${name}`);
    }
  }
  expect(replacing.toSorted()).toEqual(MODULES_OF_THEIR_OWN.toSorted());
});
