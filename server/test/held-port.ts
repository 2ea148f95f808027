/** A free port that nobody else is given until it is let go, in the moment before somebody listens at it. */

import { once } from 'node:events';
import { createServer } from 'node:net';
import { findFreePort } from '../src/app/embedded-postgres/free-port.js';

export interface HeldPort {
  readonly port: number;
  letGo(): Promise<void>;
}

export async function holdPort(): Promise<HeldPort> {
  const port = await findFreePort();
  const holder = createServer().listen(port, '127.0.0.1');
  try {
    await once(holder, 'listening');
  } catch {
    // Another process was given the same one in between.
    return holdPort();
  }
  return {
    port,
    letGo: () => new Promise((resolve) => holder.close(() => resolve())),
  };
}
