/** Who gets in: tickets, resume passes, frames passes, hosts and origins. */

import { createHmac, randomUUID } from 'node:crypto';
import { PROTOCOL_VERSION } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LiveWorld } from './live-world.js';

let world: LiveWorld;

beforeEach(async () => {
  world = await LiveWorld.start();
  await world.active(world.rival);
});

afterEach(() => world.close());

const protocol = PROTOCOL_VERSION;

describe('a ticket', () => {
  it('opens exactly one of a hundred connections that show it at once', async () => {
    const engagement = world.engagement();
    const ticket = world.records.visitorTicket(engagement);
    const clients = Array.from({ length: 100 }, () =>
      world.connect('visitor', { protocol, ticket }, engagement.origin),
    );
    const outcomes = await Promise.all(
      clients.map(
        ({ socket }) =>
          new Promise<string>((resolve) => {
            socket.once('connect', () => resolve('in'));
            socket.once('connect_error', (error) =>
              resolve((error as { data?: { code: string } }).data?.code ?? 'lost'),
            );
          }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'in')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'notAdmitted')).toHaveLength(99);
  });

  it('is refused when it is forged, stale, for another node, another kind or another page', async () => {
    const engagement = world.engagement();
    const { origin } = engagement;
    const { records, clock } = world;
    const good = () => records.visitorTicket(engagement);
    const seconds = Math.floor(clock.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = good().split('.')[1] ?? '';
    const hmacHead = part({ alg: 'HS256', typ: 'alongside-ticket+jwt', kid: records.signer.kid });
    const hmac = createHmac('sha256', records.signer.publicPem).update(`${hmacHead}.${payload}`);
    const stranger = records.signer.kid.replace(/./, (first) => (first === 'a' ? 'b' : 'a'));
    const withHeader = (header: object) =>
      records.signer.sign({
        audience: `${records.live?.nodeId}:${records.live?.startNumber}`,
        now: clock.now(),
        claims: JSON.parse(Buffer.from(payload, 'base64url').toString()) as object,
        header: { ...header },
      });
    const forged: Record<string, string> = {
      nonsense: 'not.a.ticket',
      empty: '',
      unsigned: `${part({ alg: 'none', typ: 'alongside-ticket+jwt' })}.${payload}.`,
      hmac: `${hmacHead}.${payload}.${hmac.digest('base64url')}`,
      tampered: good().replace(/\.([^.]+)\./, (_all, body: string) => {
        const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
        return `.${part({ ...claims, tenantId: world.rival.tenantId })}.`;
      }),
      unknownKey: withHeader({ kid: stranger }),
      otherType: withHeader({ typ: 'JWT' }),
      otherAudience: records.visitorTicket(engagement, { aud: 'node-2:1' }),
      formerLife: records.visitorTicket(engagement, { aud: 'node-1:0' }),
      otherIssuer: records.visitorTicket(engagement, { iss: 'somebody' }),
      expired: records.visitorTicket(engagement, { iat: seconds - 70, nbf: seconds - 70, exp: seconds - 10 }),
      notYet: records.visitorTicket(engagement, { iat: seconds, nbf: seconds + 30, exp: seconds + 60 }),
      tooLong: records.visitorTicket(engagement, { exp: seconds + 3600 }),
      noExpiry: records.visitorTicket(engagement, { exp: undefined }),
      noId: records.visitorTicket(engagement, { jti: undefined }),
      extra: records.visitorTicket(engagement, {
        engagement: { ...records.ledger.of(engagement.engagementId), version: -1 },
      }),
      foreignLedger: records.visitorTicket(engagement, { tenantId: world.rival.tenantId }),
      agentOfNobody: records.visitorTicket(engagement, { role: 'agent' }),
    };
    for (const [name, ticket] of Object.entries(forged)) {
      const refusal = await world.refusedConnection('visitor', { protocol, ticket }, origin);
      expect(refusal, name).toEqual({ code: 'notAdmitted' });
    }
    const wrongNamespace = { protocol, ticket: good() };
    expect(await world.refusedConnection('agent', wrongNamespace, origin)).toEqual({ code: 'notAdmitted' });
    for (const elsewhere of ['http://evil.test', undefined]) {
      const refusal = await world.refusedConnection('visitor', { protocol, ticket: good() }, elsewhere);
      expect(refusal).toEqual({ code: 'originNotAllowed' });
    }
    const client = await world.admitted('visitor', { protocol, ticket: good() }, origin);
    expect(client.socket.connected).toBe(true);
  });

  it('is asked for by clients of this protocol only, in a well-formed handshake', async () => {
    const engagement = world.engagement();
    const ticket = world.records.visitorTicket(engagement);
    const refused = (auth: object) => world.refusedConnection('visitor', auth, engagement.origin);
    expect(await refused({ protocol: protocol - 1, ticket })).toEqual({ code: 'clientTooOld' });
    expect(await refused({ protocol: protocol + 1, ticket })).toEqual({ code: 'serverTooOld' });
    for (const auth of [
      {},
      { protocol },
      { ticket },
      { protocol, ticket, more: 1 },
      { protocol, ticket: 7 },
    ]) {
      expect(await refused(auth)).toEqual({ code: 'malformed', detail: 'auth' });
    }
    expect(await world.refusedConnection('', { protocol, ticket }, engagement.origin)).toEqual({
      code: 'notAdmitted',
    });
  });

  it('cannot be judged before records have sent their keys', async () => {
    const engagement = world.engagement();
    const ticket = world.records.visitorTicket(engagement);
    await world.live.close();
    await world.records.stop();
    await world.listenLive();
    expect(await world.refusedConnection('visitor', { protocol, ticket }, engagement.origin)).toEqual({
      code: 'storageUnavailable',
    });
    await world.records.start();
    await until(() => world.live.status().storage === 'up');
    expect((await world.visitor(engagement)).socket.connected).toBe(true);
  });

  it('[PX6] of an agent is void once the channel to records was lost, by which its loss may not have been told', async () => {
    const { clock, records } = world;
    const [person] = world.shop.agents;
    const before = { protocol, ticket: records.agentTicket(person) };
    records.helloAt = clock.now();
    await records.stop();
    await until(() => world.live.status().storage === 'down');
    await records.start();
    await until(() => world.live.status().storage === 'up');
    expect(await world.refusedConnection('agent', before, person.origin)).toEqual({ code: 'notAdmitted' });
    clock.advance(1000);
    expect((await world.agent(person)).socket.connected).toBe(true);
  });
});

describe('a resume pass', () => {
  it('brings exactly one of a hundred connections back', async () => {
    const engagement = world.engagement();
    const visitor = await world.visitor(engagement);
    visitor.drop();
    await until(() => world.live.status().visitors === 1);
    const auth = { protocol, pass: visitor.pass };
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () => {
        const { socket } = world.connect('visitor', auth, engagement.origin);
        return new Promise<string>((resolve) => {
          socket.once('connect', () => resolve('in'));
          socket.once('connect_error', (error) =>
            resolve((error as { data?: { code: string } }).data?.code ?? 'lost'),
          );
        });
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'in')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'passUnknown')).toHaveLength(99);
  });

  it('is replaced at each use, and lives for two minutes after a loss', async () => {
    const engagement = world.engagement();
    const { origin } = engagement;
    let visitor = await world.visitor(engagement);
    const passes = new Set([visitor.pass]);
    for (let round = 0; round < 3; round += 1) {
      const auth = { protocol, pass: visitor.pass };
      visitor.drop();
      await until(() => world.live.status().visitors === 1);
      world.clock.advance(119_000);
      visitor = await world.admitted('visitor', auth, origin);
      expect(passes.has(visitor.pass)).toBe(false);
      passes.add(visitor.pass);
      expect(await world.refusedConnection('visitor', auth, origin)).toEqual({ code: 'passUnknown' });
    }
    visitor.drop();
    await until(() => world.live.status().visitors === 1);
    world.clock.advance(120_000);
    const auth = { protocol, pass: visitor.pass };
    expect(await world.refusedConnection('visitor', auth, origin)).toEqual({ code: 'passUnknown' });
  });

  it('is good again when the connection is lost before the next one has arrived', async () => {
    const engagement = world.engagement();
    const { origin } = engagement;
    const visitor = await world.visitor(engagement);
    const auth = { protocol, pass: visitor.pass };
    visitor.drop();
    await until(() => world.live.status().visitors === 1);
    const unheard = world.connect('visitor', auth, origin);
    unheard.keepsPasses = false;
    const { pass } = await unheard.facts.waitFor<{ pass: string }>('session:opened');
    expect(await world.refusedConnection('visitor', auth, origin)).toEqual({ code: 'passUnknown' });
    unheard.drop();
    await until(() => world.live.status().visitors === 1);
    const back = await world.admitted('visitor', auth, origin);
    const late = { protocol, pass };
    expect(await world.refusedConnection('visitor', late, origin)).toEqual({ code: 'passUnknown' });
    expect(back.socket.connected).toBe(true);
  });

  it('replaces a connection that still stands, and other tabs stay', async () => {
    const engagement = world.engagement();
    const first = await world.visitor(engagement);
    const tab = await world.visitor(engagement);
    const again = await world.admitted('visitor', { protocol, pass: first.pass }, engagement.origin);
    await until(() => !first.socket.connected);
    expect(first.facts.named('session:ended')).toEqual([{ reason: 'replaced' }]);
    expect(tab.socket.connected && again.socket.connected).toBe(true);
    expect(
      tab.facts.named<{ because: string }>('engagement:changed').map(({ because }) => because),
    ).not.toContain('participant:left');
  });

  it('is replaced after a while even when it is not used', async () => {
    const engagement = world.engagement();
    const visitor = await world.visitor(engagement);
    world.clock.advance(600_000);
    const { pass } = await visitor.facts.waitFor<{ pass: string }>('session:passed');
    expect(pass).not.toBe(visitor.pass);
    // What it has said before has arrived as well: that it keeps the new one.
    await visitor.ask('chat:typing', { typing: false });
    const { origin } = engagement;
    const old = { protocol, pass: visitor.pass };
    expect(await world.refusedConnection('visitor', old, origin)).toEqual({ code: 'passUnknown' });
    expect((await world.admitted('visitor', { protocol, pass }, origin)).socket.connected).toBe(true);
  });

  it('is void in other hands: another origin, the other role', async () => {
    const { engagement, visitor, agent } = await world.active();
    const shown = async (role: string, pass: string, origin: string) =>
      world.refusedConnection(role, { protocol, pass }, origin);
    expect(await shown('visitor', visitor.pass, 'http://evil.test')).toEqual({ code: 'passUnknown' });
    expect(await shown('visitor', visitor.pass, engagement.origin)).toEqual({ code: 'passUnknown' });
    expect(await shown('visitor', agent.pass, world.shop.agents[0].origin)).toEqual({ code: 'passUnknown' });
    expect(await shown('agent', agent.pass, world.shop.agents[0].origin)).toEqual({ code: 'passUnknown' });
  });
});

describe('a frames pass', () => {
  const admission = (pass: string) => JSON.stringify({ protocol, pass });

  function shown(pass: string, origin: string): Promise<string> {
    const socket = new WebSocket(`ws://127.0.0.1:${world.port}/frames`, {
      headers: { Host: world.host, Origin: origin },
    });
    return new Promise((resolve) => {
      socket.on('open', () => socket.send(admission(pass)));
      socket.on('message', (data) => {
        resolve(String(data));
        socket.close();
      });
      socket.on('close', (_code, reason) => resolve(String(reason)));
      socket.on('error', () => resolve('error'));
    });
  }

  it('admits once, from its origin, within its time, while the consent holds', async () => {
    const { engagement, engagementId, visitor, agent } = await world.viewed();
    const pass = async () => (await visitor.must<{ pass: string }>('frames:pass')).pass;
    const one = await pass();
    const answers = await Promise.all(Array.from({ length: 100 }, () => shown(one, engagement.origin)));
    expect(answers.filter((answer) => answer.includes('admitted'))).toHaveLength(1);
    expect(await shown(await pass(), 'http://evil.test')).not.toContain('admitted');
    const late = await pass();
    world.clock.advance(15_000);
    expect(await shown(late, engagement.origin)).not.toContain('admitted');
    const before = (await agent.must<{ pass: string }>('frames:pass', { engagementId })).pass;
    await visitor.must('view:stop');
    expect(await shown(before, world.shop.agents[0].origin)).not.toContain('admitted');
  });

  it('records who could see the page, from when until when', async () => {
    const { engagementId, visitor, agent } = await world.viewed();
    const { pass } = await agent.must<{ pass: string }>('frames:pass', { engagementId });
    const socket = new WebSocket(`ws://127.0.0.1:${world.port}/frames`, {
      headers: { Host: world.host, Origin: world.shop.agents[0].origin },
    });
    const closed = new Promise<string>((resolve) => socket.on('close', (_code, why) => resolve(String(why))));
    socket.on('open', () => socket.send(admission(pass)));
    await new Promise((resolve) => socket.once('message', resolve));
    const started = await until(() => world.records.of('watchStarted')[0]);
    expect(started.agentId).toBe(world.shop.agents[0].agentId);
    world.clock.advance(5000);
    expect(world.closedFrames).toEqual([]);
    await visitor.must('view:stop');
    // In the same turn, and not when the relay looks next.
    expect(world.closedFrames).toEqual([engagementId]);
    expect(await closed).toBe('consentMissing');
    const watched = await until(() => world.records.of('watched')[0]);
    expect(watched).toMatchObject({ agentId: world.shop.agents[0].agentId, acts: {} });
    expect(watched.to - watched.from).toBe(5000);
    expect(watched.watchId).toBe(started.watchId);
  });
});

describe('the door', () => {
  const socketIo = '/socket.io/?EIO=4&transport=websocket';
  const usual = { waiting: 100, waitingPerNetwork: 100, failuresPerMinute: 100, admissionMs: 10_000 };

  async function openAgain(doorLimits: Partial<typeof usual>): Promise<void> {
    await world.restartLive(0, { doorLimits: { ...usual, ...doorLimits } });
  }

  /** A socket that is open and shows nothing; undefined when it was not let open. */
  async function idleSocket(): Promise<WebSocket | undefined> {
    const socket = new WebSocket(`ws://127.0.0.1:${world.port}${socketIo}`, {
      headers: { Host: world.host },
    });
    return new Promise((resolve) => {
      socket.once('message', () => resolve(socket));
      socket.once('error', () => resolve(undefined));
    });
  }

  it.each(['waiting', 'waitingPerNetwork'])('opens for so many that show nothing (%s)', async (limit) => {
    await openAgain({ [limit]: 3 });
    const idle = [await idleSocket(), await idleSocket(), await idleSocket()];
    expect(idle.every((socket) => socket !== undefined)).toBe(true);
    expect(await idleSocket()).toBeUndefined();
    idle[0]?.close();
    let late: WebSocket | undefined;
    await until(async () => {
      late = await idleSocket();
      return late !== undefined;
    });
    for (const socket of [...idle, late]) socket?.close();
  });

  it('says by name why it does not open', async () => {
    await openAgain({ waiting: 1 });
    const idle = await idleSocket();
    const head = [
      `GET ${socketIo} HTTP/1.1`,
      `Host: ${world.host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==',
      '',
    ];
    expect(await world.request(head.join('\r\n'))).toContain('tooFast');
    idle?.close();
  });

  it('waits only so long for who shows nothing, or nothing good', async () => {
    await openAgain({ admissionMs: 300 });
    const mute = await idleSocket();
    const liar = await idleSocket();
    liar?.send('40/visitor,{"protocol":1,"ticket":"not.a.ticket"}');
    const closed = [mute, liar].map((socket) => new Promise((resolve) => socket?.once('close', resolve)));
    const { visitor } = await world.active();
    await Promise.all(closed);
    expect(visitor.socket.connected).toBe(true);
  });

  it('closes the connection of who leaves the namespace', async () => {
    await openAgain({});
    const engagement = world.engagement();
    const stranger = new WebSocket(`ws://127.0.0.1:${world.port}${socketIo}`, {
      headers: { Host: world.host, Origin: engagement.origin },
    });
    const left = new Promise((resolve) => stranger.once('close', resolve));
    const began = performance.now();
    stranger.on('message', (data) => {
      const text = String(data);
      const auth = JSON.stringify({ protocol, ticket: world.records.visitorTicket(engagement) });
      if (text.startsWith('0')) stranger.send(`40/visitor,${auth}`);
      if (/^42.visitor,\d*\["session:opened"/.test(text)) stranger.send('41/visitor,');
    });
    await left;
    // Unanswered, the server's pings would end it as well, but later.
    expect(performance.now() - began).toBeLessThan(4000);
    expect(world.live.status().counts['admitted.visitor']).toBe(1);
  });

  it('does not count those that were let in', async () => {
    await openAgain({ waiting: 1 });
    const { visitor } = await world.active();
    await world.agent(world.shop.agents[1]);
    expect(visitor.socket.connected).toBe(true);
    expect(world.live.status().counts.heldBack).toBeUndefined();
  });

  it('closes to a network that has failed too often', async () => {
    await openAgain({ failuresPerMinute: 3 });
    const engagement = world.engagement();
    const { origin } = engagement;
    const forged = { protocol, ticket: 'not.a.ticket' };
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await world.refusedConnection('visitor', forged, origin)).toEqual({ code: 'notAdmitted' });
    }
    const ticket = world.records.visitorTicket(engagement);
    expect(await world.refusedConnection('visitor', { protocol, ticket }, origin)).toBeUndefined();
    expect(world.live.status().counts.heldBack).toBe(1);
  });

  it('closes a socket that tries again and again', async () => {
    await openAgain({ failuresPerMinute: 3 });
    const socket = await idleSocket();
    if (socket === undefined) throw new Error('The door is open.');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (let attempt = 0; attempt < 4; attempt += 1) socket.send('40/visitor,{}');
    await closed;
  });
});

describe('the HTTP server under the sockets', () => {
  it('answers to its own names only', async () => {
    const status = async (host: string, path: string) =>
      (await world.request(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close`)).split('\r\n')[0];
    expect(await status(world.host, '/health')).toContain('200');
    expect(await status(`127.0.0.1:${world.port}`, '/health')).toContain('200');
    expect(await status('live.test', '/health')).toContain('421');
    expect(await status(`live.test:${world.port + 1}`, '/health')).toContain('421');
    expect(await status('evil.test', '/health')).toContain('421');
    expect(await status(`live.test.evil.test:${world.port}`, '/health')).toContain('421');
    expect(await status(world.host, '/')).toContain('404');
    const page = await world.request(`GET / HTTP/1.1\r\nHost: localhost:${world.port}\r\nConnection: close`);
    expect(page).toContain('307');
    expect(page.toLowerCase()).toContain(`location: http://live.test:${world.port}`);
  });

  it('says which limits are in force, with helmet before it, and nothing of anybody', async () => {
    const answer = await world.request(`GET /health HTTP/1.1\r\nHost: ${world.host}\r\nConnection: close`);
    expect(answer).toContain('"limits":[{"name":"no-file-writes","inForce":true}]');
    expect(answer.toLowerCase()).toContain("content-security-policy: default-src 'none'");
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
    expect(answer).not.toContain(world.rival.tenantId);
  });

  it('upgrades nothing but its own paths, for its own hosts', async () => {
    const upgrade = (path: string, host: string) =>
      world.request(
        `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${world.shop.origin}\r\nUpgrade: websocket\r\n` +
          'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      );
    const socketIo = '/socket.io/?EIO=4&transport=websocket';
    expect(await upgrade('/elsewhere', world.host)).toContain('404');
    expect(await upgrade('/frames', 'evil.test')).toContain('404');
    expect(await upgrade(socketIo, 'evil.test')).not.toContain('101');
    const polling = '/socket.io/?EIO=4&transport=polling';
    const polled = await world.request(`GET ${polling} HTTP/1.1\r\nHost: ${world.host}\r\nConnection: close`);
    expect(polled.split('\r\n')[0]).toContain('400');
    expect(polled.toLowerCase()).toContain('x-content-type-options: nosniff');
  });
});

it('is not listened to by records whose secret it does not know', async () => {
  const closed: number[] = [];
  world.records.onRefused = () => closed.push(1);
  const { url } = world.records;
  await world.live.close();
  await world.listenLive({ nodeId: randomUUID(), journal: { url, secret: 'another secret' } });
  await until(() => closed.length >= 3);
  expect(world.live.status().storage).toBe('down');
});
