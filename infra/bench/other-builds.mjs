/** Builds of the frames package that leave something out, to show what it costs. */
import { readFile } from 'node:fs/promises';

/** Frames that are not sealed: the plain body, and nothing behind it. */
export const withoutSealing = otherwise('sealing.ts', [
  ['export const SEAL_BYTES = 16;', 'export const SEAL_BYTES = 0;'],
  ['await crypto.subtle.encrypt(parameters(parts.header, context), key, parts.plain)', 'parts.plain'],
  [
    'new Uint8Array(await crypto.subtle.decrypt(algorithm, key, frame.subarray(length)))',
    '(algorithm, frame.slice(length))',
  ],
]);

/** Bodies that are as long as what is in them. */
export const withoutPadding = otherwise('frame-body.ts', [
  ['return Math.ceil(length / step) * step;', 'return length;'],
]);

/**
 * @param {string} file of the frames package
 * @param {readonly (readonly [string, string])[]} changes Each has to be found, or the build is another one than meant.
 * @returns {import('esbuild').Plugin}
 */
function otherwise(file, changes) {
  return {
    name: `other-${file}`,
    setup(build) {
      build.onLoad(
        { filter: new RegExp(`packages/frames/src/${file.replace('.', '\\.')}$`) },
        async ({ path }) => {
          let contents = await readFile(path, 'utf8');
          for (const [from, to] of changes) {
            if (!contents.includes(from)) throw new Error(`${file} does otherwise now`);
            contents = contents.replace(from, to);
          }
          return { contents, loader: 'ts' };
        },
      );
    },
  };
}
