/** The media worker for a start, which does not wait for it, and for a test run, which does. */
import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findMediaWorker, provideMediaWorker } from '../media-worker/provide-media-worker.mjs';
import { say } from './progress.mjs';
import { eachLine } from './run-command.mjs';
import { SetupFailure } from './setup-failure.mjs';
import { isRoot } from './system-packages.mjs';

const CLI = fileURLToPath(new URL('../media-worker/media-worker-cli.mjs', import.meta.url));

/**
 * Tells the server where the worker is, or where to read when it will be there. The file holds one object,
 * `{state: 'building' | 'ready' | 'unavailable', bin?, done?, total?, message?}`, replaced in one step.
 * @param {{ root: string, mayInstall: boolean, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> }>}
 */
export async function beginMediaWorker({ root, mayInstall, env = process.env }) {
  // A build of minutes for calls that nobody wants; any other word is refused by the server itself.
  if (env.CALLS === 'off') return settled({});
  const found = await findMediaWorker({ root, env });
  if (found?.state === 'ready') return settled({ MEDIASOUP_WORKER_BIN: await reachable(root, found.bin) });
  if (found) throw new SetupFailure(found.message, 'Correct it, or unset it to have the worker provided.');
  const statusFile = await openStatusFile(resolve(root, env.DATA_DIR || '.data'));
  const child = spawn(
    process.execPath,
    [CLI, `--status-file=${statusFile}`, ...(mayInstall ? ['--yes'] : [])],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Ctrl-C is passed on by this process, once.
      detached: true,
      env,
    },
  );
  let stopping = false;
  /** @type {Promise<void>} */
  const ended = new Promise((end) => {
    child.once('close', (code) => {
      if (code !== 0 && !stopping) say('  media worker: calls stay off; everything else runs.');
      end();
    });
  });
  eachLine(/** @type {import('node:stream').Readable} */ (child.stderr), tellSome());
  const stop = async () => {
    stopping = true;
    child.kill('SIGTERM');
    await ended;
  };
  return { env: { MEDIA_WORKER_STATUS_FILE: statusFile }, stop };
}

/** @param {Record<string, string>} env */
function settled(env) {
  return { env, stop: async () => undefined };
}

/**
 * Beside the data of this installation: another one of the same checkout has its own.
 * @param {string} dataFolder
 */
async function openStatusFile(dataFolder) {
  const file = join(dataFolder, 'media-worker-status.json');
  try {
    await mkdir(dataFolder, { recursive: true });
    await writeFile(file, `${JSON.stringify({ state: 'building' })}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupFailure(
      `the data folder cannot be written (${reason})`,
      'Set DATA_DIR to a folder that can be made and written.',
    );
  }
  return file;
}

/**
 * Waits for it; its absence is a failure.
 * @param {{ root: string, mayInstall: boolean }} options
 * @returns {Promise<string>}
 */
export async function requireMediaWorker({ root, mayInstall }) {
  const tell = tellSome();
  const provided = await provideMediaWorker({
    root,
    mayInstall,
    onProgress: ({ message, done, total }) => tell(done ? `[${done}/${total}] ${message}` : message),
  });
  if (provided.state === 'ready') return reachable(root, provided.bin);
  if (!provided.command)
    throw new SetupFailure(provided.message, 'See infra/media-worker for the three ways.');
  const leave = isRoot() && !mayInstall ? ' (or add -- --yes, which does it)' : '';
  throw new SetupFailure(provided.message, `Run: ${provided.command}${leave}`);
}

/** Build tools print hundreds of lines: every tenth of the work is enough. */
function tellSome() {
  let last = '';
  return (/** @type {string} */ line) => {
    const [, done, total] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? [];
    const tenth = done === undefined ? line : String(Math.floor((10 * Number(done)) / Number(total)));
    if (tenth !== last) say(`  media worker: ${line}`);
    last = tenth;
  };
}

/**
 * The process that uses the worker gives up root's rights, and root's home is closed to others: so for a start
 * by root a copy lies beside the server's own files, which that process must be able to read anyway.
 * @param {string} root
 * @param {string} bin
 */
async function reachable(root, bin) {
  if (!isRoot()) return bin;
  const copy = join(root, 'server', 'dist', 'media-worker', 'mediasoup-worker');
  const [there, original] = await Promise.all([stat(copy).catch(() => undefined), stat(bin)]);
  if (there?.size === original.size && there.mtimeMs >= original.mtimeMs) return copy;
  await mkdir(dirname(copy), { recursive: true });
  const arriving = `${copy}.${process.pid}`;
  await copyFile(bin, arriving);
  await chmod(arriving, 0o755);
  await rename(arriving, copy);
  return copy;
}
