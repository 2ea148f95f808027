/**
 * `npm start [-- --yes]`: sets everything up and runs the server. `--yes` allows the installation of system
 * packages, which happens as root only and is announced first.
 */
import { fileURLToPath } from 'node:url';
import { requireNodeVersion } from './node-version.mjs';

requireNodeVersion();
const { runProgram } = await import('./setup-failure.mjs');
const { setUp } = await import('./set-up.mjs');
const { beginMediaWorker } = await import('./ensure-media-worker.mjs');
const { mayInstallPackages } = await import('./leave-to-install.mjs');
const { runServer } = await import('./run-server.mjs');

const root = fileURLToPath(new URL('../..', import.meta.url));
const mayInstall = mayInstallPackages({ yes: process.argv.includes('--yes') });

await runProgram(async () => {
  await setUp(root);
  const worker = await beginMediaWorker({ root, mayInstall });
  try {
    return await runServer({ root, env: { ...process.env, ...worker.env } });
  } finally {
    await worker.stop();
  }
});
