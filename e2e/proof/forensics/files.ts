/** Reads everything that lies in the places a service may write to: contents, names, links, attributes and logs. */

import { join } from 'node:path';
import type { Detection } from '../detection.js';
import { Look } from '../detection.js';
import type { Scanner } from '../scan/scanner.js';
import { type WalkOptions, walkFiles } from '../scan/walk-files.js';
import type { WritablePlaces } from '../service-under-proof.js';

/** Of the embedded Postgres, below its data folder. */
export const clusterOf = ({ data }: WritablePlaces): string => join(data, 'postgres', 'cluster');

/**
 * Of the detectors `files`, `logs` and `names`. The log of changes belongs to `wal` and the browsers' profiles to
 * theirs; everything else below the root belongs to one of these, also what nobody has given a place.
 */
export async function scanFiles(
  scanner: Scanner,
  places: WritablePlaces,
  asked: Pick<WalkOptions, 'attributes'> = {},
): Promise<readonly Detection[]> {
  const looks = {
    files: new Look(scanner, 'files'),
    logs: new Look(scanner, 'logs'),
    names: new Look(scanner, 'names'),
  };
  const before = new Map(scanner.bytesScanned);
  const ownLogs = new Set([places.logs, join(places.data, 'postgres', 'postgres.log')]);
  const left = new Set([places.profiles, join(clusterOf(places), 'pg_wal')]);
  const walks = [
    await walkFiles(scanner, places.root, {
      ...asked,
      detector: 'files',
      skips: (path) => left.has(path) || ownLogs.has(path),
    }),
    await walkFiles(scanner, places.logs, { ...asked, detector: 'logs' }),
  ];
  await looks.logs.file(join(places.data, 'postgres', 'postgres.log'), 'postgres.log');
  if (!walks.every(({ attributesRead }) => attributesRead)) {
    looks.names.notRun('names: extended attributes', 'getfattr is missing or failed (package attr)');
  }
  return (['files', 'logs', 'names'] as const).map((name) => ({
    ...looks[name].end(),
    bytesScanned: (scanner.bytesScanned.get(name) ?? 0) - (before.get(name) ?? 0),
  }));
}
