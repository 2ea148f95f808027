/** When the line to `records` is called: not before its address is known, and then at once. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { JournalLine } from './journal-line.js';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

it('waits without an address, and calls the one that it is told', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  const called = once(server, 'connection');
  await once(server, 'listening');
  const line = new JournalLine({
    ...{ url: undefined, secret: 'secret', logger: silent },
    hello: () => {
      throw new Error('nobody has asked for a proof');
    },
    onMessage: () => undefined,
    onLost: () => undefined,
    onNotAlone: () => undefined,
  });
  try {
    line.open();
    expect(line.isOpen).toBe(false);
    line.open(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await called;
    // Told once more, it does not call a second time.
    line.open('ws://127.0.0.1:1');
    expect(server.clients.size).toBe(1);
  } finally {
    line.close();
    for (const client of server.clients) client.terminate();
    server.close();
  }
});
