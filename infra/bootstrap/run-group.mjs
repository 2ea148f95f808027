/** Runs a Node program with its output shown, in a process group that ends with it. */
import { spawn } from 'node:child_process';
import { eachLine } from './run-command.mjs';

/**
 * @typedef {object} GroupOptions
 * @property {string} root
 * @property {NodeJS.ProcessEnv} env
 * @property {(line: string) => unknown} [onLine] Given every line of its output as well.
 */

/**
 * What a test leaves running in the group is ended with it, and all of it when this process ends.
 * @param {readonly string[]} args
 * @param {GroupOptions} options
 * @returns {Promise<number | null>} The exit code; nothing when a signal ended it.
 */
export function runGroup(args, { root, env, onLine }) {
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    env,
    stdio: ['ignore', onLine ? 'pipe' : 'inherit', 'inherit'],
    detached: true,
  });
  if (onLine && child.stdout) {
    eachLine(child.stdout, (line) => {
      process.stdout.write(`${line}\n`);
      onLine(line);
    });
  }
  const endGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  };
  process.once('exit', endGroup);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.removeListener('exit', endGroup);
      endGroup();
      resolve(code);
    });
  });
}
