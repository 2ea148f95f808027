/** Runs the built server in the foreground: its output is ours, signals are passed on once, its exit code is ours. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { MAIN } from './ensure-build.mjs';
import { say } from './progress.mjs';
import { takeSignals } from './take-signals.mjs';

// npm passes Ctrl-C on as well, so that it arrives twice: what comes within this time is the same one.
const SAME_SIGNAL_MS = 1_000;

/**
 * The server has a process group of its own, so that the terminal's Ctrl-C comes to it through here and once;
 * by the channel it notices when this process is killed, and ends as well.
 * @param {{ root: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} Its exit code.
 */
export function runServer({ root, env }) {
  const child = spawn(process.execPath, [join(root, MAIN)], {
    cwd: root,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  let firstAt = 0;
  const release = takeSignals((signal) => {
    const now = Date.now();
    if (firstAt === 0) {
      firstAt = now;
      child.kill(signal);
    } else if (now - firstAt > SAME_SIGNAL_MS) {
      say('alongside: ended by force; the next start recovers what was open.');
      child.kill('SIGKILL');
    }
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      release();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
