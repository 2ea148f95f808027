/** What is sent to a sink is found there, however it is coded, and a clean message is not. */

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TextFinder } from '../forensics/text-finder.js';
import { newToken } from '../scan/new-canary.js';
import type { Sinks } from './sinks.js';
import { scanSinks, startSinks } from './sinks.js';

let sinks: Sinks;
beforeEach(async () => {
  sinks = await startSinks();
});
afterEach(() => sinks.close());

async function places(token: string): Promise<readonly string[]> {
  const detection = await scanSinks(new TextFinder([token]), sinks);
  return detection.findings.map(({ place }) => place);
}

async function say(socket: Socket, text: string, answer: string): Promise<void> {
  let heard = '';
  const onData = (chunk: Buffer) => {
    heard += chunk.toString();
  };
  socket.on('data', onData);
  socket.write(text);
  while (!heard.includes(answer)) await once(socket, 'data');
  socket.off('data', onData);
}

test('mail is accepted, and its lines are searched as one', async () => {
  const token = newToken();
  const socket = connect(sinks.ports.mail, '127.0.0.1');
  await once(socket, 'data');
  await say(socket, 'EHLO here\r\n', '250');
  await say(socket, 'MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n', '250');
  await say(socket, 'DATA\r\n', '354');
  await say(socket, `Subject: x\r\n\r\n${token.slice(0, 10)}\r\n${token.slice(10)}\r\n.\r\n`, '250');
  await say(socket, 'QUIT\r\n', '221');
  await once(socket, 'close');
  expect(await places(token)).toEqual(['mail: 1']);
});

test('a request is searched in its address, its headers and its body, coded or not', async () => {
  const [inAddress, inHeader, inBody] = [newToken(), newToken(), newToken()];
  const { webhook, traces, errors } = sinks.ports;
  await (await fetch(`http://127.0.0.1:${webhook}/v1/${inAddress}`)).text();
  await (await fetch(`http://127.0.0.1:${errors}/`, { headers: { 'x-more': inHeader } })).text();
  const body = new Uint8Array(brotliCompressSync(`a span with ${inBody}`));
  const post = { method: 'POST', body, headers: { 'content-encoding': 'br' } };
  await (await fetch(`http://127.0.0.1:${traces}/v1/traces`, post)).text();
  expect(await places(inAddress)).toEqual(['webhook: 1']);
  expect(await places(inHeader)).toEqual(['errors: 1']);
  expect(await places(inBody)).toEqual(['traces: 1']);
  expect(await places(newToken())).toEqual([]);
});

test('a Redis answers each command', async () => {
  const token = newToken();
  const socket = connect(sinks.ports.redis, '127.0.0.1');
  const set = `*3\r\n$3\r\nSET\r\n$1\r\na\r\n$${token.length}\r\n${token}\r\n`;
  await say(socket, `${set}*1\r\n$4\r\nPING\r\n`, '+OK\r\n+OK\r\n');
  socket.end();
  await once(socket, 'close');
  expect(await places(token)).toEqual(['redis: 1']);
});
