/**
 * `npm test [-- --only=unit,server]`: sets everything up and runs all runners; the last line sums them.
 * `--check` leaves out what needs a browser; `--full` adds what takes long (`*.full.test.ts`, `*.full.spec.ts`).
 * As root it installs the system packages that are missing, after naming them; anybody else is told the command.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { requireNodeVersion } from './node-version.mjs';

requireNodeVersion();
const { runProgram } = await import('./setup-failure.mjs');
const { setUp } = await import('./set-up.mjs');
const { runTests } = await import('./run-tests.mjs');

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

await runProgram(async () => {
  const began = Date.now();
  await setUp(root);
  return runTests({ root, began, ...values });
});
