/** Where a system moves memory to a disk, what is only in memory may lie there too: that is not searched, and said. */

import { readFile } from 'node:fs/promises';
import type { PartNotRun } from '../detection.js';

const TABLE = '/proc/swaps';
/** Memory that is only compressed. */
const IN_MEMORY = /^\/dev\/zram\d+$/;

export async function swapNotSearched(): Promise<PartNotRun | undefined> {
  return partOf(await readFile(TABLE, 'utf8').catch(() => undefined));
}

/** `table`: as the kernel shows it, with a line of heads; undefined where it shows none. */
export function partOf(table: string | undefined): PartNotRun | undefined {
  const part = 'swap';
  if (table === undefined) return { part, reason: 'this system does not tell whether it has any' };
  const areas = table
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s+/)[0] ?? '')
    .filter((area) => area !== '' && !IN_MEMORY.test(area));
  if (areas.length === 0) return undefined;
  const count = areas.length === 1 ? 'an area of swap is' : `${areas.length} areas of swap are`;
  return {
    part,
    reason: `${count} in use, to which the system may move memory: turn it off to have nothing there`,
  };
}
