/** Debian's coturn with our configuration: whom it leads where, with whose password, and who does not start with it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngagementId } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { localhostCertificate } from '../../infra/turn/localhost-certificate.js';
import { RunningTurn } from '../../infra/turn/running-turn.js';
import { turnCredentials } from '../src/live/call/turn-credentials.js';
import { TurnRelays } from '../src/live/call/turn-relays.js';
import { StartedMain } from './started-main.js';
import { mediaWorkerBin } from './test-tools.js';
import { TurnClient, type TurnUser } from './turn-client.js';

const EVERYTHING = [
  'denied-peer-ip=0.0.0.0-255.255.255.255',
  'denied-peer-ip=::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
];
const FORBIDDEN = 403;
const UNAUTHORIZED = 401;
const QUOTA = 486;
/** Addresses of the world, of which nothing is asked: a permission sends no packet. */
const ELSEWHERE = { 4: ['9.9.9.9', '93.184.216.34'], 6: ['2620:fe::fe', '2606:2800::1'] } as const;
const MEDIA_SERVER = { 4: '192.0.2.7', 6: '2001:db8::7' } as const;

const configuration = await readFile(new URL('../../infra/turn/turnserver.conf', import.meta.url), 'utf8');
const denied = configuration
  .split('\n')
  .filter((line) => line.startsWith('denied-peer-ip=') && !EVERYTHING.includes(line))
  .map((line) => line.slice(line.indexOf('=') + 1).split('-'));
/** Relays that one engagement may have at once. */
const EACH = Number(/^user-quota=(\d+)$/m.exec(configuration)?.[1]);
const familyOf = (address: string) => (address.includes(':') ? 6 : 4);
const deniedOf = (family: 4 | 6) => denied.flat().filter((address) => familyOf(address) === family);

/** What is denied by its own line, and not by the last two, is looked at without those. */
const withoutEverything = (text: string) =>
  text
    .split('\n')
    .filter((line) => !EVERYTHING.includes(line))
    .join('\n');

const clients: TurnClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

async function relayOf(turn: RunningTurn, family: 4 | 6): Promise<TurnClient> {
  const client = await connect(turn, turnCredentials(turn.secret, 'somebody', Date.now()));
  expect(await client.allocate(family)).toBe(0);
  return client;
}

async function connect(turn: RunningTurn, user: TurnUser): Promise<TurnClient> {
  const client = await TurnClient.connect(turn.port, user);
  clients.push(client);
  return client;
}

describe.each([4, 6] as const)('A relay of IPv%i', (family) => {
  let open: RunningTurn;
  let closed: RunningTurn;

  beforeAll(async () => {
    open = await RunningTurn.start({ peers: [], change: withoutEverything });
    closed = await RunningTurn.start({ peers: [MEDIA_SERVER[family]] });
  });
  afterAll(() => Promise.all([open?.stop(), closed?.stop()]));

  it('leads into no denied range, at neither end, and elsewhere where only those are denied', async () => {
    const client = await relayOf(open, family);
    const peers = deniedOf(family);
    expect(peers.length).toBeGreaterThan(20);
    const codes: string[] = [];
    for (const peer of [...peers, ...ELSEWHERE[family]]) codes.push(`${peer} ${await client.permit(peer)}`);
    expect(codes).toEqual([
      ...peers.map((peer) => `${peer} ${FORBIDDEN}`),
      ...ELSEWHERE[family].map((peer) => `${peer} 0`),
    ]);
  });

  it('leads to the media server, and nowhere else', async () => {
    const client = await relayOf(closed, family);
    const codes: string[] = [];
    for (const peer of [...deniedOf(family), ...ELSEWHERE[family], MEDIA_SERVER[family]])
      codes.push(`${peer} ${await client.permit(peer)}`);
    const granted = codes.filter((code) => code.endsWith(' 0'));
    expect(granted).toEqual([`${MEDIA_SERVER[family]} 0`]);
    expect(codes.filter((code) => !code.endsWith(` ${FORBIDDEN}`))).toEqual(granted);
  });
});

describe('A password', () => {
  let turn: RunningTurn;
  beforeAll(async () => {
    const change = (text: string) => text.replace(/^stale-nonce=.*$/m, 'stale-nonce=1');
    turn = await RunningTurn.start({ peers: [MEDIA_SERVER[4]], change });
  });
  afterAll(() => turn?.stop());

  it('is taken as live makes it, and not once it has run out, or for another name, or of another secret', async () => {
    const now = Date.now();
    const relays = new TurnRelays(
      { urls: [`turn:127.0.0.1:${turn.port}`], secret: turn.secret, old: 'warn', unknown: 'refuse' },
      {
        logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
        clock: { now: () => now },
      },
    );
    expect(await relays.look()).toEqual([]);
    const [server] = relays.serversFor('0b7a3c52-5f0e-4a53-9a54-2f3d7a1c9e10' as EngagementId);
    if (server === undefined) throw new Error('There is no relay.');
    expect(await (await connect(turn, server)).allocate(4)).toBe(0);
    const ranOut = turnCredentials(turn.secret, 'late', now - 601_000);
    expect(await (await connect(turn, ranOut)).allocate(4)).toBe(UNAUTHORIZED);
    const renamed = { ...server, username: `${Number.parseInt(server.username, 10) + 600}:later` };
    expect(await (await connect(turn, renamed)).allocate(4)).toBe(UNAUTHORIZED);
    const guessed = turnCredentials('g'.repeat(32), 'guest', now);
    expect(await (await connect(turn, guessed)).allocate(4)).toBe(UNAUTHORIZED);
  });

  it('that has run out keeps open what was opened by it, and leads to the media server as before', async () => {
    const soon = turnCredentials(turn.secret, 'caller', Date.now() - 598_000);
    const client = await connect(turn, soon);
    expect(await client.allocate(4)).toBe(0);
    await until(async () => (await (await connect(turn, soon)).allocate(4)) === UNAUTHORIZED);
    expect([await client.refresh(), await client.permit(MEDIA_SERVER[4])]).toEqual([0, 0]);
    expect(await client.permit(ELSEWHERE[4][0])).toBe(FORBIDDEN);
  });
});

describe('A relay that is used too much', () => {
  let turn: RunningTurn;
  beforeAll(async () => {
    const change = (text: string) => text.replace(/^total-quota=.*$/m, `total-quota=${EACH + 2}`);
    turn = await RunningTurn.start({ peers: [MEDIA_SERVER[4]], change });
  });
  afterAll(() => turn?.stop());

  it('gives no more to one engagement, under whichever password, and then no more to anybody', async () => {
    const allocate = async (name: string, now = Date.now()) =>
      (await connect(turn, turnCredentials(turn.secret, name, now))).allocate(4);
    const [first, second] = [Date.now(), Date.now() - 60_000];
    for (let nth = 0; nth < EACH; nth += 1)
      expect(await allocate('one', nth % 2 === 0 ? first : second), `${nth}`).toBe(0);
    expect([await allocate('one', first), await allocate('one', second)]).toEqual([QUOTA, QUOTA]);
    expect([await allocate('other'), await allocate('third')]).toEqual([0, 0]);
    expect(await allocate('fourth')).toBe(QUOTA);
  });
});

describe('A start of live', () => {
  const program = fileURLToPath(new URL('../dist/app/live-main.js', import.meta.url));
  let turn: RunningTurn;
  beforeAll(async () => {
    turn = await RunningTurn.start({ peers: [MEDIA_SERVER[4]], tls: localhostCertificate() });
  });
  afterAll(() => turn?.stop());

  const starting = (more: Readonly<Record<string, string>>) => {
    const child = spawn(process.execPath, [program], {
      env: {
        PATH: process.env.PATH ?? '',
        JOURNAL_URL: 'ws://127.0.0.1:9/journal',
        JOURNAL_SECRET: 's'.repeat(43),
        LIVE_PORT: '0',
        CONSOLE_PORT: '0',
        REPLAY_PORT: '0',
        TURN_SECRET: turn.secret,
        NODE_EXTRA_CA_CERTS: join(turn.folder, 'cert.pem'),
        ...more,
      },
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => said.push(text));
    return { child, said };
  };

  it.each([
    ['UDP', () => `turn:127.0.0.1:${turn.port}`],
    ['TCP', () => `turn:127.0.0.1:${turn.port}?transport=tcp`],
    ['TLS', () => `turns:localhost:${turn.tlsPort}`],
  ])('in production ends at once where the relay is too old, as it says over %s', async (_, url) => {
    const { child, said } = starting({ NODE_ENV: 'production', TURN_URLS: url() });
    const [code] = await once(child, 'close');
    expect(said.join('')).toContain(`${url()} is a coturn below 4.10.0`);
    expect([code, said.join('').includes(turn.secret)]).toEqual([1, false]);
  });

  it('knows an authority that its supervisor was started with', async () => {
    const data = await mkdtemp(join(tmpdir(), 'alongside-turn-main-'));
    // `live` runs as an account that owns nothing.
    await Promise.all([chmod(turn.folder, 0o711), chmod(data, 0o711)]);
    const main = new StartedMain({
      ...{ DATA_DIR: join(data, 'data'), DEMO: 'off', MEDIASOUP_WORKER_BIN: await mediaWorkerBin() },
      ...{ TURN_URLS: `turns:localhost:${turn.tlsPort}`, TURN_SECRET: turn.secret },
      NODE_EXTRA_CA_CERTS: join(turn.folder, 'cert.pem'),
    });
    try {
      await main.ready();
      expect(main.text).toContain('call:turnUsable');
      expect(main.text).not.toContain('call:turnAbsent');
    } finally {
      await main.stop();
      await rm(data, { recursive: true, force: true });
    }
  }, 90_000);

  it('elsewhere goes on, and warns', async () => {
    const { child, said } = starting({ TURN_URLS: `turn:127.0.0.1:${turn.port}` });
    const ended = once(child, 'close');
    try {
      await until(
        () => said.join('').includes('call:turnDoubtful') && said.join('').includes('live:listening'),
      );
    } finally {
      child.kill('SIGTERM');
      await ended;
    }
    expect(said.join('')).not.toContain(turn.secret);
  });
});
