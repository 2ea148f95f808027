/** What a process holds on to: its memory once everything that nobody needs any more is gone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

export function heldMemory() {
  collect();
  const { external, heapUsed, rss } = process.memoryUsage();
  return { held: external + heapUsed, rss };
}
