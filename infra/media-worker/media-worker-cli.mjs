/**
 * Provides the media worker from a shell, or beside a start that does not wait for it:
 * `node infra/media-worker/media-worker-cli.mjs [--yes] [--status-file=PATH]`. Prints the binary's path.
 */
import { rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mayInstallPackages } from '../bootstrap/leave-to-install.mjs';
import { provideMediaWorker } from './provide-media-worker.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: { yes: { type: 'boolean', default: false }, 'status-file': { type: 'string' } },
});
const statusFile = values['status-file'];
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop.abort());
// The start that asked for this may be killed without a word: then the build ends as well.
process.on('disconnect', () => stop.abort());

/** @type {Promise<void>} */
let written = Promise.resolve();

/**
 * The file is replaced in one step each time, since the server reads it whenever it changes.
 * @param {object} status
 */
function report(status) {
  if (statusFile === undefined) return;
  written = written.then(async () => {
    const next = `${statusFile}.next`;
    await writeFile(next, `${JSON.stringify(status)}\n`);
    await rename(next, statusFile);
  });
}

let said = '';
const provided = await provideMediaWorker({
  root,
  mayInstall: mayInstallPackages(values),
  signal: stop.signal,
  onProgress: ({ message, done, total }) => {
    report({ state: 'building', message, ...(done === undefined ? {} : { done, total }) });
    const line = done === undefined ? message : `[${done}/${total}] ${message}`;
    if (line !== said) process.stderr.write(`${line}\n`);
    said = line;
  },
}).catch((error) => ({
  state: /** @type {const} */ ('unavailable'),
  message: String(error?.message ?? error),
}));

if (provided.state === 'ready') {
  report({ state: 'ready', bin: provided.bin });
  process.stdout.write(`${provided.bin}\n`);
} else {
  const remedy = 'command' in provided && provided.command ? `; run: ${provided.command}` : '';
  const [message] = provided.message.split('\n');
  report({ state: 'unavailable', message: `${message}${remedy}` });
  process.stderr.write(`${provided.message}${remedy}\n`);
  process.exitCode = 1;
}
await written;
if (process.connected) process.disconnect();
