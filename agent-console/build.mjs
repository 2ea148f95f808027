// Builds the console and, for its own origin, the replay that shows the visitor's page.
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build as bundle } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const target = ['chrome109', 'firefox115', 'safari16.4'];

/** Writes `index.html` and hashed `assets/` into `outDirectory`, and the other origin's files into its `replay`. */
export async function build({ minify = true, outDirectory = join(here, 'dist') } = {}) {
  for (const name of ['assets', 'replay', 'index.html']) {
    await rm(join(outDirectory, name), { recursive: true, force: true });
  }
  await bundle({
    ...shared({ minify, root: here, outDir: outDirectory }),
    plugins: [react()],
  });
  await bundle(shared({ minify, root: join(here, 'src/replay'), outDir: join(outDirectory, 'replay') }));
}

/** Both are served under strict policies: nothing is inlined that a policy would have to name. */
export function shared({ minify, root, outDir }) {
  return {
    configFile: false,
    root,
    base: '/',
    publicDir: false,
    logLevel: 'warn',
    resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
    worker: { plugins: () => [leaveOutNode()] },
    build: {
      outDir,
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      cssMinify: minify,
      minify,
      sourcemap: false,
      target,
      chunkSizeWarningLimit: 1024,
    },
  };
}

/** A library that runs in Node as well asks for these there alone. */
function leaveOutNode() {
  const nothing = '\0nothing';
  return {
    name: 'leave-out-node',
    enforce: 'pre',
    resolveId: (id) => (id === 'fs' || id === 'path' ? nothing : undefined),
    load: (id) => (id === nothing ? 'export {};' : undefined),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ minify: !process.argv.includes('--no-minify') });
}
