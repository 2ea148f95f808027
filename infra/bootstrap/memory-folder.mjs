/** Where files need no disk: clusters of tests are written, read and forgotten within seconds. */
import { chmod, mkdtemp, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const SHARED = '/dev/shm';
/** Thrice what three clusters at a time and whatever starts beside them take. */
const LEAST_BYTES = 4 * 1024 ** 3;

/**
 * A temporary folder that other accounts may pass through and not look into.
 * @returns {Promise<string | undefined>} Undefined where the system has no such memory, too little, or starts no
 *   program from it.
 */
export async function makeMemoryFolder() {
  const free = await statfs(SHARED).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  if (free < LEAST_BYTES || !(await startsPrograms())) return undefined;
  const folder = await mkdtemp(join(SHARED, 'alongside-test-')).catch(() => undefined);
  if (folder !== undefined) await chmod(folder, 0o711);
  return folder;
}

async function startsPrograms() {
  const mounts = await readFile('/proc/mounts', 'utf8').catch(() => '');
  const options = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, point]) => point === SHARED)?.[3];
  return options !== undefined && !options.split(',').includes('noexec');
}
