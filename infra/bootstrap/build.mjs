/** `npm run build`: dependencies and a full build, whether or not sources have changed. */
import { fileURLToPath } from 'node:url';
import { requireNodeVersion } from './node-version.mjs';

requireNodeVersion();
const { runProgram } = await import('./setup-failure.mjs');
const { ensureDependencies } = await import('./ensure-dependencies.mjs');
const { buildAll } = await import('./build-all.mjs');
const { step } = await import('./progress.mjs');

const root = fileURLToPath(new URL('../..', import.meta.url));

await runProgram(async () => {
  await step('dependencies', () => ensureDependencies(root));
  await buildAll({ root, minify: !process.argv.includes('--no-minify') });
  return 0;
});
