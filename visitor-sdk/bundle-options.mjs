// What all bundles of the SDK have in common. They are made of sources: nothing has to be compiled before.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, transform } from 'esbuild';

export const root = dirname(fileURLToPath(import.meta.url));
const frames = join(root, '../packages/frames/src');
const TARGET = ['chrome109', 'firefox115', 'safari16.4'];

const jsx = {
  jsx: 'react',
  jsxFactory: 'h',
  jsxFragmentFactory: 'Fragment',
  verbatimModuleSyntax: true,
  useDefineForClassFields: true,
};

export function bundleOptions(minify) {
  return {
    bundle: true,
    platform: 'browser',
    target: TARGET,
    conditions: ['source'],
    // JSX becomes calls of `h`, which are shorter than those of the newer runtime.
    tsconfigRaw: { compilerOptions: jsx },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    charset: 'utf8',
    minify,
    logLevel: 'warning',
    absWorkingDir: root,
    plugins: [styleText(minify), pureSchemas()],
  };
}

/** The sealing worker's program stands in the file as a text. */
export async function workerAsText(options) {
  const program = await textOf({
    ...options,
    entryPoints: [join(frames, 'worker-entry.ts')],
    format: 'iife',
  });
  const source = `export const sealingWorkerSource = ${JSON.stringify(program)};`;
  return virtualModule('alongside:sealing-worker', source);
}

/** So does that of the worker that seals calls, which no page's own thread can do. */
export async function callWorkerAsText(options) {
  const program = await textOf({
    ...options,
    entryPoints: [join(frames, 'media/media-worker-entry.ts')],
    format: 'iife',
  });
  return virtualModule(
    'alongside:call-worker',
    `export const callWorkerSource = ${JSON.stringify(program)};`,
  );
}

/**
 * The program stands in the file once, as a function: its own text is the worker's source, and where the page allows
 * no worker the page calls it.
 */
export async function workerAsFunction(options) {
  const program = await textOf({
    ...options,
    stdin: {
      contents: [
        `import { createSealingEngine } from ${JSON.stringify(join(frames, 'sealing-engine.ts'))};`,
        `import { serveEngine } from ${JSON.stringify(join(frames, 'engine-port.ts'))};`,
        'engine = { createSealingEngine, serveEngine };',
      ].join('\n'),
      resolveDir: root,
    },
    format: 'iife',
  });
  return virtualModule(
    'alongside:sealing-worker',
    [
      `export function program() { let engine; ${program}\nreturn engine; }`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of the function is taken in the browser.
      'export const sealingWorkerSource = `(${program})().serveEngine(globalThis)`;',
    ].join('\n'),
  );
}

export async function textOf(options) {
  const { outputFiles } = await bundle({ ...options, write: false });
  return outputFiles[0].text;
}

export function virtualModule(name, contents) {
  return {
    name,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: 'alongside' }));
      build.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'alongside' }, () => ({
        contents,
        resolveDir: root,
        loader: 'js',
      }));
    },
  };
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
