/** The journal while Postgres is stopped, killed and started again, and while `records` itself is killed. */
import { randomUUID } from 'node:crypto';
import type { JournalAck } from '@alongside/engagement';
import type { EngagementId, LineId } from '@alongside/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entry, type JournalLine } from './journal-line.js';
import type { Customer, Visitor } from './records-customer.js';
import { World } from './records-world.js';

let world: World;
let line: JournalLine;
let own: Customer;
let other: Customer;
let stranger: Visitor;

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
  stranger = await other.visitor();
});
afterAll(() => world?.stop());

function saying(visitor: Visitor, text: string, lineId: string = randomUUID()) {
  const engagementId = visitor.engagementId as EngagementId;
  return entry({ type: 'chatLine', engagementId, lineId: lineId as LineId, from: 'visitor', text });
}

const codeOf = (ack: JournalAck) => (ack.ok ? 'ok' : ack.refusal.code);
const linesOf = (visitor: Visitor) =>
  world.sql<{ number: number; line_id: string }>(
    'SELECT number, line_id FROM chat_line WHERE engagement_id = $1 ORDER BY number',
    [visitor.engagementId],
  );

/** How long `work` took, and what it answered. */
async function timed<T>(work: Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const began = performance.now();
  return { value: await work, ms: performance.now() - began };
}

describe('with Postgres stopped', () => {
  it('answers in time, says so, and goes on by itself when it is back', async () => {
    const visitor = await own.visitor();
    expect(codeOf(await line.append(saying(visitor, 'before')))).toBe('ok');
    line.storage.length = 0;
    await world.postgres.stop();

    const late = saying(visitor, 'while it is away');
    const first = await timed(line.append(late));
    expect(codeOf(first.value)).toBe('storageUnavailable');
    expect(first.ms).toBeLessThan(2000);
    await expect.poll(() => line.storage).toEqual(['down']);
    const many = await timed(
      Promise.all(Array.from({ length: 50 }, () => line.append(saying(visitor, 'more')))),
    );
    expect(new Set(many.value.map(codeOf))).toEqual(new Set(['storageUnavailable']));
    expect(many.ms).toBeLessThan(2000);
    const page = await visitor.get('/v1/engagements/lines');
    expect([page.status, page.body.refusal.code]).toEqual([503, 'storageUnavailable']);
    const installation = await world.ask('GET', '/api/installation');
    expect([installation.status, installation.body.storage]).toEqual([200, 'down']);
    expect((await world.ask('GET', '/ready')).status).toBe(503);
    expect((await world.ask('GET', '/health')).status).toBe(200);

    await world.restartPostgres();
    await expect.poll(() => line.storage, { timeout: 5000 }).toEqual(['down', 'up']);
    expect(await line.append(late)).toMatchObject({ ok: true, number: 3 });
    expect(await line.append(late)).toMatchObject({ ok: true, number: 3 });
    expect((await linesOf(visitor)).map((each) => each.number)).toEqual([1, 2, 3]);
    expect(await linesOf(stranger)).toHaveLength(1);
  });
});

describe('with Postgres killed again and again under load', () => {
  it('loses no line that was acknowledged, and doubles none', async () => {
    const visitors = [await own.visitor(), await other.visitor()];
    const acked = new Map<string, number>();
    const entries = visitors.flatMap((visitor) =>
      Array.from({ length: 150 }, (_, index) => ({ visitor, entry: saying(visitor, `line ${index}`) })),
    );
    const send = async (each: (typeof entries)[number]): Promise<void> => {
      for (;;) {
        const ack = await line.append(each.entry);
        if (ack.ok) {
          acked.set((each.entry as { lineId: string }).lineId, ack.number ?? 0);
          return;
        }
        expect(ack.refusal.code).toBe('storageUnavailable');
        await expect.poll(() => line.storage.at(-1) ?? 'up', { timeout: 10_000 }).toBe('up');
      }
    };
    let finished = false;
    const killing = (async () => {
      for (let round = 0; round < 2 && !finished; round += 1) {
        await expect.poll(() => acked.size, { timeout: 10_000, interval: 2 }).toBeGreaterThan(round * 60);
        process.kill(world.postgres.pid(), 'SIGKILL');
        await expect.poll(() => line.storage.at(-1), { timeout: 10_000 }).toBe('up');
      }
    })();
    // A few at a time, as people type: all at once would be over before the first kill.
    const queue = [...entries];
    const workers = Array.from({ length: 6 }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await send(next);
    });
    await Promise.all(workers);
    finished = true;
    await killing;
    for (const visitor of visitors) {
      const kept = await linesOf(visitor);
      expect(kept.map((each) => each.number)).toEqual(Array.from({ length: 151 }, (_, index) => index + 1));
      for (const { number, line_id } of kept.slice(1)) expect(acked.get(line_id)).toBe(number);
    }
  }, 60_000);
});

describe('with the service closed and opened again', () => {
  it('recognises what it had committed before', async () => {
    const visitor = await own.visitor();
    const said = saying(visitor, 'once');
    const before = await line.append(said);
    const onTheWay = saying(visitor, 'on the way');
    const pending = line.append(onTheWay);
    await world.records.close();
    // It was committed and answered, or it never arrived: the line then says so itself.
    const answered = await pending;
    expect(answered.ok || answered.refusal.detail === 'lost').toBe(true);
    await world.openRecords();
    line = await world.line();
    expect(await line.append(said)).toEqual(before);
    expect(await line.append(onTheWay)).toMatchObject({ ok: true, number: 3 });
    expect((await linesOf(visitor)).map((each) => each.number)).toEqual([1, 2, 3]);
  });
});

describe('with more requests at once than there are connections', () => {
  it('goes on, and nobody is told that the database is away', async () => {
    const visitor = await own.visitor();
    line.storage.length = 0;
    const requests = Promise.all(Array.from({ length: 40 }, () => own.visitor()));
    const acks = await Promise.all(
      Array.from({ length: 20 }, () => line.append(saying(visitor, 'meanwhile'))),
    );
    expect(new Set(acks.map(codeOf))).toEqual(new Set(['ok']));
    expect(await requests).toHaveLength(40);
    expect(line.storage).toEqual([]);
  });
});
