/**
 * `npm run prove [-- --short] [--json FILE] [--keep] [--yes]`: sets everything up and proves on a throw-away copy of
 * this installation that nothing of the page, the voice or the picture is stored. Exits 0 when it is complete and
 * clean, 3 when it is clean and parts could not run, which are named, and 1 otherwise.
 * `npm run prove -- --verify FILE` checks a report and its signature.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { requireNodeVersion } from './node-version.mjs';

requireNodeVersion();
const { runProgram } = await import('./setup-failure.mjs');
const { setUp } = await import('./set-up.mjs');
const { say } = await import('./progress.mjs');

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
    keep: { type: 'boolean', default: false },
    verify: { type: 'string' },
    yes: { type: 'boolean', default: false },
  },
});
// The proof runs in the project's folder, and files are named from where the person is.
const here = process.env.INIT_CWD ?? process.cwd();

await runProgram(async () => {
  if (values.short && values.full) {
    process.stderr.write('alongside: --short and --full are two forms. Choose one.\n');
    return 1;
  }
  await setUp(root);
  const { runProof } = await import('./run-proof.mjs');
  if (values.verify !== undefined) return runProof(root, ['--verify', resolve(here, values.verify)]);
  const form = values.short ? 'short' : 'full';
  say(
    `The proof, in its ${form} form: a throw-away copy with data of its own; nothing that runs is touched.`,
  );
  const { mayInstallPackages } = await import('./leave-to-install.mjs');
  const mayInstall = mayInstallPackages(values);
  const { provideProofTools } = await import('./proof-tools.mjs');
  return runProof(root, [
    ...['--form', form, '--data', process.env.DATA_DIR || '.data'],
    ...(await provideProofTools(root, { form, mayInstall })),
    ...(values.json === undefined ? [] : ['--json', resolve(here, values.json)]),
    ...(values.keep ? ['--keep'] : []),
  ]);
});
