/** The journal's end in `live`, over real sockets: what is kept, in which order it is sent, and what is not sent. */

import { randomUUID } from 'node:crypto';
import type { JournalEntry } from '@alongside/engagement';
import type { AgentId, EngagementId } from '@alongside/protocol';
import { FakeClock, newEngagement, RecordsDouble, until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalClient } from '../src/live/journal/journal-client.js';

const clock = new FakeClock();
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let records: RecordsDouble;
let journal: JournalClient;
let engagementId: EngagementId;
/** Of another customer, whose visitor agreed to be seen before anything happened. */
let elsewhere: EngagementId;
const states: string[] = [];

beforeEach(async () => {
  records = new RecordsDouble(clock);
  await records.start();
  engagementId = startActive('Aki');
  elsewhere = startActive('Riva');
  states.length = 0;
  journal = new JournalClient({
    url: records.url,
    secret: records.secret,
    hello: () => ({ nodeId: 'node', startNumber: '1', liveUrl: 'http://live.test' }),
    roster: () => ({ agents: [], engagements: [] }),
    logger: silent,
    appendMs: 300,
    listener: {
      connected: () => undefined,
      revoked: () => undefined,
      storageChanged: (state) => states.push(state),
      committed: () => undefined,
      notAlone: () => undefined,
    },
  });
  journal.open();
  await until(() => journal.storage === 'up');
  expect((await journal.append({ ...consent('granted'), engagementId: elsewhere })).ok).toBe(true);
});

afterEach(async () => {
  expect(records.ledger.of(elsewhere).consents, 'another customer keeps what they agreed to').toHaveLength(1);
  expect(consents().filter((each) => each.engagementId === elsewhere)).toHaveLength(1);
  await journal.close(0);
  await records.stop();
});

function consent(act: 'granted' | 'withdrawn'): Extract<JournalEntry, { type: 'consent' }> {
  return { type: 'consent', scope: 'view', act, entryId: randomUUID(), engagementId, at: clock.now() };
}

function startActive(displayName: string): EngagementId {
  const site = { tenantId: randomUUID(), siteId: randomUUID(), origin: 'http://shop.test' };
  const engagement = newEngagement(site as Parameters<typeof newEngagement>[0]);
  const agent = { agentId: randomUUID() as AgentId, displayName };
  records.ledger.start(engagement, clock.now(), { phase: 'active', agent });
  return engagement.engagementId;
}

const consents = () => records.of('consent');
const acts = () =>
  consents()
    .filter((each) => each.engagementId === engagementId)
    .map(({ act }) => act);

describe('the journal', () => {
  it('sends what the lost connection carried again, and it counts once', async () => {
    records.hold();
    const appended = journal.append(consent('granted'));
    await until(() => records.held.length === 1);
    await records.stop();
    records.release();
    await records.start();
    expect((await appended).ok).toBe(true);
    await until(() => journal.waiting === 0);
    expect(acts()).toEqual(['granted']);
  });

  it('never lets a grant overtake the withdrawal before it', async () => {
    records.setStorage('down');
    await until(() => journal.storage === 'down');
    journal.report(consent('withdrawn'));
    expect(await journal.append(consent('granted'))).toEqual({
      ok: false,
      refusal: { code: 'storageUnavailable' },
    });
    records.setStorage('up');
    await until(() => journal.storage === 'up');
    expect((await journal.append(consent('granted'))).ok).toBe(true);
    expect(acts()).toEqual(['withdrawn', 'granted']);
  });

  it('asks one report at a time whether storage is still down, and finds out that it is not', async () => {
    records.setStorage('down');
    await until(() => journal.storage === 'down');
    for (let index = 0; index < 50; index += 1) journal.report(consent('withdrawn'));
    records.recoverSilently();
    await until(() => journal.waiting === 0);
    expect(acts()).toHaveLength(50);
    expect(states).toEqual(['up', 'down', 'up']);
  });

  it('tells of a commit that came after its time', async () => {
    records.hold();
    const late: boolean[] = [];
    const ack = await journal.append(consent('granted'), (each) => late.push(each.ok));
    expect(ack).toEqual({ ok: false, refusal: { code: 'storageUnavailable' } });
    records.release();
    await until(() => late.length === 1);
    expect(late).toEqual([true]);
  });

  it('asks again what became of an entry that storage did not answer for, if it counts even when late', async () => {
    records.refuseNext('consent', 'storageUnavailable');
    const late: boolean[] = [];
    const ack = await journal.append(consent('granted'), (each) => late.push(each.ok));
    expect(ack).toEqual({ ok: false, refusal: { code: 'storageUnavailable' } });
    await until(() => late.length > 0);
    expect(late).toEqual([true]);
    expect(acts()).toEqual(['granted']);
    records.refuseNext('consent', 'storageUnavailable');
    expect((await journal.append(consent('withdrawn'))).ok).toBe(false);
    expect(journal.waiting).toBe(0);
  });

  it('drops a report that is refused for good', async () => {
    records.refuseNext('consent', 'notFound');
    journal.report(consent('withdrawn'));
    await until(() => journal.waiting === 0);
    expect(acts()).toEqual([]);
  });
});
