/**
 * Bytes of the visitor SDK, part by part as it is delivered, against the libraries that do a piece of the same work,
 * bundled with the SDK's own settings. What a part does besides (masking, sealing, the panel) is its own weight.
 * Builds are deterministic, and so are these figures: there is one round and no spread.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { rowOf } from './statistics.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sdk = new URL('../../visitor-sdk/dist/sdk/v1/', import.meta.url);

const COMPARED = [
  { part: 'loader', baseline: 'socket.io-client' },
  { part: 'panel', baseline: 'socket.io-client' },
  { part: 'sharing', baseline: 'rrweb-record' },
  { part: 'call', baseline: 'mediasoup-client' },
];

const LIBRARIES = {
  'socket.io-client': "export { io } from 'socket.io-client';",
  'rrweb-record': "export { record } from '@rrweb/record';",
  'mediasoup-client': "export { Device } from 'mediasoup-client';",
};

/** @param {{ progress: (text: string) => void }} options */
export async function run({ progress }) {
  progress('parts of the SDK');
  const parts = await readParts();
  progress('the libraries, bundled');
  const libraries = Object.fromEntries(
    await Promise.all(
      Object.entries(LIBRARIES).map(async ([name, source]) => [name, sizesOf(await bundle(source))]),
    ),
  );
  const rows = COMPARED.flatMap(({ part, baseline }) =>
    compare(`sdk-size/${baseline}/${part}`, parts[part], libraries[baseline]),
  );
  return [...rows, ...compare('sdk-size/three-libraries/all', sum(parts), sum(libraries))];
}

/** @typedef {{ br: number, gz: number }} Sizes */

/** @param {string} name @param {Sizes | undefined} ours @param {Sizes | undefined} baseline */
function compare(name, ours, baseline) {
  if (ours === undefined || baseline === undefined) throw new Error(`${name}: nothing was measured`);
  return /** @type {const} */ (['br', 'gz']).map((way) =>
    rowOf(`${name}-${way}`, 'bytes', [{ ours: ours[way], baseline: baseline[way] }]),
  );
}

/** Programs have two names for the same bytes; `integrity.json` lists every file. */
const PINNED = /-[0-9a-f]{12}\.js$/;

async function readParts() {
  const listed = await readFile(new URL('integrity.json', sdk), 'utf8').catch(() => {
    throw new Error('the visitor SDK is not built: npm run build');
  });
  /** @type {Record<string, Sizes>} */
  const parts = {};
  for (const file of Object.keys(JSON.parse(listed).files).filter((name) => PINNED.test(name))) {
    parts[file.replace(PINNED, '')] = sizesOf(await readFile(new URL(file, sdk)));
  }
  return parts;
}

/** @param {string} source */
async function bundle(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: `${root}/visitor-sdk`, loader: 'js' },
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    charset: 'utf8',
    minify: true,
    write: false,
    logLevel: 'error',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild wrote nothing');
  return file.contents;
}

/** @param {Uint8Array} bytes @returns {Sizes} */
function sizesOf(bytes) {
  return {
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
    gz: gzipSync(bytes, { level: 9 }).length,
  };
}

/** @param {Record<string, Sizes>} many */
function sum(many) {
  const all = Object.values(many);
  return {
    br: all.reduce((total, each) => total + each.br, 0),
    gz: all.reduce((total, each) => total + each.gz, 0),
  };
}
