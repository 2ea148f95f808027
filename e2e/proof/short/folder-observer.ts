/**
 * The detectors that need neither root nor a file system of their own: the database as its superuser reads it on a
 * copy, its log of changes, all files with their names, the logs, the browsers' profiles, dumps, and the sinks.
 */

import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { CopiedService } from '../copy/copied-service.js';
import type { Detection } from '../detection.js';
import { scanDumps } from '../forensics/dumps.js';
import { clusterOf, scanFiles } from '../forensics/files.js';
import { openForensicServer } from '../forensics/forensic-server.js';
import type { RedisOfRun } from '../forensics/redis.js';
import { scanRedisFiles, scanRunningRedis } from '../forensics/redis.js';
import { scanSql } from '../forensics/sql.js';
import { scanWal } from '../forensics/wal.js';
import type { Observer, RunToObserve } from '../mutants/mutants-options.js';
import type { OwnRedis } from '../mutants/own-redis.js';
import { scanSinks } from '../observe/sinks.js';
import type { Scanner } from '../scan/scanner.js';
import { scanProfiles } from './profiles.js';

export interface FolderOptions {
  /** Takes the copy of the database that is looked at, apart from what is searched. */
  readonly scratch?: string;
  /** Attributes of files, which a program of the system has to read: the full form asks for them. */
  readonly attributes?: false;
}

export async function observeFolders(
  { places, sinks, redis }: RunToObserve,
  { scratch = tmpdir(), ...asked }: FolderOptions = { attributes: false },
): Promise<Observer> {
  return {
    wrapper: [],
    whileRunning: async (scanner) =>
      redis === undefined ? [] : [await scanRunningRedis(scanner, redisOf(redis))],
    afterwards: async (scanner: Scanner, service: CopiedService) => {
      const found = [
        ...(await scanDatabase(scanner, service, scratch)),
        ...(await scanFiles(scanner, places, asked)),
        await scanProfiles(scanner, places, asked),
        await scanDumps(scanner, [places.dumps, places.temporary, places.home, places.data]),
        await scanSinks(scanner, sinks),
        ...(redis === undefined ? [] : [await scanRedisFiles(scanner, redisOf(redis))]),
      ];
      return found;
    },
    close: async () => undefined,
  };
}

export async function scanDatabase(
  scanner: Scanner,
  { places }: CopiedService,
  scratch: string,
): Promise<readonly Detection[]> {
  const cluster = clusterOf(places);
  const server = await openForensicServer(cluster, scratch);
  try {
    const sql = await scanSql(scanner, {
      database: 'postgres',
      connection: (name) => server.connection(name),
    });
    return [sql, await scanWal(scanner, { cluster, server })];
  } finally {
    await server.close();
  }
}

function redisOf({ port, proofPassword, folder }: OwnRedis): RedisOfRun {
  return { port, folder, account: { user: 'proof', password: proofPassword } };
}

/** Without `--keep`, nothing of a run outlives its search. */
export async function clearAway(folder: string, keep: boolean): Promise<void> {
  if (!keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
