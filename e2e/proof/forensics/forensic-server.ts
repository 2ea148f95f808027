/**
 * A Postgres of the examiner's own on a copy of a stopped cluster: it may read every database as superuser, and
 * looking writes nothing into the files that are evidence themselves.
 */

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientConfig } from 'pg';
import type { Account } from '../../../server/src/app/embedded-postgres/account.js';
import { chooseAccount } from '../../../server/src/app/embedded-postgres/choose-account.js';
import type { PostgresBinaries } from '../../../server/src/app/embedded-postgres/postgres-binaries.js';
import { linkPostgresBinaries } from '../../../server/src/app/embedded-postgres/postgres-binaries.js';
import { childEnvironment, wrap } from '../../../server/src/app/embedded-postgres/run-to-end.js';
import { until } from '../../service/until.js';

const START_MS = 60_000;
const STOP_MS = 20_000;
/** Of the socket's file only: the server listens on no network. */
const PORT = 5432;

export interface ForensicServer {
  /** As superuser, for any database of the cluster. */
  connection(database: string): ClientConfig;
  close(): Promise<void>;
}

/** `cluster` must not be in use. `scratch` holds the copy until `close`. */
export async function openForensicServer(cluster: string, scratch = tmpdir()): Promise<ForensicServer> {
  const folder = await mkdtemp(join(scratch, 'alongside-proof-copy-'));
  try {
    const account = await chooseAccount();
    const binaries = await linkPostgresBinaries(join(folder, 'libraries'), account.owner);
    await copyCluster(cluster, folder, account);
    return await serve(folder, binaries, account);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function copyCluster(cluster: string, folder: string, account: Account): Promise<void> {
  const copy = join(folder, 'cluster');
  await cp(cluster, copy, { recursive: true });
  // The server that wrote it is gone, or was killed: then the copy recovers as the original would.
  await rm(join(copy, 'postmaster.pid'), { force: true });
  // Nobody but whoever may enter the socket's folder reaches the server.
  await writeFile(join(copy, 'pg_hba.conf'), 'local all all trust\n', { mode: 0o600 });
  await mkdir(join(folder, 'socket'));
  await chmod(copy, 0o700);
  if (account.owner === undefined) return;
  await chmod(folder, 0o711);
  for (const name of ['cluster', 'socket']) await giveAway(join(folder, name), account.owner);
}

async function giveAway(folder: string, owner: NonNullable<Account['owner']>): Promise<void> {
  const within = await readdir(folder, { recursive: true });
  for (const path of [folder, ...within.map((name) => join(folder, name))]) {
    await chown(path, owner.uid, owner.gid);
  }
}

async function serve(folder: string, binaries: PostgresBinaries, account: Account): Promise<ForensicServer> {
  const socket = join(folder, 'socket');
  const args = ['-D', join(folder, 'cluster'), ...settings(socket)];
  const run = wrap({ command: binaries.postgres, args, account });
  const child = spawn(run.command, run.args, {
    env: childEnvironment(binaries.libraryFolder),
    // What it says of the data it recovers is said to nobody.
    stdio: 'ignore',
    cwd: '/',
    ...account.identity,
  });
  child.on('error', () => undefined);
  const close = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until('the examiner’s Postgres', () => isReady(folder, child), START_MS);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    connection: (database) => ({ host: socket, port: PORT, user: 'postgres', database }),
    close,
  };
}

/** Nothing runs by itself, so that what is dead in the copy stays where it is. */
function settings(socket: string): readonly string[] {
  const wanted = {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    port: String(PORT),
    autovacuum: 'off',
    fsync: 'off',
    io_method: 'worker',
    log_min_messages: 'panic',
    logging_collector: 'off',
    // A recovery must not clear away what is to be read.
    wal_keep_size: '2GB',
    wal_recycle: 'off',
    shared_buffers: '64MB',
    // Pages of the log are read into memory, and nothing of them is laid down anew.
    work_mem: '256MB',
  };
  return Object.entries(wanted).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function isReady(folder: string, child: ChildProcess): Promise<boolean> {
  if (hasEnded(child)) throw new Error('The examiner’s Postgres does not start on the copy of the cluster.');
  const text = await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8').catch(() => '');
  return text.split('\n')[7]?.trim() === 'ready';
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  const forced = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(forced);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
