/** The worker that mediasoup's project publishes for this platform, fetched by mediasoup's own install script. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runCommand } from '../bootstrap/run-command.mjs';

const LOOK_EACH_MS = 500;
const SILENT_LIMIT_MS = 15_000;

/**
 * The script works relative to its current folder, so the package itself is left untouched. What it would do
 * after a failed download, a build with tools from the internet, is prevented: this project builds itself.
 * @param {{ mediasoupFolder: string, workFolder: string, signal: AbortSignal }} options
 * @returns {Promise<string | undefined>} The binary, not yet verified; nothing when it could not be had.
 */
export async function fetchPrebuilt({ mediasoupFolder, workFolder, signal }) {
  await mkdir(workFolder, { recursive: true });
  const bin = join(workFolder, 'worker', 'out', 'Release', 'mediasoup-worker');
  const giveUp = new AbortController();
  const ended = new AbortController();
  let failed = false;
  const run = runCommand(process.execPath, [join(mediasoupFolder, 'npm-scripts.mjs'), 'postinstall'], {
    cwd: workFolder,
    env: scriptEnvironment(),
    signal: AbortSignal.any([signal, giveUp.signal]),
    onLine: (line) => {
      if (line.includes('downloadPrebuiltWorker() | failed') || line.includes('building it locally')) {
        failed = true;
        giveUp.abort();
      }
    },
  });
  const watch = stopWhenSilent(bin, { giveUp, ended: ended.signal });
  const { ok } = await run;
  ended.abort();
  await watch;
  return ok && !failed && (await sizeOf(bin)) > 0 ? bin : undefined;
}

// A Python that is none makes the script's own build fail at once, should it come to that.
function scriptEnvironment() {
  const { MEDIASOUP_LOCAL_DEV: _, MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: __, ...rest } = process.env;
  return { ...rest, PYTHON: 'no-python-here' };
}

/**
 * Networks that drop packets without an answer would hold a start up for minutes: when nothing has arrived for
 * a while, the attempt ends. A slow download that does proceed may take its time.
 * @param {string} file What grows while the download proceeds.
 * @param {{ giveUp: AbortController, ended: AbortSignal }} control
 */
async function stopWhenSilent(file, { giveUp, ended }) {
  let size = 0;
  let changedAt = Date.now();
  while (!ended.aborted) {
    await wait(LOOK_EACH_MS, undefined, { signal: ended }).catch(() => undefined);
    const now = await sizeOf(file);
    if (now !== size) {
      size = now;
      changedAt = Date.now();
    } else if (Date.now() - changedAt > SILENT_LIMIT_MS) {
      giveUp.abort();
      return;
    }
  }
}

/** @param {string} file */
async function sizeOf(file) {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}
