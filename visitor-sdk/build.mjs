// Builds the visitor SDK: the script tag's loader with its parts, and the npm package.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { HeldPackages, NOTICES } from '../infra/notices/held-packages.mjs';
import { buildScript } from './build-script.mjs';
import { bundleOptions, callWorkerAsText, root, workerAsText } from './bundle-options.mjs';

/** Writes `dist/sdk/v1` (loader, parts, integrity.json) and `dist/npm`, each with the notices of what it holds. */
export async function build({ minify = true } = {}) {
  const options = bundleOptions(minify);
  const outs = [
    [buildScript, 'dist/sdk/v1'],
    [buildPackage, 'dist/npm'],
  ];
  await Promise.all(
    outs.map(async ([make, out]) => {
      const held = new HeldPackages();
      await make({ ...options, plugins: [...options.plugins, held.esbuild()] });
      await writeFile(join(root, out, NOTICES), await held.notices());
    }),
  );
}

async function buildPackage(options) {
  const out = join(root, 'dist/npm');
  await rm(out, { recursive: true, force: true });
  await bundle({
    ...options,
    inject: [join(root, 'jsx-factory.mjs')],
    // Whatever bundles the package may rewrite functions, but no text.
    plugins: [...options.plugins, await workerAsText(options), await callWorkerAsText(options)],
    entryPoints: { index: join(root, 'src/npm/index.ts') },
    outdir: out,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
  });
  // A file of interfaces alone reads the same as source and as declaration.
  const api = await readFile(join(root, 'src/embedding/public-api.ts'), 'utf8');
  await writeFile(join(out, 'public-api.d.ts'), api);
  await writeFile(join(out, 'index.d.ts'), declarations());
}

function declarations() {
  const names = ['start', 'stop', 'reset', 'identify', 'open', 'close', 'on', 'off'];
  const lines = names.map((name) => `export declare const ${name}: Alongside['${name}'];`);
  return [
    "import type { Alongside } from './public-api.js';",
    '',
    "export type * from './public-api.js';",
    ...lines,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ minify: !process.argv.includes('--no-minify') });
}
