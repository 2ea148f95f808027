/** The adapter of socket.io that `live` may use: the one that keeps nothing. Others write what passes to a store. */

import { Server } from 'socket.io';

interface Adapted {
  readonly name: string;
  readonly adapter: object;
}

/** Throws when any namespace passes its packets through another adapter, a persisting or a recovering one. */
export function requireInMemoryAdapter(namespaces: readonly Adapted[]): void {
  const inMemory = new Server().of('/').adapter.constructor;
  for (const { name, adapter } of namespaces) {
    if (adapter.constructor === inMemory) continue;
    throw new Error(
      `The namespace ${name} uses the adapter ${adapter.constructor.name}, which may keep what passes. Live starts with socket.io's in-memory adapter only.`,
    );
  }
}
