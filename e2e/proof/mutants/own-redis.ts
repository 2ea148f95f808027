/** A Redis of the run's own, where the machine has one: with a user for `live` as the design wants it, or without. */

import { spawn } from 'node:child_process';
import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { findFreePorts } from '../../service/free-ports.js';
import { until } from '../../service/until.js';
import { newToken } from '../scan/new-canary.js';

export interface OwnRedis {
  readonly port: number;
  /** Of the user `live`. */
  readonly password: string;
  /** Of the user `proof`, who may read everything. */
  readonly proofPassword: string;
  /** Where its files would lie. */
  readonly folder: string;
  stop(): Promise<void>;
}

const PROGRAM = '/usr/bin/redis-server';
/** It may publish and subscribe, and nothing that keeps a value. */
const PUBLISHER =
  'resetkeys &alongside:* -@all +publish +subscribe +psubscribe +unsubscribe +punsubscribe +ping';
const ANYTHING = '~* &* +@all';

export function hasRedis(): Promise<boolean> {
  return access(PROGRAM, constants.X_OK).then(
    () => true,
    () => false,
  );
}

export async function startOwnRedis(folder: string, rights: 'publisher' | 'anything'): Promise<OwnRedis> {
  await mkdir(folder, { recursive: true });
  const [port = 0] = await findFreePorts(1);
  const [password, proofPassword] = [newToken(), newToken()];
  const users = [
    `user live on >${password} ${rights === 'publisher' ? PUBLISHER : ANYTHING}`,
    `user proof on >${proofPassword} ~* &* +@all`,
    'user default off',
  ];
  const aclFile = join(folder, 'users.acl');
  await writeFile(aclFile, `${users.join('\n')}\n`, { mode: 0o600 });
  const settings = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--aclfile', aclFile];
  // As a Redis that keeps: what reached it must be found in its files as well.
  const kept = ['--save', '1 1', '--appendonly', 'yes', '--daemonize', 'no'];
  const child = spawn(PROGRAM, [...settings, ...kept].map(String), { cwd: folder, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
  };
  try {
    await until('an own Redis', () => {
      if (child.exitCode !== null) throw new Error(`Redis ended with ${child.exitCode}.`);
      return answers(port);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, password, proofPassword, folder, stop };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
