/** Sends something on purpose to each place that an installation could send to, as such senders write it. */

import { once } from 'node:events';
import { connect } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Control } from '../control.js';
import { newToken } from '../scan/new-canary.js';
import type { Sinks } from './sinks.js';

const CUT = 10;

export async function plantInSinks({ ports }: Sinks): Promise<readonly Control[]> {
  const [mail, webhook, traces, errors, redis] = [newToken(), newToken(), newToken(), newToken(), newToken()];
  // A line of a mail is cut wherever it ends.
  const folded = `${mail.slice(0, CUT)}=\r\n${mail.slice(CUT)}`;
  await say(
    ports.mail,
    `EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n\r\n${folded}\r\n.\r\nQUIT\r\n`,
  );
  await post(ports.webhook, Buffer.from(JSON.stringify({ planted: webhook })), 'identity');
  await post(ports.traces, gzipSync(JSON.stringify({ planted: traces })), 'gzip');
  await post(ports.errors, brotliCompressSync(JSON.stringify({ planted: errors })), 'br');
  await say(ports.redis, `*3\r\n$7\r\nPUBLISH\r\n$1\r\na\r\n$${redis.length}\r\n${redis}\r\n`);
  const heard = (name: string, token: string): Control => ({
    ...{ name, token, hiddenFrom: ['files', 'logs'] },
    foundBy: ['sinks', 'network'],
  });
  return [
    heard('sent by mail', mail),
    heard('sent to a webhook', webhook),
    heard('sent with a trace', traces),
    // Without a mark of its own in the stream: whoever takes the request knows its coding.
    { ...heard('sent with a report of an error', errors), foundBy: ['sinks'] },
    heard('said to a Redis', redis),
  ];
}

/** Until the other side has answered all of it, and ends. */
async function say(port: number, text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  await once(socket, 'data');
  socket.end();
  socket.resume();
  await once(socket, 'close');
}

async function post(port: number, body: Buffer, coding: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/planted`, {
    method: 'POST',
    headers: { 'content-encoding': coding, 'content-type': 'application/json' },
    body: new Uint8Array(body),
  });
  await answer.arrayBuffer();
}
