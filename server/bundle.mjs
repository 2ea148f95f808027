/**
 * `main` and the two programs that it starts, each as one file: a thousand modules are found and read in three times as long
 * as one. What they were made of is noted beside them, since they count only as long as that has not changed.
 */
import { execFile } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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

/** @param {string} name @param {RegExp} filter @param {(text: string, path: string) => string} change */
const changed = (name, filter, change) => ({
  name,
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onLoad({ filter }, async ({ path }) => ({
      contents: change(await readFile(path, 'utf8'), path),
      loader: /** @type {const} */ ('js'),
    }));
  },
});

/** @param {string} name @param {RegExp} filter @param {string} found @param {string} instead */
const replaced = (name, filter, found, instead) =>
  changed(name, filter, (text, path) => {
    if (!text.includes(found)) throw new Error(`${path} has no '${found}' any more`);
    return text.replace(found, instead);
  });

/**
 * The driver finds out where it runs by making a `Response`, for which Node loads the whole of `fetch`: 24 ms of every
 * start, to learn that this is Node.
 */
const knowNode = replaced(
  'know-node',
  /[\\/]pg[\\/]lib[\\/]stream\.js$/,
  'if (isCloudflareRuntime()) {',
  'if (false) {',
);

/** A router that compiles a function for each part of each path, where the way that it has for long ones is as good. */
const compileNoPaths = replaced(
  'compile-no-paths',
  /[\\/]find-my-way[\\/]lib[\\/]node\.js$/,
  'LONG_PREFIX_MIN_LENGTH = 16',
  'LONG_PREFIX_MIN_LENGTH = 2',
);

/** What TypeORM has for other databases was a fifth of what a start reads. */
const postgresAlone = changed(
  'postgres-alone',
  /[\\/]typeorm[\\/]driver[\\/][a-z0-9-]+[\\/][^\\/]+\.js$/,
  (text, path) => (/[\\/](postgres|types)[\\/][^\\/]+$/.test(path) ? text : ''),
);

const common = /** @type {const} */ ({
  ...{ bundle: true, platform: 'node', target: 'node20' },
  plugins: [leaveMissing, knowNode, compileNoPaths, postgresAlone],
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
  const { href } = pathToFileURL(file('js'));
  const args = [join(root, 'server', 'compile-start.mjs'), '--supervised', name, href, file('compiled')];
  await promisify(execFile)(process.execPath, args, { env: { PATH: process.env.PATH } });
  return made;
}
