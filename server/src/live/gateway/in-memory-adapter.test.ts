/** Which adapters live starts with. */

import { Server } from 'socket.io';
import { expect, it } from 'vitest';
import { requireInMemoryAdapter } from './in-memory-adapter.js';

it('takes what socket.io brings', () => {
  const io = new Server();
  expect(() => requireInMemoryAdapter([io.of('/'), io.of('/visitor')])).not.toThrow();
});

it('refuses an adapter of others, and names it with its namespace', () => {
  class StoringAdapter {}
  const namespaces = [{ name: '/visitor', adapter: new StoringAdapter() }];
  expect(() => requireInMemoryAdapter(namespaces)).toThrow(/\/visitor uses the adapter StoringAdapter/);
});

it('refuses the recovery of connections, which holds packets back', () => {
  const namespace = new Server({ connectionStateRecovery: {} }).of('/agent');
  try {
    expect(() => requireInMemoryAdapter([namespace])).toThrow(/SessionAwareAdapter/);
  } finally {
    void namespace.adapter.close();
  }
});
