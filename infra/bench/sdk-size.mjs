/**
 * Bytes of the visitor SDK, part by part as it is delivered, against what others deliver for the same: rrweb's
 * recorder and mediasoup's client, bundled with the SDK's own settings, and Cobrowse.io's bundle as it comes. What a
 * part does besides (masking, sealing, the panel) is its own weight. Builds are deterministic, and so are these
 * figures: there is one round and no spread.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { cobrowseIo } from './cobrowse-io.mjs';
import { figureOf, rowOf } from './statistics.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sdk = new URL('../../visitor-sdk/dist/sdk/v1/', import.meta.url);

/** What a view loads at its start; the rest of co-browse comes with its first use. */
const CO_BROWSE = ['sharing'];
/** Loaded once an agent is there, whatever they do together: questions, banner and what a view is steered by among it. */
const TOGETHER = ['together'];
/** What is loaded in a call: with it, with the first that is sealed, and with the first shown screen. */
const CALL = ['call', 'sealing', 'share'];

const LIBRARIES = {
  'rrweb-record': "export { record } from '@rrweb/record';",
  'mediasoup-client': "export { Device } from 'mediasoup-client';",
};

/** @param {{ progress: (text: string) => void }} options */
export async function run({ progress }) {
  progress('parts of the SDK');
  const parts = await readParts();
  progress('what others deliver');
  const rrweb = sizesOf(await bundle(LIBRARIES['rrweb-record']));
  const mediasoup = sizesOf(await bundle(LIBRARIES['mediasoup-client']));
  const cobrowse = await cobrowseIo(sizesOf, progress);
  const all = Object.keys(parts);
  const of = (names) => sum(names.map((name) => parts[name]));
  return [
    figureOf('sdk-size/tag-alone/br', 'bytes', [of(['loader']).br]),
    figureOf('sdk-size/panel/br', 'bytes', [of(['panel']).br]),
    ...compare('sdk-size/rrweb-record/co-browse', of(CO_BROWSE), rrweb),
    ...compare(
      'sdk-size/rrweb-record/co-browse-and-what-asks-for-it',
      of([...CO_BROWSE, ...TOGETHER]),
      rrweb,
    ),
    ...compare('sdk-size/mediasoup-client/call', of(['call']), mediasoup),
    ...compare('sdk-size/mediasoup-client/call-and-what-asks-for-it', of([...CALL, ...TOGETHER]), mediasoup),
    ...compare(
      'sdk-size/cobrowse-io/all-but-the-call',
      of(all.filter((name) => !CALL.includes(name))),
      cobrowse,
    ),
    ...compare('sdk-size/cobrowse-io/all', of(all), cobrowse),
    ...all.map((name) => figureOf(`sdk-size/part/${name}-br`, 'bytes', [parts[name].br])),
  ];
}

/** @typedef {{ br: number, gz: number }} Sizes */

/** @param {string} name @param {Sizes | undefined} ours @param {Sizes | undefined} baseline */
function compare(name, ours, baseline) {
  return /** @type {const} */ (['br', 'gz']).map((way) =>
    rowOf(`${name}-${way}`, 'bytes', [{ ours: ours[way], baseline: baseline[way] }]),
  );
}

/** Programs have two names for the same bytes; `integrity.json` lists every file. */
const PINNED = /-[0-9a-f]{12}\.js$/;

/** The largest of each part that a visitor can be given. */
export async function readParts() {
  const listed = await readFile(new URL('integrity.json', sdk), 'utf8').catch(() => {
    throw new Error('the visitor SDK is not built: npm run build');
  });
  /** @type {Record<string, Sizes>} */
  const parts = {};
  for (const file of Object.keys(JSON.parse(listed).files).filter((name) => PINNED.test(name))) {
    // One visitor loads one language: of a part that there is in several, the longest counts.
    const name = file.replace(PINNED, '').replace(/-(?:en|de)$/, '');
    const sizes = sizesOf(await readFile(new URL(file, sdk)));
    if (parts[name] === undefined || parts[name].br < sizes.br) parts[name] = sizes;
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

/** @param {readonly (Sizes | undefined)[]} all */
function sum(all) {
  if (all.some((each) => each === undefined)) throw new Error('a part of the SDK is missing');
  return {
    br: all.reduce((total, each) => total + each.br, 0),
    gz: all.reduce((total, each) => total + each.gz, 0),
  };
}
