/** The panel's socket against socket.io's own server: what either end says, the other hears. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'socket.io';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { SignalSocket } from './signal-socket.js';
import { io } from './signal-socket.js';

const PING_MS = 40;

/** Node's WebSocket as browsers have it: an error that nobody listens to is none of the program's. */
class PageWebSocket extends WebSocket {
  constructor(url: string) {
    super(url);
    this.on('error', () => undefined);
  }
}

let server: Server;
let address: string;
let opened: SignalSocket[];

beforeEach(async () => {
  vi.stubGlobal('WebSocket', PageWebSocket);
  opened = [];
  const http = createServer();
  server = new Server(http, { transports: ['websocket'], pingInterval: PING_MS, pingTimeout: 10 * PING_MS });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const socket of opened) socket.disconnect();
  await server.close();
  vi.unstubAllGlobals();
});

function connect(auth: object = { ticket: 'a ticket' }, to = `${address}/visitor`): SignalSocket {
  const socket = io(to, { auth });
  opened.push(socket);
  return socket;
}
const told = <T>(socket: SignalSocket, name: string): Promise<T> =>
  new Promise((tell) => void socket.on(name, ((value: T) => tell(value)) as (value: never) => void));
const admitted = (): Promise<Socket> =>
  new Promise((tell) => void server.of('/visitor').once('connection', tell));
const gone = (socket: Socket): Promise<string> => new Promise((tell) => void socket.once('disconnect', tell));

async function pair(): Promise<[SignalSocket, Socket]> {
  const other = admitted();
  const socket = connect();
  const theirs = await other;
  const greeted = told(socket, 'greeted');
  theirs.emit('greeted');
  await greeted;
  return [socket, theirs];
}

describe('the panel’s socket', () => {
  it('brings what admits it, and hears what the server tells', async () => {
    const other = admitted();
    const socket = connect({ protocol: 1, ticket: 'of the test' });
    const heard = told(socket, 'chat:said');
    const theirs = await other;
    expect(theirs.handshake.auth).toEqual({ protocol: 1, ticket: 'of the test' });
    expect(theirs.conn.transport.name).toBe('websocket');
    theirs.emit('chat:said', { text: 'Grüße, 5["7"] \n {}' });
    expect(await heard).toEqual({ text: 'Grüße, 5["7"] \n {}' });
  });

  it('says that a fact was taken', async () => {
    const [socket, theirs] = await pair();
    socket.on('session:passed', ((fact: object, kept: (answer: object) => void) => kept(fact)) as () => void);
    expect(await theirs.timeout(2000).emitWithAck('session:passed', { pass: 'x' })).toEqual({ pass: 'x' });
  });

  it('gets each command its own answer', async () => {
    const [socket, theirs] = await pair();
    const late: ((answer: object) => void)[] = [];
    theirs.on('chat:send', (body: object, answer: (value: object) => void) => {
      late.push(answer);
      if (late.length === 2) for (const [at, each] of late.entries()) each({ ok: true, value: [at, body] });
    });
    const first = socket.timeout(2000).emitWithAck('chat:send', { text: 'one' });
    const second = socket.timeout(2000).emitWithAck('chat:send', { text: 'two' });
    expect(await first).toEqual({ ok: true, value: [0, { text: 'two' }] });
    expect(await second).toEqual({ ok: true, value: [1, { text: 'two' }] });
  });

  it('gives up an answer that does not come, and one whose connection is lost', async () => {
    const [socket, theirs] = await pair();
    await expect(socket.timeout(20).emitWithAck('chat:send', {})).rejects.toThrow('in time');
    const lost = expect(socket.timeout(5000).emitWithAck('chat:send', {})).rejects.toThrow('lost');
    theirs.conn.close();
    await lost;
    await expect(socket.timeout(5000).emitWithAck('chat:send', {})).rejects.toThrow('no connection');
  });

  it('tells why it is refused', async () => {
    server
      .of('/visitor')
      .use((_, next) => next(Object.assign(new Error('no'), { data: { code: 'notAdmitted' } })));
    const refused = await told<Error & { data: unknown }>(connect(), 'connect_error');
    expect([refused.message, refused.data]).toEqual(['no', { code: 'notAdmitted' }]);
  });

  it('tells that nobody is there', async () => {
    await server.close();
    const refused = await told<Error & { data?: unknown }>(connect(), 'connect_error');
    expect(refused.data).toBeUndefined();
  });

  it('stays while the server asks, and tells of it', async () => {
    const [socket, theirs] = await pair();
    let pings = 0;
    await new Promise<void>((enough) => {
      socket.io.on('ping', () => {
        pings += 1;
        if (pings === 4) enough();
      });
    });
    expect(theirs.connected).toBe(true);
  });

  it.each(['server', 'connection'] as const)('tells that the %s has ended it', async (by) => {
    const [socket, theirs] = await pair();
    const ended = told(socket, 'disconnect');
    if (by === 'server') theirs.disconnect();
    else theirs.conn.close();
    await ended;
  });

  it('says that it goes', async () => {
    const [socket, theirs] = await pair();
    const left = gone(theirs);
    socket.disconnect();
    expect(await left).toBe('client namespace disconnect');
  });

  it('tells nobody of its own end', async () => {
    const [socket, theirs] = await pair();
    const ends: unknown[] = [];
    socket.on('disconnect', () => void ends.push('disconnect'));
    socket.removeAllListeners();
    const left = gone(theirs);
    socket.disconnect();
    await left;
    expect(ends).toEqual([]);
  });
});

describe('another server', () => {
  let strange: WebSocketServer;
  beforeEach(async () => {
    strange = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise<void>((done) => void strange.once('listening', done));
  });
  afterEach(() => new Promise<void>((done) => void strange.close(() => done())));

  const says = (...packets: string[]): string => {
    strange.on('connection', (each) => {
      for (const packet of packets) each.send(packet);
    });
    return `http://127.0.0.1:${(strange.address() as AddressInfo).port}/visitor`;
  };
  const greeting = '0{"sid":"s","pingInterval":20,"pingTimeout":20}';

  it.each(['5', 'hello', '42/visitor,[', '451-/visitor,["x"]', '1', '{}', ''])(
    'is left when it says %j',
    async (packet) => {
      const socket = connect({}, says(greeting, packet));
      await told(socket, 'connect_error');
    },
  );

  it('is left when it falls silent', async () => {
    const socket = connect({}, says(greeting, '40/visitor,{"sid":"v"}'));
    await told(socket, 'disconnect');
  });

  it('is not heard under another name', async () => {
    const socket = connect(
      {},
      says(
        greeting,
        '40/visitor,{"sid":"v"}',
        '42/agent,["fact",1]',
        '42["fact",2]',
        '42/visitor,["fact",3]',
      ),
    );
    expect(await told(socket, 'fact')).toBe(3);
  });
});
