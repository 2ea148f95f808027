/** The detectors of the full form: those that need no rights, and those that watch the processes while they run. */

import { FRAMES_PATH } from '../../../server/src/live/frames-endpoint.js';
import type { Detection, PartNotRun } from '../detection.js';
import { scanSql, sqlSourceOf } from '../forensics/sql.js';
import type { Observer, RunToObserve } from '../mutants/mutants-options.js';
import { type WritesWatch, watchWrites } from '../observe/writes.js';
import { observeFolders } from '../short/folder-observer.js';

export async function observeFully(run: RunToObserve, scratch: string): Promise<Observer> {
  const folders = await observeFolders(run, scratch);
  const writes = await watchWrites(run.places);
  const watched = isWatch(writes) ? writes : undefined;
  const notRun = isWatch(writes) ? [] : [writes];
  return {
    wrapper: watched?.wrapper ?? [],
    started: async ({ origins }) =>
      watched?.sessionAt({
        livePort: Number(new URL(origins.live).port),
        framesPath: FRAMES_PATH,
        pagePorts: [],
      }),
    whileRunning: async (scanner, service) => {
      // Rows that are gone when the database stops, as of temporary tables; what its role may not read is read after.
      const seen = await scanSql(scanner, sqlSourceOf(service.databaseUrl));
      return [{ ...seen, partsNotRun: [] }];
    },
    afterwards: async (scanner, service) => {
      await watched?.ended();
      const stored = await folders.afterwards(scanner, service);
      return [
        ...stored,
        ...(watched === undefined ? [] : [await seenWrites(watched, scanner)]),
        missing(notRun),
      ];
    },
    close: async () => {
      await watched?.close();
      await folders.close();
    },
  };
}

function isWatch(watch: WritesWatch | PartNotRun): watch is WritesWatch {
  return 'wrapper' in watch;
}

/** A watch that has not even seen the session was blind, and proves nothing. */
async function seenWrites(
  watch: WritesWatch,
  scanner: Parameters<WritesWatch['scan']>[0],
): Promise<Detection> {
  const seen = await watch.scan(scanner);
  if (watch.bytesToSession() > 0) return seen;
  const rule = 'the tracer saw nothing of the session, which certainly took place';
  const blind = { detector: 'writes', place: 'strace', trace: { kind: 'rule', rule } } as const;
  return { ...seen, findings: [...seen.findings, blind] };
}

function missing(partsNotRun: readonly PartNotRun[]): Detection {
  return { detector: 'writes', findings: [], bytesScanned: 0, partsNotRun };
}
