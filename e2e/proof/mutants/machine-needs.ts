/** What this machine has of what some mutants need. */

import { execFile } from 'node:child_process';
import { access, constants, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { whyNoArena } from '../arena/open-arena.js';
import { whyNot as whyNotTraced } from '../observe/writes.js';
import type { Need } from './mutant.js';
import { hasRedis } from './own-redis.js';

/** For the report, of a mutant that was not run. */
export const reasons: Readonly<Record<Need, string>> = {
  redis: 'there is no redis-server (package redis-server)',
  perl: 'there is no perl (package perl-base)',
  cores: 'the system gives cores to a collector of its own, or this account may not have any',
  root: 'only a start by root gives `live` another account than that of the files',
  mounts: 'only a start by root, where the system lets root have mounts of its own, gives them to `live`',
  tcpdump: 'there is no tcpdump (package tcpdump)',
  calls: 'there is no media worker, so that no call can be made',
  strace: 'no strace (package strace) may trace a process here',
  io_uring: 'the system has no io_uring for programs',
  arena:
    'only root, where the system lets it have mounts and a network of its own and an image of its own as a medium',
};

export async function missingNeeds(mediaWorkerBin: string | undefined): Promise<ReadonlySet<Need>> {
  const missing = new Set<Need>();
  if (mediaWorkerBin === undefined) missing.add('calls');
  if (!(await hasRedis())) missing.add('redis');
  if (!(await isProgram('/usr/bin/perl'))) missing.add('perl');
  if (!(await isProgram('/usr/bin/tcpdump'))) missing.add('tcpdump');
  if (!(await coresFall())) missing.add('cores');
  if (process.getuid?.() !== 0) missing.add('root');
  if (!(await canHaveMounts())) missing.add('mounts');
  if ((await whyNotTraced()) !== undefined) missing.add('strace');
  if (!(await hasRing())) missing.add('io_uring');
  if ((await whyNoArena()) !== undefined) missing.add('arena');
  return missing;
}

/** Tried, since containers often refuse it to root as well. */
export function canHaveMounts(): Promise<boolean> {
  if (process.getuid?.() !== 0) return Promise.resolve(false);
  return promisify(execFile)('unshare', ['--mount', '--propagation', 'private', '--', 'true']).then(
    () => true,
    () => false,
  );
}

/** Tried as Node itself does it: the system may have it switched off, or keep it from containers. */
function hasRing(): Promise<boolean> {
  const program = `require('node:fs').promises.stat('/').then(() => {
    const fs = require('node:fs');
    const links = fs.readdirSync('/proc/self/fd').map((fd) => { try { return fs.readlinkSync('/proc/self/fd/' + fd); } catch { return ''; } });
    process.exit(links.some((link) => link.includes('io_uring')) ? 0 : 1);
  });`;
  const env = { PATH: '/usr/bin:/bin', UV_USE_IO_URING: '1' };
  return promisify(execFile)(process.execPath, ['-e', program], { env }).then(
    () => true,
    () => false,
  );
}

/** A pattern of a plain name lets a core fall into the folder of its process; changing it is the system's affair. */
async function coresFall(): Promise<boolean> {
  const pattern = (await readFile('/proc/sys/kernel/core_pattern', 'utf8').catch(() => '|')).trim();
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const [, hard = '0'] = /^Max core file size\s+\S+\s+(\S+)/m.exec(limits) ?? [];
  return /^[^|/]+$/.test(pattern) && hard !== '0';
}

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
