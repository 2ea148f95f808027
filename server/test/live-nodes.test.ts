/**
 * Where an engagement lives: every ticket of it leads to one node, until that is gone. And that a second node beside
 * one is refused by name, with real processes of `live` and a real `records`.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { AgentId, EngagementId, Receipt } from '@alongside/protocol';
import { PROTOCOL_VERSION } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '../src/app/embedded-postgres/free-port.js';
import { NODE_LOST_MS } from '../src/records/tickets/live-nodes.js';
import { entry, type JournalLine } from './journal-line.js';
import { Client, grantView } from './live-world.js';
import { type Customer, type Person, SHOP, type Visitor } from './records-customer.js';
import { World } from './records-world.js';

const SECRET = 'a journal secret of the tests, long enough';
const program = fileURLToPath(new URL('../dist/app/live-main.js', import.meta.url));

let world: World;
let shop: Customer;
let rival: Customer;
const nodes: LiveProcess[] = [];
const lines: JournalLine[] = [];

beforeAll(async () => {
  world = await World.start({ journalSecret: SECRET });
  shop = await world.customer('Hazel');
  rival = await world.customer('Rival');
}, 90_000);

afterEach(async () => {
  for (const line of lines.splice(0)) line.close();
  for (const node of nodes.splice(0)) await node.kill();
  await until(async () => !(await world.ask('GET', '/health')).body.liveConnected);
  world.aheadMs += 2 * NODE_LOST_MS;
});

afterAll(async () => {
  await world?.stop();
});

class LiveProcess {
  readonly port: number;
  output = '';
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;

  private constructor(nodeId: string, port: number) {
    this.port = port;
    const env = {
      PATH: process.env.PATH ?? '',
      NODE_ID: nodeId,
      LIVE_PORT: String(port),
      JOURNAL_URL: world.journalUrl,
      JOURNAL_SECRET: SECRET,
      CALLS: 'off',
      UV_USE_IO_URING: '0',
    };
    this.#child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.#exit = once(this.#child, 'exit');
    nodes.push(this);
  }

  static async start(nodeId: string): Promise<LiveProcess> {
    return new LiveProcess(nodeId, await findFreePort());
  }

  get url(): string {
    return `http://live.localhost:${this.port}`;
  }

  /** Somebody on a real socket of this process, once they are let in. */
  async client(role: 'visitor' | 'agent', ticket: string, origin: string): Promise<Client> {
    const socket = io(`http://127.0.0.1:${this.port}/${role}`, {
      auth: { protocol: PROTOCOL_VERSION, ticket },
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { Host: new URL(this.url).host, Origin: origin },
    });
    const client = new Client(socket);
    await client.facts.waitFor('session:opened');
    return client;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async code(): Promise<number | null> {
    await this.#exit;
    return this.#child.exitCode;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#exit;
  }

  /** It is registered: `records` has told it that storage is up. */
  async serves(): Promise<this> {
    await until(async () => {
      if (this.#child.exitCode !== null) throw new Error(`It ended: ${this.output}`);
      return (await this.#storage()) === 'up';
    }, 20_000);
    return this;
  }

  #storage(): Promise<string> {
    return new Promise((resolve) => {
      const headers = { host: `live.localhost:${this.port}` };
      const asked = request({ port: this.port, host: '127.0.0.1', path: '/health', headers }, (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.once('end', () => resolve(JSON.parse(text).storage));
      });
      asked.once('error', () => resolve('unreachable'));
      asked.end();
    });
  }
}

async function line(nodeId: string, more: object = {}): Promise<JournalLine> {
  const opened = await world.line(nodeId, { liveUrl: `http://${nodeId}.test`, ...more });
  lines.push(opened);
  return opened;
}

const back = (visitor: Visitor) => visitor.post('/v1/engagements/return');
const claimsOf = (ticket: string) =>
  JSON.parse(Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString());

async function leadsTo(visitor: Visitor): Promise<string> {
  const answer = await back(visitor);
  expect(claimsOf(answer.body.ticket).liveUrl).toBe(answer.body.liveUrl);
  return answer.body.liveUrl;
}

async function keptHome(visitor: Visitor): Promise<string> {
  const [row] = await world.sql<{ node_id: string; node_start: string }>(
    'SELECT node_id, node_start FROM engagement WHERE engagement_id = $1',
    [visitor.engagementId],
  );
  return `${row?.node_id}:${row?.node_start}`;
}

async function accepted(journal: JournalLine, visitor: Visitor, agent: Person): Promise<void> {
  const { engagementId } = visitor;
  const ack = await journal.append(
    entry({ type: 'accepted', engagementId, agentId: agent.agentId } as never),
  );
  expect(ack).toMatchObject({ ok: true });
}

describe('the tickets of an engagement', () => {
  it('lead to the node of its first one, whatever node came since', async () => {
    await line('one');
    const visitor = await shop.visitor();
    expect(claimsOf(visitor.ticket).aud).toBe('one:start-1');
    await line('two');
    const later = await rival.visitor();
    expect([await leadsTo(visitor), await leadsTo(later)]).toEqual(['http://one.test', 'http://two.test']);
    expect([await keptHome(visitor), await keptHome(later)]).toEqual(['one:start-1', 'two:start-1']);
  });

  it('of its agent lead there too, and hold what lives there', async () => {
    const one = await line('one');
    const visitor = await shop.visitor();
    const agent = await shop.agent('Aki');
    await accepted(one, visitor, agent);
    await line('two');
    const { ticket, liveUrl } = (await agent.post('/api/ticket')).body;
    expect(liveUrl).toBe('http://one.test');
    const { engagements } = claimsOf(ticket);
    expect(engagements.map((each: { engagementId: string }) => each.engagementId)).toEqual([
      visitor.engagementId,
    ]);
    const other = await shop.agent('Bo');
    expect((await other.post('/api/ticket')).body.liveUrl).toBe('http://two.test');
  });

  it('wait for a lost node, and lead to another when it has been gone for long', async () => {
    const one = await line('one');
    const visitor = await shop.visitor();
    await line('two');
    one.close();
    await until(async () => (await back(visitor)).status === 409);
    expect((await back(visitor)).body.refusal).toMatchObject({
      code: 'agentUnavailable',
      detail: 'liveNode',
    });
    await line('one');
    expect(await leadsTo(visitor)).toBe('http://one.test');
    lines.at(-1)?.close();
    await until(async () => (await back(visitor)).status === 409);
    world.aheadMs += NODE_LOST_MS;
    expect(await leadsTo(visitor)).toBe('http://two.test');
    expect(await keptHome(visitor)).toBe('two:start-1');
  });

  it('lead to the new start of its node at once', async () => {
    const one = await line('one');
    const visitor = await shop.visitor();
    await line('two');
    one.close();
    await line('one', { startNumber: 'start-2', liveUrl: 'http://again.test' });
    expect(await leadsTo(visitor)).toBe('http://again.test');
    expect(await keptHome(visitor)).toBe('one:start-2');
  });

  it('that are asked for at once agree on one node', async () => {
    const one = await line('one');
    const visitor = await shop.visitor();
    await line('two');
    await line('three');
    one.close();
    await until(async () => (await back(visitor)).status === 409);
    world.aheadMs += NODE_LOST_MS;
    const urls = await Promise.all(Array.from({ length: 8 }, () => leadsTo(visitor)));
    expect(new Set(urls).size).toBe(1);
  });
});

describe('a node beside another', () => {
  it('is refused by name, ends with 1, and the first one goes on', async () => {
    const first = await (await LiveProcess.start('live-1')).serves();
    const visitor = await shop.visitor();
    for (const nodeId of ['live-2', 'live-1']) {
      const second = await LiveProcess.start(nodeId);
      expect(await second.code()).toBe(1);
      expect(second.output).toContain('"event":"live:notAlone"');
      expect(second.output).toContain(`"nodeId":"${nodeId}","other":"live-1"`);
      expect(second.output).toMatch(/live-\d ends: .* live-1 serves this installation already/);
      expect(world.logged.join('\n')).toContain(
        JSON.stringify({ event: 'journal.nodeRefused', nodeId, beside: 'live-1' }),
      );
    }
    expect(await leadsTo(visitor)).toBe(first.url);
  }, 60_000);

  it('is taken as a replacement after a crash, at once by the same name and later by another', async () => {
    const first = await (await LiveProcess.start('live-1')).serves();
    const visitor = await shop.visitor();
    await first.kill();
    const replacement = await (await LiveProcess.start('live-1')).serves();
    expect(await leadsTo(visitor)).toBe(replacement.url);
    await replacement.kill();
    const stranger = await LiveProcess.start('live-2');
    await until(() => stranger.output.includes('journal:waiting'), 20_000);
    expect((await back(visitor)).status).toBe(409);
    world.aheadMs += NODE_LOST_MS;
    await stranger.serves();
    expect(await leadsTo(visitor)).toBe(stranger.url);
  }, 60_000);

  it('takes the place of one that does not answer, which ends when it comes back', async () => {
    const frozen = await (await LiveProcess.start('live-1')).serves();
    const visitor = await shop.visitor();
    frozen.signal('SIGSTOP');
    const next = await (await LiveProcess.start('live-2')).serves();
    expect(await leadsTo(visitor)).toBe(next.url);
    frozen.signal('SIGCONT');
    expect(await frozen.code()).toBe(1);
    expect(frozen.output).toContain('"nodeId":"live-1","other":"live-2"');
    expect(await leadsTo(visitor)).toBe(next.url);
  }, 60_000);
});

describe('what a crash of a node left open', () => {
  const facts = async (visitor: Visitor) => {
    const [lease] = await world.sql(
      'SELECT ended_by, end_reason, ended_at, granted_at FROM lease WHERE engagement_id = $1',
      [visitor.engagementId],
    );
    const [call] = await world.sql(
      'SELECT ended_by, end_reason, ended_at, duration_ms FROM call WHERE engagement_id = $1',
      [visitor.engagementId],
    );
    return { lease, call };
  };
  const receiptOf = async (visitor: Visitor) =>
    ((await visitor.get('/v1/engagements/receipt')).body as Receipt).attendance.filter(
      ({ what }) => what === 'control' || what === 'call',
    );
  const lost = { ended_by: 'system', end_reason: 'connectionLost' };

  async function sharing(journal: JournalLine, leaseMs = 600_000): Promise<Visitor> {
    const visitor = await shop.visitor();
    const agent = await shop.agent('Aki');
    await accepted(journal, visitor, agent);
    const engagementId = visitor.engagementId as EngagementId;
    const agentId = agent.agentId as AgentId;
    const lease = {
      type: 'leaseGranted',
      engagementId,
      agentId,
      lease: 1,
      kinds: ['click'],
      leaseMs,
    } as const;
    const call = {
      type: 'callStarted',
      engagementId,
      callId: 'call-1',
      media: 'voice',
      by: 'agent',
    } as const;
    const at = Date.now() + world.aheadMs;
    for (const fact of [lease, call])
      expect(await journal.append(entry({ ...fact, at }))).toMatchObject({ ok: true });
    return visitor;
  }

  /** Somebody is in the call beside the lead. */
  async function attend(journal: JournalLine, visitor: Visitor): Promise<void> {
    const engagementId = visitor.engagementId as EngagementId;
    const [row] = await world.sql('SELECT agent_id FROM engagement WHERE engagement_id = $1', [engagementId]);
    const attended = {
      type: 'callAttended',
      engagementId,
      presenceId: randomUUID(),
      callId: 'call-1',
      agentId: String(row?.agent_id) as AgentId,
      mode: 'speak',
      at: Date.now() + world.aheadMs,
    } as const;
    expect(await journal.append(entry(attended))).toMatchObject({ ok: true });
  }

  it('ends when its visitor comes to the next start, at the time the node was last seen', async () => {
    const journal = await line('one');
    const visitor = await sharing(journal);
    await attend(journal, visitor);
    expect(await facts(visitor)).toMatchObject({ lease: { ended_at: null }, call: { ended_at: null } });
    journal.close();
    await line('one', { startNumber: 'start-2' });
    expect((await back(visitor)).body.ticket).toBeDefined();
    const { lease, call } = await facts(visitor);
    expect([lease, call]).toMatchObject([lost, lost]);
    expect(Number(call?.duration_ms)).toBeLessThan(30_000);
    expect(await receiptOf(visitor)).toMatchObject([
      { what: 'control', endLost: true, to: expect.any(Number) },
      { what: 'call', endLost: true, to: expect.any(Number) },
      { what: 'call', mode: 'speak', endLost: true, to: expect.any(Number) },
    ]);
  });

  it('ends without its visitor as well, and a lease not later than it was granted for', async () => {
    const journal = await line('one');
    const visitor = await sharing(journal, 1);
    await world.records.endLostSharing();
    expect(await facts(visitor)).toMatchObject({ lease: { ended_at: null }, call: { ended_at: null } });
    journal.close();
    await until(async () => !(await world.ask('GET', '/health')).body.liveConnected);
    await world.records.endLostSharing();
    expect((await facts(visitor)).call).toMatchObject({ ended_at: null });
    world.aheadMs += NODE_LOST_MS;
    await world.records.endLostSharing();
    const { lease, call } = await facts(visitor);
    expect([lease, call]).toMatchObject([lost, lost]);
    expect(Number(lease?.ended_at) - Number(lease?.granted_at)).toBe(1);
  });

  it('keeps the true end that is told later', async () => {
    const journal = await line('one');
    const visitor = await sharing(journal);
    journal.close();
    const next = await line('one', { startNumber: 'start-2' });
    await back(visitor);
    const engagementId = visitor.engagementId as EngagementId;
    const ends = [
      entry({ type: 'leaseEnded', engagementId, lease: 1, by: 'visitor', reason: 'takenBack' }),
      entry({ type: 'callEnded', engagementId, callId: 'call-1', by: 'agent', durationMs: 7 }),
    ];
    for (const fact of ends) expect(await next.append(fact)).toMatchObject({ ok: true });
    expect(await facts(visitor)).toMatchObject({
      lease: { ended_by: 'visitor', end_reason: 'takenBack' },
      call: { ended_by: 'agent', end_reason: 'ended', duration_ms: '7' },
    });
    expect(JSON.stringify(await receiptOf(visitor))).not.toContain('endLost');
  });

  it('of a real process that is killed has an end once its visitor is back', async () => {
    // A process has the machine's clock, and tickets of another time are none to it.
    world.aheadMs = 0;
    const node = await (await LiveProcess.start('one')).serves();
    const visitor = await shop.visitor();
    const agent = await shop.agent('Aki');
    const { engagementId } = visitor;
    const { ticket } = (await agent.post('/api/ticket')).body;
    const page = await node.client('visitor', visitor.ticket, SHOP);
    const window = await node.client('agent', ticket, world.consoleOrigin);
    await window.must('engagement:accept', { engagementId });
    await grantView(page, window, engagementId as EngagementId);
    await window.must('control:ask', { engagementId, kinds: ['click'], leaseMs: 60_000 });
    const { control } = await page.changed('control:asked');
    await page.must('control:grant', { askId: control.asked?.askId ?? '' });
    expect((await facts(visitor)).lease).toMatchObject({ ended_at: null });
    for (const client of [page, window]) client.socket.io.reconnection(false);
    await node.kill();
    await (await LiveProcess.start('one')).serves();
    await until(async () => (await back(visitor)).body.ticket !== undefined);
    expect((await facts(visitor)).lease).toMatchObject(lost);
  });
});
