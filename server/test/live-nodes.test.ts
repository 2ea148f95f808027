/**
 * Where an engagement lives: every ticket of it leads to one node, until that is gone. And that a second node beside
 * one is refused by name, with real processes of `live` and a real `records`.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { until } from '@alongside/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '../src/app/embedded-postgres/free-port.js';
import { NODE_LOST_MS } from '../src/records/tickets/live-nodes.js';
import { entry, type JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
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
