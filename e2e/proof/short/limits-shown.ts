/** Which limits bind `live` and what it starts, read from outside: from the kernel and from its command line. */

import { readdir, readFile } from 'node:fs/promises';
import { writableMounts } from '../../../server/src/app/writable-mounts.js';
import type { CopiedService } from '../copy/copied-service.js';
import { canHaveMounts } from '../mutants/machine-needs.js';
import { closedToDebuggers } from '../observe/debugger-port.js';
import type { LimitShown } from '../report/proof-outcome.js';

const NOBODY = 65_534;
const ONLY_BY_ROOT = 'not here: only a start by root';

export async function readLimits(service: CopiedService): Promise<readonly LimitShown[]> {
  if (process.platform !== 'linux') {
    return [{ name: 'limits of the system', inForce: false, reason: 'not here: only Linux has them' }];
  }
  const live = await service.pid('live');
  const all = [live, ...(await childrenOf(live))];
  const limits = await Promise.all(all.map((pid) => readFile(`/proc/${pid}/limits`, 'utf8')));
  const status = await Promise.all(all.map((pid) => readFile(`/proc/${pid}/status`, 'utf8')));
  const mounts = await Promise.all(all.map((pid) => readFile(`/proc/${pid}/mountinfo`, 'utf8')));
  const [command, environment] = await Promise.all(
    ['cmdline', 'environ'].map(async (name) => (await readFile(`/proc/${live}/${name}`, 'utf8')).split('\0')),
  );
  const flags = command ?? [];
  const names = (environment ?? []).map((each) => each.split('=')[0] ?? '');
  const isRoot = process.getuid?.() === 0;
  return [
    limit(
      'no file may grow',
      limits.every((text) => /^Max file size\s+0\s+0\s/m.test(text)),
    ),
    limit(
      'no core is left',
      limits.every((text) => /^Max core file size\s+0\s+0\s/m.test(text)),
    ),
    {
      ...limit(
        'an account that owns nothing',
        status.every((text) => uidsOf(text).every((uid) => uid === NOBODY)),
      ),
      ...(isRoot ? {} : { reason: `${ONLY_BY_ROOT} gives it an account of its own` }),
    },
    {
      ...limit(
        'no file system that takes a file',
        mounts.every((text) => writableMounts(text).length === 0),
      ),
      ...((await canHaveMounts()) ? {} : { reason: `${ONLY_BY_ROOT} that may have mounts of its own` }),
    },
    limit('no capability of the system', !isRoot || status.every((text) => /^CapEff:\s+0+$/m.test(text))),
    limit(
      'no new privileges',
      status.every((text) => /^NoNewPrivs:\s+1$/m.test(text)),
    ),
    limit(
      'Node’s permission model',
      flags.some((flag) => /^--(experimental-)?permission$/.test(flag)),
    ),
    limit(
      'no permission to write, for threads or for add-ons',
      !flags.some((flag) => /^--allow-(fs-write|worker|addons|wasi)/.test(flag)),
    ),
    limit(
      'nothing of a database in its environment',
      !names.some((name) => /^(DATABASE|PG|POSTGRES|JOURNAL)/.test(name)),
    ),
    await closedToDebuggers(service),
    limit('no io_uring', (environment ?? []).includes('UV_USE_IO_URING=0')),
  ];
}

/** The short form needs no root: what only root can show is none of it, and its report says so. */
export function shownWithoutRoot({ inForce, reason = '' }: LimitShown): boolean {
  return inForce || !reason.startsWith(ONLY_BY_ROOT);
}

function limit(name: string, inForce: boolean): LimitShown {
  return { name, inForce };
}

function uidsOf(status: string): readonly number[] {
  return (/^Uid:\s+(.+)$/m.exec(status)?.[1] ?? '').split(/\s+/).map(Number);
}

async function childrenOf(parent: number): Promise<readonly number[]> {
  const found: number[] = [];
  for (const name of (await readdir('/proc')).filter((each) => /^\d+$/.test(each))) {
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    if (status.includes(`\nPPid:\t${parent}\n`)) found.push(Number(name));
  }
  return found;
}
