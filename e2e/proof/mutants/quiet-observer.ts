/** The detectors that need neither root nor a tracer: what was stored, named, logged and sent, after the fact. */

import type { Detection, Whereabouts } from '../detection.js';
import type { DetectorName } from '../finding.js';
import { scanFiles } from '../forensics/files.js';
import { scanSql, sqlSourceOf } from '../forensics/sql.js';
import { scanSinks } from '../observe/sinks.js';
import type { Scanner } from '../scan/scanner.js';
import { walkFiles } from '../scan/walk-files.js';
import type { Observer, RunToObserve } from './mutants-options.js';

export async function observeQuietly({ places, sinks, redis }: RunToObserve): Promise<Observer> {
  return {
    wrapper: [],
    whileRunning: async (scanner, service) => [await scanSql(scanner, sqlSourceOf(service.databaseUrl))],
    afterwards: async (scanner) => [
      ...(await scanFiles(scanner, places)),
      await scanSinks(scanner, sinks),
      await scanTree(scanner, { detector: 'browser-profiles', place: places.profiles }),
      await scanTree(scanner, { detector: 'dumps', place: places.dumps }),
      ...(redis === undefined ? [] : [await scanTree(scanner, { detector: 'redis', place: redis.folder })]),
    ],
    close: async () => undefined,
  };
}

async function scanTree(
  scanner: Scanner,
  { detector, place }: Whereabouts & { detector: DetectorName },
): Promise<Detection> {
  const before = scanner.findings.length;
  const bytesBefore = scanner.bytesScanned.get(detector) ?? 0;
  await walkFiles(scanner, place, { detector });
  return {
    detector,
    findings: scanner.findings.slice(before).filter((finding) => finding.detector === detector),
    bytesScanned: (scanner.bytesScanned.get(detector) ?? 0) - bytesBefore,
    partsNotRun: [],
  };
}
