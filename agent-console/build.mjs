// Builds the console and, for its own origin, the replay that shows the visitor's page.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build as bundle } from 'vite';
import { HeldPackages, NOTICES } from '../infra/notices/held-packages.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const target = ['chrome109', 'firefox115', 'safari16.4'];

/** Writes `index.html` and hashed `assets/` into `outDirectory`, and the other origin's files into its `replay`. */
export async function build({ minify = true, outDirectory = join(here, 'dist') } = {}) {
  for (const name of ['assets', 'replay', 'index.html', NOTICES]) {
    await rm(join(outDirectory, name), { recursive: true, force: true });
  }
  const held = new HeldPackages();
  const make = ({ worker, ...settings }, plugins = []) =>
    bundle({
      ...settings,
      plugins: [...plugins, held.vite()],
      worker: { plugins: () => [...worker.plugins(), held.vite()] },
    });
  await make(shared({ minify, root: here, outDir: outDirectory }), [react()]);
  const replay = shared({ minify, root: join(here, 'src/replay'), outDir: join(outDirectory, 'replay') });
  await make(replay, [boundReplayer()]);
  await writeFile(join(outDirectory, NOTICES), await held.notices(await ofBinaries()));
}

/** What the binaries in `assets/` are given under, which goes wherever they go. */
async function ofBinaries() {
  const library = '@twilio/video-processors';
  const ofLibrary = createRequire(import.meta.url).resolve(`${library}/LICENSE.md`);
  const [twilio, apache] = await Promise.all(
    [ofLibrary, join(here, '../LICENSE')].map((file) => readFile(file, 'utf8')),
  );
  const parts = [
    [`tflite-simd (.wasm, and its script in background-worker), from ${library}`, twilio],
    [
      'TensorFlow Lite, of which tflite-simd is built; selfie_segmentation_landscape.tflite, by Google',
      apache,
    ],
  ];
  return parts.map(([what, text]) => `${what}\n\n${text}`);
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

/**
 * By a page's changes nobody may hold up the agent's browser. The replayer lists all that is in an element for each text
 * that comes into it, and needs that in two kinds of elements alone; and it tries for half a second, for each change,
 * to find a place for what names a neighbour that is not there: one attempt finds the place of all that has one.
 */
function boundReplayer() {
  const edits = [
    [
      'Array.isArray(parent.childNodes) ? parent.childNodes : Array.from(parent.childNodes);',
      'parentSn.tagName === "textarea" || (parentSn.tagName === "style" && parent.firstChild === parent.lastChild) ? Array.from(parent.childNodes) : [];',
    ],
    [
      'while (legacy_queue.length) {',
      'for (let left = legacy_queue.length > 0 && legacy_queue.length < 1_000 ? 1 : 0; left > 0; left -= 1) {',
    ],
  ];
  return {
    name: 'bound-replayer',
    transform(code, id) {
      if (!id.includes('/rrweb/dist/')) return undefined;
      for (const [theirs] of edits)
        if (code.split(theirs).length !== 2) throw new Error(`The replayer is another: ${theirs}`);
      return { code: edits.reduce((text, [theirs, ours]) => text.replace(theirs, ours), code), map: null };
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ minify: !process.argv.includes('--no-minify') });
}
