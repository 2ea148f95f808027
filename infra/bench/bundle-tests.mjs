/** Parts of the server's tests for a bench: bundled from the sources, the packages of others outside of the bundle. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleText } from './browser-pages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {string} name Of a module in `server/test`, which finds its neighbours as if it lay there.
 * @param {string} folder Below the root, so that packages are found.
 * @returns {Promise<string>} The address to import it by.
 */
export async function bundleTests(name, folder) {
  const source = join(root, 'server', 'test', `${name}.ts`);
  const text = await bundleText(`export * from './server/test/${name}.ts';`, {
    platform: 'node',
    format: 'esm',
    target: 'node20',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(source).href) },
    plugins: [othersOutside],
  });
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, text);
  return pathToFileURL(file).href;
}

const othersOutside = {
  name: 'others-outside',
  setup(build) {
    build.onResolve({ filter: /^[a-z@]/ }, ({ path }) =>
      path.startsWith('@alongside/') ? undefined : { path, external: true },
    );
  },
};
