/**
 * Which limits bind this process, found by looking from inside and not by what somebody meant to apply: shown by
 * `/health` and by the start.
 */

import { readFile } from 'node:fs/promises';
import type { LimitInForce } from '../live/index.js';
import { environment } from './config.js';
import { writableMounts } from './writable-mounts.js';

/** `ownAccount`: whether the supervisor gave it an account apart from its own. */
export async function limitsInForce(ownAccount: boolean): Promise<readonly LimitInForce[]> {
  const [table, status, mounts] = await Promise.all(
    ['limits', 'status', 'mountinfo'].map((name) =>
      readFile(`/proc/self/${name}`, 'utf8').catch(() => undefined),
    ),
  );
  const env = environment();
  const hasDatabase = Object.keys(env).some((name) => /^(DATABASE|PG|POSTGRES)/.test(name));
  return [
    resourceLimit('file size 0', table, 'Max file size'),
    resourceLimit('no core dumps', table, 'Max core file size'),
    permissionModel(),
    check('no new privileges', /^NoNewPrivs:\s+1$/m.test(status ?? ''), 'it was started without setpriv'),
    check('a user that owns nothing', ownAccount && isNobody(), 'it runs as whoever started it'),
    writableFileSystems(mounts),
    check('no database address', !hasDatabase, 'its environment names a database'),
    check('no io_uring', env.UV_USE_IO_URING === '0', 'UV_USE_IO_URING is not 0'),
  ];
}

function resourceLimit(name: string, table: string | undefined, row: string): LimitInForce {
  if (table === undefined)
    return { name, inForce: false, reason: 'only Linux tells, or it was started alone' };
  const line = table.split('\n').find((each) => each.startsWith(row));
  return check(name, /\s0\s+0\s/.test(line ?? ''), 'it was started without prlimit');
}

function permissionModel(): LimitInForce {
  const name = "Node's permission to write";
  // Absent unless the process was started with the permission model.
  const permission: { has(scope: string): boolean } | undefined = process.permission;
  const inForce = permission !== undefined && !permission.has('fs.write');
  return check(`${name} withheld`, inForce, 'it was started without the permission model');
}

function writableFileSystems(table: string | undefined): LimitInForce {
  const name = 'no writable file system';
  if (table === undefined) return { name, inForce: false, reason: 'only Linux tells' };
  const found = writableMounts(table);
  return check(
    name,
    found.length === 0,
    `${found.length} take files, the first of them at ${found[0] ?? ''}`,
  );
}

function isNobody(): boolean {
  return process.getuid?.() === 65_534;
}

function check(name: string, inForce: boolean, reason: string): LimitInForce {
  return inForce ? { name, inForce } : { name, inForce, reason };
}
