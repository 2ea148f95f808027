/** Ports that nobody listens on at this moment, all different. */

import { findFreePort } from '../../server/src/app/embedded-postgres/free-port.js';

export async function findFreePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await findFreePort());
  return [...ports];
}
