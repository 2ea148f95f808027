// Builds the visitor SDK: the script tag's loader with its parts, and the npm package.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, transform } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const TARGET = ['chrome109', 'firefox115', 'safari16.4'];
const PARTS = {
  panel: 'panel/panel-part.ts',
  sharing: 'sharing/sharing-part.ts',
  control: 'cobrowse/control/control-part.ts',
  moving: 'cobrowse/moving/moving-part.ts',
  pageEngine: 'sharing/page-engine-part.ts',
  call: 'call/call-part.ts',
};

/** Writes `dist/sdk/v1` (loader, parts, integrity.json) and `dist/npm`. */
export async function build({ minify = true } = {}) {
  const worker = await bundleWorker(minify);
  const options = sharedOptions(minify, worker);
  await Promise.all([buildScript(options), buildPackage(options)]);
}

/** Every bundle is made of sources: nothing has to be compiled before. */
function sharedOptions(minify, worker) {
  return {
    bundle: true,
    platform: 'browser',
    target: TARGET,
    conditions: ['source'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    charset: 'utf8',
    minify,
    logLevel: 'warning',
    absWorkingDir: here,
    plugins: [styleText(minify), pureSchemas(), workerText(worker)],
  };
}

async function bundleWorker(minify) {
  const { outputFiles } = await bundle({
    entryPoints: [join(here, '../packages/frames/src/worker-entry.ts')],
    bundle: true,
    platform: 'browser',
    target: TARGET,
    conditions: ['source'],
    format: 'iife',
    legalComments: 'none',
    charset: 'utf8',
    minify,
    write: false,
    logLevel: 'warning',
    plugins: [pureSchemas()],
  });
  return outputFiles[0].text;
}

async function buildScript(options) {
  const out = join(here, 'dist/sdk/v1');
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const parts = {};
  const integrity = {};
  for (const [name, entry] of Object.entries(PARTS)) {
    const text = await bundleText({ ...options, entryPoints: [join(here, 'src', entry)], format: 'esm' });
    const file = `${fileName(name)}-${hashName(text)}.js`;
    parts[name] = { file, integrity: integrityOf(text) };
    integrity[file] = parts[name].integrity;
    await writeFile(join(out, file), text);
  }
  const loader = await bundleText({
    ...options,
    entryPoints: [join(here, 'src/loader/loader.ts')],
    format: 'iife',
    define: { ...options.define, ALONGSIDE_PARTS: JSON.stringify(parts) },
  });
  // The second name never changes its content: it is the one to pin.
  const pinned = `loader-${hashName(loader)}.js`;
  integrity['loader.js'] = integrityOf(loader);
  integrity[pinned] = integrity['loader.js'];
  await writeFile(join(out, 'loader.js'), loader);
  await writeFile(join(out, pinned), loader);
  await writeFile(
    join(out, 'integrity.json'),
    `${JSON.stringify({ pinned, files: integrity }, undefined, 2)}\n`,
  );
}

async function buildPackage(options) {
  const out = join(here, 'dist/npm');
  await rm(out, { recursive: true, force: true });
  await bundle({
    ...options,
    entryPoints: { index: join(here, 'src/npm/index.ts') },
    outdir: out,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
  });
  // A file of interfaces alone reads the same as source and as declaration.
  const api = await readFile(join(here, 'src/embedding/public-api.ts'), 'utf8');
  await writeFile(join(out, 'public-api.d.ts'), api);
  await writeFile(join(out, 'index.d.ts'), declarations());
}

function declarations() {
  const names = ['start', 'stop', 'identify', 'open', 'close', 'on', 'off'];
  const lines = names.map((name) => `export declare const ${name}: Alongside['${name}'];`);
  return [
    "import type { Alongside } from './public-api.js';",
    '',
    "export type * from './public-api.js';",
    ...lines,
    '',
  ].join('\n');
}

async function bundleText(options) {
  const { outputFiles } = await bundle({ ...options, write: false });
  return outputFiles[0].text;
}

function fileName(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function hashName(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function integrityOf(text) {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}

/** Style sheets become text, which the panel turns into constructed sheets. */
function styleText(minify) {
  return {
    name: 'style-text',
    setup(build) {
      build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const { code } = await transform(source, { loader: 'css', minify, target: TARGET });
        return { contents: code, loader: 'text' };
      });
    },
  };
}

/**
 * Says of every call that builds a schema of the protocol that nothing happens by it. The schemas that a client does
 * not parse with are then left out, and valibot with them; esbuild cannot see that across files.
 */
function pureSchemas() {
  return {
    name: 'pure-schemas',
    setup(build) {
      build.onLoad({ filter: /packages\/protocol\/src\/[a-z/-]+\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const builders = /(?<!function |[\w.])(?:v\.\w+|exactObject|personText)\(/g;
        return { contents: source.replace(builders, '/* @__PURE__ */ $&'), loader: 'ts' };
      });
    },
  };
}

function workerText(worker) {
  return {
    name: 'worker-text',
    setup(build) {
      build.onResolve({ filter: /^alongside:sealing-worker$/ }, ({ path }) => ({
        path,
        namespace: 'alongside',
      }));
      build.onLoad({ filter: /.*/, namespace: 'alongside' }, () => ({
        contents: `export const sealingWorkerSource = ${JSON.stringify(worker)};`,
        loader: 'js',
      }));
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ minify: !process.argv.includes('--no-minify') });
}
