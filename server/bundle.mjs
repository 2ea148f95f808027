/**
 * `main` and the two programs that it starts, each as one file: a thousand modules are found and read in three times as long
 * as one. What they were made of is noted beside them, since they count only as long as that has not changed.
 */
import { execFile } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build as bundle } from 'esbuild';

const root = realpathSync(fileURLToPath(new URL('..', import.meta.url)));
const built = join(root, 'server', 'dist');
/** What libraries in CommonJS take for granted. */
const COMMON_JS = [
  "import { createRequire as requireOf } from 'node:module';",
  'const require = requireOf(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

/**
 * `records` and `live` wait for each other at a start, and most of it is reading what they are made of: they come
 * compiled, for the Node that built them. Another Node finds that this is not its own, and compiles.
 */
const LOADER = `import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, Script } from 'node:vm';

const filename = import.meta.filename.replace(/m?js$/, 'cjs');
const read = (name, encoding) => {
  try {
    return readFileSync(name, encoding);
  } catch {
    return undefined;
  }
};
export const script = new Script(read(filename, 'latin1'), {
  filename,
  cachedData: read(filename.replace(/cjs$/, 'compiled')),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
script.runInThisContext()(createRequire(import.meta.url), import.meta.filename, import.meta.dirname, import.meta.url);
`;
/** Run once, so that what a start calls is compiled as well; without a supervisor it ends by itself. */
const COMPILE = `import { writeFileSync } from 'node:fs';
const { script } = await import(process.env.PROGRAM);
process.on('exit', () => writeFileSync(process.env.COMPILED, script.createCachedData()));
`;

/** Drivers of other databases and the like, which are asked for and not installed, are asked for as before. */
const leaveMissing = {
  name: 'leave-missing',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve(
      { filter: /^[^./]/ },
      async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
        if (pluginData === leaveMissing || kind === 'entry-point' || path.startsWith('node:'))
          return undefined;
        const asked = { kind, importer, namespace, resolveDir, pluginData: leaveMissing };
        const found = await build.resolve(path, asked);
        return found.errors.length > 0 ? { path, external: true } : found;
      },
    );
  },
};

/**
 * The driver finds out where it runs by making a `Response`, for which Node loads the whole of `fetch`: 24 ms of every
 * start, to learn that this is Node.
 */
const knowNode = {
  name: 'know-node',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /[\\/]pg[\\/]lib[\\/]stream\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const asked = 'if (isCloudflareRuntime()) {';
      if (!text.includes(asked)) throw new Error(`${path} asks in another way where it runs`);
      return { contents: text.replace(asked, 'if (false) {'), loader: 'js' };
    });
  },
};

const common = /** @type {const} */ ({
  ...{ bundle: true, platform: 'node', target: 'node20', keepNames: true },
  plugins: [leaveMissing, knowNode],
  // A machine's own code is no text.
  external: ['@node-rs/argon2', 'esbuild'],
  ...{ absWorkingDir: root, metafile: true, logLevel: 'error' },
});

/** Nothing is minified: what is logged of an error names a line. */
export async function build() {
  const outdir = join(built, 'bundle');
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const records = await program('records', outdir);
  const live = await program('live', outdir);
  const main = await bundle({
    ...common,
    stdin: { contents: "export { runMain } from './main-process.js';", resolveDir: join(built, 'app') },
    ...{ outfile: join(outdir, 'main-process.js'), format: 'esm', banner: { js: COMMON_JS } },
  });
  // A name that is declared twice shows only where it is read.
  for (const name of ['main-process.js', 'live-main.js', 'records-main.js'])
    await promisify(execFile)(process.execPath, ['--check', join(outdir, name)]);
  const inputs = new Set([main, records, live].flatMap(({ metafile }) => Object.keys(metafile.inputs)));
  const own = [...inputs].filter((path) => path !== '<stdin>' && !path.includes('node_modules'));
  const madeOf = own.map((path) => {
    const { size, mtimeMs } = statSync(join(root, path));
    // Whole milliseconds are what a copy keeps of a time.
    return [path, size, Math.round(mtimeMs)];
  });
  await writeFile(join(outdir, 'made-of.json'), JSON.stringify(madeOf));
}

/**
 * What its `main` does, without an import that is made later: all of it lies in the one file. It is not awaited, since
 * a script cannot wait, and it tells of every failure itself.
 * @param {'live' | 'records'} name
 * @param {string} outdir
 */
async function program(name, outdir) {
  const run = `run${name === 'live' ? 'Live' : 'Records'}Process`;
  const contents = [
    "import './start-guard.js';",
    `import { ${run} } from './${name}-process.js';`,
    `void ${run}();`,
  ].join('\n');
  const file = (/** @type {string} */ ending) => join(outdir, `${name}-main.${ending}`);
  const made = await bundle({
    ...common,
    stdin: { contents, resolveDir: join(built, 'app') },
    ...{ outfile: file('cjs'), format: 'cjs', define: { 'import.meta.url': '__url' } },
    banner: { js: '(function (require, __filename, __dirname, __url) { const module = { exports: {} };' },
    footer: { js: '})' },
  });
  await writeFile(file('js'), LOADER);
  await compile(file('js'), file('compiled'));
  return made;
}

/** @param {string} program @param {string} compiled */
async function compile(program, compiled) {
  const args = ['--input-type=module', '-e', COMPILE, '--', '--supervised'];
  const env = { PATH: process.env.PATH, PROGRAM: program, COMPILED: compiled };
  await promisify(execFile)(process.execPath, args, { env });
}
