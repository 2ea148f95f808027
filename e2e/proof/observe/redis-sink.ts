/** Answers every command as if it were a Redis that has done it. */

import { createServer } from 'node:net';
import { listenOnLoopback } from './listen-on-loopback.js';
import type { Receipt, Sink } from './sinks.js';

/** Of a command as clients write it: how many words follow. */
const COMMAND = /\*\d+\r\n/g;

export async function startRedisSink(): Promise<Sink> {
  const received: Receipt[] = [];
  const server = createServer((socket) => {
    const came: Buffer[] = [];
    received.push({ bytes: () => Buffer.concat(came) });
    socket.on('data', (chunk: Buffer) => {
      came.push(chunk);
      // One written by hand is a line without a count.
      const commands = Math.max(1, [...chunk.toString('latin1').matchAll(COMMAND)].length);
      socket.write('+OK\r\n'.repeat(commands));
    });
  });
  const { port, close } = await listenOnLoopback(server);
  return { port, received, close };
}
