/** The door of the frames' WebSocket: who has shown no pass is waited for shortly, and by no network in great numbers. */

import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { constants, deflateRawSync } from 'node:zlib';
import type { EngagementId } from '@alongside/protocol';
import { readFrameAdmission } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { usualFrameDoorLimits } from '../src/live/frames/attach-frames.js';
import { FramesServer } from './frames-server.js';

const engagementId = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e12' as EngagementId;
/** Of another customer, whose visitor is being watched all the while. */
const elsewhere = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e13' as EngagementId;
let server: FramesServer | undefined;
const sockets: WebSocket[] = [];
let heardElsewhere: string[] = [];

afterEach(async () => {
  expect(heardElsewhere, 'the other customer hears of their own admission only').toHaveLength(1);
  expect(heardElsewhere[0]).toContain('admitted');
  for (const socket of sockets.splice(0)) socket.terminate();
  await server?.close();
});

async function opened(limits: Partial<typeof usualFrameDoorLimits>): Promise<FramesServer> {
  server = new FramesServer({ ...usualFrameDoorLimits, ...limits });
  await server.listen();
  server.viewing.add(engagementId).add(elsewhere);
  const witness = await open(server, 'elsewhere');
  heardElsewhere = [];
  witness.on('message', (data) => heardElsewhere.push(String(data)));
  await admitted(server, witness, elsewhere);
  return server;
}

/** An open socket, or how the door answered instead. */
function knock(at: FramesServer, network: string): Promise<WebSocket | { status: number; body: string }> {
  const socket = new WebSocket(at.url, { origin: at.origin, headers: { 'x-network': network } });
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
  });
}

async function open(at: FramesServer, network: string): Promise<WebSocket> {
  const answer = await knock(at, network);
  if (!(answer instanceof WebSocket)) throw new Error(`The door answered ${answer.status}.`);
  return answer;
}

const refused = { status: 429, body: '{"ok":false,"refusal":{"code":"tooFast"}}' };
const closeOf = (socket: WebSocket) =>
  new Promise<string>((resolve) => {
    socket.once('close', (code, reason) => resolve(`${code} ${reason}`));
  });

async function admitted(at: FramesServer, socket: WebSocket, id = engagementId): Promise<void> {
  const answer = new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))));
  const admission = JSON.stringify({ protocol: 1, pass: at.visitorPass(id) });
  expect(readFrameAdmission(admission)).toBeDefined();
  socket.send(admission);
  expect(await answer).toContain('admitted');
}

describe('the door of the frames', () => {
  it('refuses by name what waits beyond the number of a network, and no other network', async () => {
    const at = await opened({ waitingPerNetwork: 3 });
    const waiting = [await open(at, 'one'), await open(at, 'one'), await open(at, 'one')];
    expect(await knock(at, 'one')).toEqual(refused);
    expect(at.endpoint.counts()['refused.tooFast']).toBe(1);
    await open(at, 'two');
    waiting[0]?.terminate();
    await until(async () => (await knock(at, 'one')) instanceof WebSocket);
  });

  it('refuses by name what waits beyond the number of all, however many networks there are', async () => {
    const at = await opened({ waiting: 2 });
    await open(at, 'one');
    await open(at, 'two');
    expect(await knock(at, 'three')).toEqual(refused);
  });

  it('does not count whoever has shown a pass', async () => {
    const at = await opened({ waitingPerNetwork: 1 });
    for (let index = 0; index < 4; index += 1) await admitted(at, await open(at, 'one'));
    expect(at.endpoint.counts()['refused.tooFast']).toBeUndefined();
  });

  it('has a deadline for the pass, and none afterwards', async () => {
    expect(usualFrameDoorLimits.admissionMs).toBeLessThanOrEqual(5000);
    const at = await opened({ admissionMs: 200 });
    const shown = await open(at, 'one');
    await admitted(at, shown);
    const mute = await open(at, 'one');
    expect(await closeOf(mute)).toBe('4401 notAdmitted');
    expect(shown.readyState).toBe(WebSocket.OPEN);
  });

  it('holds a flood of one network to its number, while another comes in', async () => {
    const at = await opened({ waitingPerNetwork: 20 });
    const answers = await Promise.all(Array.from({ length: 200 }, () => knock(at, 'flood')));
    expect(answers.filter((answer) => answer instanceof WebSocket)).toHaveLength(20);
    await admitted(at, await open(at, 'visitor'));
    // The twenty, the one that came in, and the other customer's.
    expect(at.endpoint.counts().connections).toBe(22);
  });

  it('answers nobody when it is closed', async () => {
    const at = await opened({});
    await at.endpoint.close();
    const answer = await new Promise<number>((resolve, reject) => {
      const headers = {
        ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
        'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
      };
      const asked = request(at.url.replace('ws:', 'http:'), { headers });
      asked.once('response', (response) => resolve(response.statusCode ?? 0));
      asked.once('error', reject);
      asked.end();
    });
    expect(answer).toBe(500);
  });
});

const MiB = 1024 * 1024;

/** An open WebSocket that offers to compress, and the line below it, on which anything can be said. */
async function wired(url: string, origin: string): Promise<{ socket: WebSocket; line: Socket }> {
  const socket = new WebSocket(url, { origin, perMessageDeflate: true });
  sockets.push(socket);
  const opened = once(socket, 'open');
  const [response] = await once(socket, 'upgrade');
  await opened;
  return { socket, line: response.socket };
}

/** One message that says of itself that it is compressed, masked with nothing as a client may. */
function compressed(plain: Buffer): Buffer {
  const flushed = deflateRawSync(plain, { finishFlush: constants.Z_SYNC_FLUSH });
  const payload = flushed.subarray(0, -4);
  const header = Buffer.from([0xc2, 0xfe, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([header, payload]);
}

describe('C5.11: a message that is compressed', () => {
  const bomb = compressed(Buffer.alloc(10 * MiB));

  it('closes the connection unread, where a server that agrees to it unpacks ten million bytes', async () => {
    expect(bomb.length).toBeLessThan(11 * 1024);
    const agreeing = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: true });
    await once(agreeing, 'listening');
    const unpacked = new Promise<number>((resolve) => {
      agreeing.once('connection', (each) => each.once('message', (data: Buffer) => resolve(data.length)));
    });
    const control = await wired(
      `ws://127.0.0.1:${(agreeing.address() as AddressInfo).port}`,
      'http://shop.test',
    );
    control.line.write(bomb);
    expect(await unpacked).toBe(10 * MiB);
    agreeing.close();

    const at = await opened({});
    const { socket, line } = await wired(at.url, at.origin);
    expect(socket.extensions).toBe('');
    const heldBefore = process.memoryUsage().arrayBuffers;
    const closed = once(socket, 'close');
    line.write(bomb);
    const [code] = await closed;
    expect([1002, 1006]).toContain(code);
    expect(process.memoryUsage().arrayBuffers - heldBefore).toBeLessThan(5 * MiB);
  });
});
