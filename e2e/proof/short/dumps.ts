/** Cores, heap snapshots, reports, profiles and traces: that one is there at all is a fault, whatever is in it. */

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Detection } from '../detection.js';
import { Look } from '../detection.js';
import type { Scanner } from '../scan/scanner.js';
import type { WritablePlaces } from '../service-under-proof.js';

const DUMP =
  /(^|\/)(core(\.\d+)?|.*\.(heapsnapshot|heapprofile|cpuprofile|core)|report\.[\w.]+\.json|isolate-.*v8\.log|node_trace\.[\w.]+)$/;

export async function scanDumps(scanner: Scanner, places: WritablePlaces): Promise<Detection> {
  const look = new Look(scanner, 'dumps');
  for (const folder of [places.dumps, places.temporary, places.home, places.data]) {
    for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
      const path = join(folder, name);
      if (!DUMP.test(path) || !(await stat(path).catch(() => undefined))?.isFile()) continue;
      look.broken('a dump of memory was written', path);
      await look.file(path, path);
    }
  }
  return look.end();
}
