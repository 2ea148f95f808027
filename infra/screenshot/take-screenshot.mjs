/**
 * Sets everything up and makes the README's picture of visitor and console side by side, with the real service behind
 * both: `node infra/screenshot/take-screenshot.mjs`. With `--all` also every screen, in light and dark, into
 * `e2e/test-results/screens`.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNodeVersion } from '../bootstrap/node-version.mjs';

requireNodeVersion();
const { ensureChromium } = await import('../bootstrap/ensure-chromium.mjs');
const { requireMediaWorker } = await import('../bootstrap/ensure-media-worker.mjs');
const { mayInstallPackages } = await import('../bootstrap/leave-to-install.mjs');
const { say } = await import('../bootstrap/progress.mjs');
const { runGroup } = await import('../bootstrap/run-group.mjs');
const { runProgram } = await import('../bootstrap/setup-failure.mjs');
const { setUp } = await import('../bootstrap/set-up.mjs');

const root = fileURLToPath(new URL('../..', import.meta.url));
const only = process.argv.includes('--all') ? [] : ['side-by-side'];

await runProgram(async () => {
  await setUp(root);
  const mayInstall = mayInstallPackages({ yes: process.argv.includes('--yes') });
  const env = {
    ...process.env,
    MEDIASOUP_WORKER_BIN: await requireMediaWorker({ root, mayInstall }),
    CHROMIUM_BIN: await ensureChromium((line) => say(`  ${line}`)),
  };
  const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const args = [playwright, 'test', '-c', 'infra/screenshot/playwright.config.mjs', ...only];
  return (await runGroup(args, { root, env })) ?? 1;
});
