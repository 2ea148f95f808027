/** Whatever the bundles hold of others is passed on with the text that it is given under. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HeldPackages } from './held-packages.mjs';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-notices-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function lay(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  const at = join(folder, 'node_modules', name);
  await mkdir(at, { recursive: true });
  const manifest = JSON.stringify({
    name,
    version: '1.2.3',
    license: 'ISC',
    main: 'index.js',
    sideEffects: false,
  });
  for (const [file, text] of Object.entries({ 'package.json': manifest, ...files }))
    await writeFile(join(at, file), text);
}

async function noticesOf(program: string): Promise<string> {
  const held = new HeldPackages();
  const stdin = { contents: program, resolveDir: folder };
  await build({ stdin, bundle: true, write: false, absWorkingDir: folder, plugins: [held.esbuild()] });
  return held.notices();
}

const kept = 'export const kept = Math.random();';

it('tells of each package that is held, also of a namespace, and of none that was shaken out', async () => {
  await lay('one', { 'index.js': kept, LICENSE: 'One may.' });
  await lay('@two/two', { 'index.js': kept, 'license.md': 'Two may.', NOTICE: 'By two.' });
  await lay('three', { 'index.js': kept, LICENSE: 'Three may.' });
  const notices = await noticesOf(
    `import { kept } from 'one'; import * as two from '@two/two'; import { kept as third } from 'three';
     console.log(kept, two.kept);`,
  );
  expect(notices).toContain('one 1.2.3 (ISC)\n\nOne may.');
  expect(notices).toContain('@two/two 1.2.3 (ISC)\n\nBy two.\n\nTwo may.');
  expect(notices).not.toContain('Three');
});

it('lets nothing be built of a package without the text of its licence', async () => {
  await lay('bare', { 'index.js': kept });
  await expect(noticesOf("import { kept } from 'bare'; console.log(kept);")).rejects.toThrow(
    'bare 1.2.3 is bundled, and has no text of its licence.',
  );
});
