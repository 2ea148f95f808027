/** What let a client in is gone from the connection afterwards, and nothing that only looks for it breaks. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { forgetHandshake } from './forget-handshake.js';

it('keeps neither the ticket nor the headers of a connection that goes on', async () => {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const socket = new WebSocket(
    `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket&name=in-the-url`,
    {
      headers: { 'user-agent': 'in-the-headers' },
    },
  );
  try {
    const connected = new Promise<Parameters<typeof forgetHandshake>[0]>((resolve) => {
      io.on('connection', (each) => resolve(each));
    });
    socket.once('open', () => socket.send('40{"ticket":"in-the-ticket"}'));
    const server = await connected;
    const kept = () => {
      const { headers, url, _query } = server.request as typeof server.request & { _query?: unknown };
      return JSON.stringify([server.handshake, headers, url, _query]);
    };
    expect(kept()).toContain('in-the-ticket');
    forgetHandshake(server);
    expect(kept()).not.toMatch(/in-the-(?:ticket|headers|url)/);
    expect(server.request.rawHeaders).toEqual([]);
    const answered = new Promise<string>((resolve) => {
      socket.on('message', (data) => {
        if (String(data).startsWith('43')) resolve(String(data));
      });
    });
    for (const each of io.sockets.sockets.values()) each.on('ask', (reply: () => void) => reply());
    socket.send('420["ask"]');
    expect(await answered).toBe('430[]');
  } finally {
    socket.terminate();
    await io.close();
  }
});
