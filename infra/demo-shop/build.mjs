// Builds the demo shop: one server bundle, one script and one stylesheet for its pages, and its pictures.
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** Writes `main.js` (to be forked), `assets/` and `media/` into `outDirectory`, by default `dist` beside this file. */
export async function build({ minify = false, outDirectory = join(here, 'dist') } = {}) {
  await mkdir(outDirectory, { recursive: true });
  await Promise.all([
    bundle({
      entryPoints: { main: join(here, 'src/main.ts') },
      outdir: outDirectory,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      sourcemap: true,
      minify,
      logLevel: 'warning',
    }),
    bundle({
      entryPoints: { shop: join(here, 'browser/shop.ts'), style: join(here, 'browser/shop.css') },
      outdir: join(outDirectory, 'assets'),
      bundle: true,
      platform: 'browser',
      target: ['chrome109', 'firefox115', 'safari16.4'],
      format: 'iife',
      external: ['/media/*'],
      minify,
      logLevel: 'warning',
    }),
    cp(join(here, 'media'), join(outDirectory, 'media'), {
      recursive: true,
      filter: (source) => !source.endsWith('.mjs'),
    }),
    cp(join(here, 'browser/icon.svg'), join(outDirectory, 'assets/icon.svg')),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ minify: process.argv.includes('--minify') });
}
