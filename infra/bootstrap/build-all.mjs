/** Everything that is compiled and bundled, in order, each step with its time. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { step } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { SetupFailure } from './setup-failure.mjs';

const PROJECTS = [
  'packages/protocol',
  'packages/engagement',
  'packages/transfer',
  'packages/frames',
  'server/src/app',
];
/** Each exports `build({ minify })`. */
const BUNDLES = [
  'visitor-sdk/build.mjs',
  'agent-console/build.mjs',
  // Started once for what it compiles to, with the pages that it serves.
  'server/bundle.mjs',
  'infra/demo-shop/build.mjs',
  'e2e/build.mjs',
];

/** @param {{ root: string, minify: boolean }} options */
export async function buildAll({ root, minify }) {
  await step('compile packages and server', () => compile(root, ['-b', ...PROJECTS]));
  for (const bundle of BUNDLES.filter((path) => existsSync(join(root, path)))) {
    const { build } = await import(pathToFileURL(join(root, bundle)).href);
    await step(`bundle ${bundle.slice(0, bundle.lastIndexOf('/'))}`, () => build({ minify }));
  }
}

/**
 * @param {string} root
 * @param {readonly string[]} args
 */
async function compile(root, args) {
  const run = (/** @type {readonly string[]} */ words) =>
    runCommand(process.execPath, [compilerPath(root), ...words], { cwd: root });
  // A failed incremental compile leaves errors behind that a mended file does not clear, so a failure is
  // believed only when everything was compiled anew.
  const first = await run(args);
  const { ok, tail } = first.ok ? first : await run([...args, '--force']);
  if (!ok) throw new SetupFailure('the sources do not compile', 'The compiler says why, above.', tail);
}

/** @param {string} root */
export function compilerPath(root) {
  return join(root, 'node_modules', 'typescript', 'bin', 'tsc');
}
