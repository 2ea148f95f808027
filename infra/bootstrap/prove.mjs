/**
 * `npm run prove [-- --short] [--json FILE] [--keep] [--yes]`: sets everything up and proves on a throw-away copy of
 * this installation that nothing of the page, the voice or the picture is stored. Exits 0 when it is complete and
 * clean, 3 when it is clean and parts could not run, which are named, and 1 otherwise.
 * `npm run prove -- --verify FILE [--key KEY]` checks a report and its signature: 0 where it holds with the key of this
 * installation or the one that is given, 2 where no key is known to ask it by, 1 where it does not hold.
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
    key: { type: 'string' },
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
  const data = ['--data', process.env.DATA_DIR || '.data'];
  if (values.verify !== undefined) {
    const key = values.key === undefined ? [] : ['--key', values.key];
    return runProof(root, ['--verify', resolve(here, values.verify), ...data, ...key]);
  }
  const form = values.short ? 'short' : 'full';
  say(
    `The proof, in its ${form} form: a throw-away copy with data of its own; nothing that runs is touched.`,
  );
  const { mayInstallPackages } = await import('./leave-to-install.mjs');
  const mayInstall = mayInstallPackages(values);
  const { provideProofTools } = await import('./proof-tools.mjs');
  return runProof(root, [
    ...['--form', form, ...data],
    ...(await provideProofTools(root, { form, mayInstall })),
    ...(values.json === undefined ? [] : ['--json', resolve(here, values.json)]),
    ...(values.keep ? ['--keep'] : []),
  ]);
});
