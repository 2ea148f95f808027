/**
 * The detectors that need neither root nor a file system of their own: the database as its superuser reads it on a
 * copy, its log of changes, all files with their names, the logs, the browsers' profiles, dumps, and the sinks.
 */

import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { CopiedService } from '../copy/copied-service.js';
import type { Detection } from '../detection.js';
import { Look } from '../detection.js';
import { scanDumps } from '../forensics/dumps.js';
import { clusterOf, scanFiles } from '../forensics/files.js';
import { openForensicServer } from '../forensics/forensic-server.js';
import { scanSql } from '../forensics/sql.js';
import { scanWal } from '../forensics/wal.js';
import type { Observer, RunToObserve } from '../mutants/mutants-options.js';
import { scanSinks } from '../observe/sinks.js';
import type { Scanner } from '../scan/scanner.js';
import { walkFiles } from '../scan/walk-files.js';
import { scanProfiles } from './profiles.js';

/** `scratch` takes the copy of the database that is looked at, apart from what is searched. */
export async function observeFolders(
  { places, sinks, redis }: RunToObserve,
  scratch = tmpdir(),
): Promise<Observer> {
  return {
    wrapper: [],
    whileRunning: async () => [],
    afterwards: async (scanner: Scanner, service: CopiedService) => {
      const found = [
        ...(await scanDatabase(scanner, service, scratch)),
        ...(await scanFiles(scanner, places)),
        await scanProfiles(scanner, places),
        await scanDumps(scanner, [places.dumps, places.temporary, places.home, places.data]),
        await scanSinks(scanner, sinks),
        ...(redis === undefined ? [] : [await scanRedis(scanner, redis.folder)]),
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

async function scanRedis(scanner: Scanner, folder: string): Promise<Detection> {
  const look = new Look(scanner, 'redis');
  const before = scanner.bytesScanned.get('redis') ?? 0;
  await walkFiles(scanner, folder, { detector: 'redis' });
  return { ...look.end(), bytesScanned: (scanner.bytesScanned.get('redis') ?? 0) - before };
}

/** Without `--keep`, nothing of a run outlives its search. */
export async function clearAway(folder: string, keep: boolean): Promise<void> {
  if (!keep) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
