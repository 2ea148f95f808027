/** Relays are looked at before anybody is sent there, and handed out with credentials that run out. */

import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { EngagementId } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { AskTurnSoftware } from './ask-turn-software.js';
import { askTurnSoftware } from './ask-turn-software.js';
import { turnCredentials } from './turn-credentials.js';
import { TurnRelays, type TurnRelaysDeps, type TurnSettings } from './turn-relays.js';
import { readTurnUrl, type TurnAddress } from './turn-url.js';
import { judgeTurnSoftware } from './turn-version.js';

const secret = 'a secret of thirty-two characters';
const now = Date.UTC(2026, 10, 22, 13, 50);
const engagementId = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e10' as EngagementId;
const other = '0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e11' as EngagementId;

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

function relays(by: Pick<TurnRelaysDeps, 'ask' | 'find'>, settings: Partial<TurnSettings> = {}) {
  const logged: string[] = [];
  const note = (event: string, fields: object = {}) => logged.push(`${event} ${JSON.stringify(fields)}`);
  const made = new TurnRelays(
    { urls: ['turn:turn.example'], secret, old: 'refuse', unknown: 'refuse', ...settings },
    { logger: { info: note, warn: note, error: note }, clock: { now: () => now }, againMs: 1, ...by },
  );
  endings.push(() => made.close());
  return { made, logged };
}

const says = (software: string | undefined) => ({
  ask: async () => ({ state: 'answered', software }) as const,
});

describe('Credentials', () => {
  it('are the HMAC of a name that says until when', () => {
    const at = 1_763_820_000_000 - 600_000;
    expect(turnCredentials(secret, 'p5eudonym', at)).toEqual({
      username: '1763820000:p5eudonym',
      // As openssl computes it.
      credential: 'IkmEfeujBXENcPzwk0Q1hLimUGg=',
    });
  });

  it('are of one engagement, for ten minutes, under a name that is not the id', async () => {
    const { made } = relays(says('Coturn-4.17.0'));
    await made.look();
    const [server] = made.serversFor(engagementId);
    const [until = '', pseudonym = ''] = server?.username.split(':') ?? [];
    expect(Number(until) * 1000 - now).toBe(600_000);
    expect(pseudonym).toMatch(/^[\w-]{16}$/);
    expect(engagementId).not.toContain(pseudonym);
    expect(made.serversFor(engagementId)).toEqual([server]);
    expect(made.serversFor(other)[0]?.username).not.toBe(server?.username);
    const { made: restarted } = relays(says('Coturn-4.17.0'));
    await restarted.look();
    expect(restarted.serversFor(engagementId)[0]?.username).not.toBe(server?.username);
  });
});

describe('A version', () => {
  it.each([
    ["Coturn-4.17.0 'Gorst'", 'good'],
    ['coturn-4.10.0', 'good'],
    ['Coturn-5.0', 'good'],
    ['Coturn-4.9.9', 'old'],
    ["Coturn-4.6.1 'Gorst'", 'old'],
    ["Coturn-4.5.1.1 'dan Eider'", 'old'],
    ['Coturn-4', 'unknown'],
    ['not Coturn-4.17.0', 'unknown'],
    ['Citrix-3.2.4.5', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is %s', (software, verdict) => expect(judgeTurnSoftware(software)).toBe(verdict));
});

describe('An address', () => {
  it.each([
    ['turn:turn.example', { host: 'turn.example', port: 3478, over: 'udp' }],
    ['turn:turn.example:443?transport=tcp', { host: 'turn.example', port: 443, over: 'tcp' }],
    ['turns:turn.example', { host: 'turn.example', port: 5349, over: 'tls' }],
    ['turns:[2001:db8::7]:443?transport=tcp', { host: '2001:db8::7', port: 443, over: 'tls' }],
    ['turns:turn.example?transport=udp', undefined],
    ['stun:turn.example', undefined],
    ['turn:turn.example:99999', undefined],
    ['turn:user@turn.example', undefined],
  ])('%s', (url, address) => expect(readTurnUrl(url)).toEqual(address));
});

describe('A look', () => {
  it('keeps a start from going on with an old relay, and hands nobody out to it', async () => {
    const { made, logged } = relays(says('Coturn-4.6.1'));
    expect(await made.look()).toEqual([
      expect.stringMatching(/turn:turn\.example is a coturn below 4\.10\.0/),
    ]);
    expect([made.usable, made.serversFor(engagementId)]).toEqual([false, []]);
    expect(logged.join()).not.toContain(secret);
  });

  it('keeps it from going on with one that does not say what it is, unless told otherwise', async () => {
    expect(await relays(says(undefined)).made.look()).toEqual([
      expect.stringContaining('TURN_UNKNOWN_VERSION'),
    ]);
    const { made, logged } = relays(says(undefined), { unknown: 'warn' });
    expect(await made.look()).toEqual([]);
    expect(made.usable).toBe(true);
    expect(logged).toContain('call:turnDoubtful {"server":0,"verdict":"unknown"}');
  });

  it('warns of an old one where it may be used', async () => {
    const { made, logged } = relays(says('Coturn-4.6.1'), { old: 'warn' });
    expect(await made.look()).toEqual([]);
    expect(made.serversFor(engagementId)[0]?.urls).toEqual(['turn:turn.example']);
    expect(logged).toContain('call:turnDoubtful {"server":0,"verdict":"old"}');
  });

  it('asks again and again: hands out nobody to one that is gone, and takes it back when it answers', async () => {
    const urls = ['turn:gone.example', 'turns:there.example'];
    const answering = new Set(['there.example']);
    const ask: AskTurnSoftware = async ({ host }) =>
      answering.has(host) ? { state: 'answered', software: 'Coturn-4.17.0' } : { state: 'absent' };
    const { made, logged } = relays({ ask }, { urls });
    const changes: (readonly string[])[] = [];
    const handedOut = () => made.serversFor(engagementId)[0]?.urls ?? [];
    made.listen(() => changes.push(handedOut()));
    expect(await made.look()).toEqual([]);
    expect(handedOut()).toEqual(['turns:there.example']);
    answering.add('gone.example');
    await until(() => handedOut().length === 2);
    expect(handedOut()).toEqual(urls);
    answering.clear();
    await until(() => !made.usable);
    answering.add('there.example');
    await until(() => made.usable);
    expect(handedOut()).toEqual(['turns:there.example']);
    expect([changes.length, changes.at(-1)]).toEqual([5, handedOut()]);
    // Each change is told once, however often it is asked.
    expect(logged.filter((line) => line.startsWith('call:turnAbsent'))).toHaveLength(3);
  });

  it('waits for a name no longer than for an answer, and asks for it once while that hangs', async () => {
    const found: ((place: { address: string; family: number }) => void)[] = [];
    const find = () => new Promise<{ address: string; family: number }>((resolve) => found.push(resolve));
    let asked = 0;
    const ask: AskTurnSoftware = (address, asking) => {
      asked += 1;
      return askTurnSoftware(address, { ...asking, limitMs: 20 });
    };
    const urls = ['turn:turn.example', 'turns:turn.example'];
    const { made } = relays({ ask, find }, { urls });
    expect(await made.look()).toEqual([]);
    expect(made.usable).toBe(false);
    await until(() => asked > 4);
    expect(found).toHaveLength(1);
    found[0]?.({ address: '127.0.0.1', family: 4 });
    await until(() => found.length === 2);
  });

  it('that finds an old one later leaves it out', async () => {
    let asked = 0;
    const ask: AskTurnSoftware = async () => {
      asked += 1;
      return asked === 1 ? { state: 'absent' } : { state: 'answered', software: 'Coturn-4.6.1' };
    };
    const { made, logged } = relays({ ask });
    expect(await made.look()).toEqual([]);
    await until(() => logged.some((line) => line.startsWith('call:turnRefused')));
    expect(made.usable).toBe(false);
  });
});

describe('The question', () => {
  const asked = (address: TurnAddress, limitMs = 5000) => askTurnSoftware(address, { limitMs, find: lookup });
  /** Says what it is in the answer to the allocation only, byte by byte where it can. */
  const software = Buffer.from('8022000d436f7475726e2d342e31372e30000000', 'hex');
  const replyTo = (request: Buffer): Buffer => {
    const isBinding = request.readUInt16BE(0) === 1;
    const attributes = isBinding ? Buffer.alloc(0) : software;
    const header = Buffer.from(request.subarray(0, 20));
    header.writeUInt16BE(isBinding ? 0x0101 : 0x0113, 0);
    header.writeUInt16BE(attributes.length, 2);
    return Buffer.concat([header, attributes]);
  };
  const answered = { state: 'answered', software: 'Coturn-4.17.0' };

  it('is answered over UDP, also when the first packet is lost', async () => {
    const server = createSocket('udp4');
    endings.push(() => server.close());
    let lost = 0;
    server.on('message', (request, from) => {
      if (lost < 2) lost += 1;
      else server.send(replyTo(request), from.port, from.address);
    });
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    expect(await asked({ host: '127.0.0.1', port: server.address().port, over: 'udp' })).toEqual(answered);
  });

  it('is answered over TCP in pieces', async () => {
    const server = createServer((socket) => {
      socket.setNoDelay(true);
      socket.on('data', (request: Buffer) => {
        const reply = replyTo(request);
        for (const byte of reply) socket.write(Buffer.of(byte));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endings.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect(await asked({ host: '127.0.0.1', port, over: 'tcp' })).toEqual(answered);
  });

  it('to nobody is not answered', async () => {
    const absent = { state: 'absent' };
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await asked({ host: '127.0.0.1', port, over: 'tcp' })).toEqual(absent);
    expect(await asked({ host: '127.0.0.1', port, over: 'udp' }, 20)).toEqual(absent);
    expect(await asked({ host: 'nobody.invalid', port, over: 'udp' }, 20)).toEqual(absent);
  });
});
