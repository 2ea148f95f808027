/** People's rights over real HTTP: from a receipt or handed on, through an officer's work, to what is carried out. */

import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ExportShape } from '../src/records/index.js';
import { endedTalk } from './ended-talk.js';
import { entry, type JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { SHOP } from './records-customer.js';
import { World } from './records-world.js';
import { repeatLine } from './repeat-line.js';

const DAY_MS = 24 * 3_600_000;
let world: World;
let line: JournalLine;
let own: Customer;
let other: Customer;
let agent: Person;
let colleague: Person;

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
  agent = await own.agent('Aki');
  colleague = await own.agent('Ben');
});
afterAll(() => world?.stop());

type SignedIn = Pick<Person, 'get' | 'post' | 'delete'>;
const known = new Map<string, SignedIn>();

/** Signed in anew after the clock was moved: no session lasts as long as a case does. */
async function signedIn(email: string): Promise<SignedIn> {
  const before = known.get(email);
  if (before !== undefined && (await before.get('/api/customer')).status === 200) return before;
  const body = { email, password: 'a long enough sentence' };
  const { accessToken } = (await world.ask('POST', '/api/session', { body })).body;
  const headers = { authorization: `Bearer ${accessToken}` };
  const person: SignedIn = {
    get: (path) => world.ask('GET', path, { headers }),
    post: (path, sent) => world.ask('POST', path, { headers, body: sent }),
    delete: (path) => world.ask('DELETE', path, { headers }),
  };
  known.set(email, person);
  return person;
}

const officer = () => signedIn(own.officer.email);
const asAgent = () => signedIn(agent.email);

interface Opened {
  readonly caseId: string;
  readonly caseKey: string;
}

async function open(visitor: Visitor, start: object): Promise<Opened> {
  const answer = await visitor.post('/v1/engagements/cases', start);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

const withKey = (path: string, { caseId, caseKey }: Opened) =>
  world.ask('GET', path, { headers: { origin: SHOP, authorization: `Case ${caseId}.${caseKey}` } });

async function act(caseId: string, ...acts: object[]) {
  const by = await officer();
  let answer = await by.get(`/api/rights/${caseId}`);
  for (const each of acts) {
    answer = await by.post(`/api/rights/${caseId}/acts`, each);
    expect(answer.status, `${JSON.stringify(each)} ${JSON.stringify(answer.body)}`).toBe(200);
  }
  return answer.body;
}

const ended = (visitor: Visitor) => endedTalk(line, visitor, agent);

const granted = { act: 'answer', outcome: 'granted', text: 'We do what you ask.' };
const count = async (table: string, { engagementId }: Visitor) => {
  const text = `SELECT count(*)::int AS rows FROM ${table} WHERE engagement_id = $1`;
  return (await world.sql<{ rows: number }>(text, [engagementId]))[0]?.rows;
};

describe('a request for access', () => {
  it('goes from the receipt to the export, and its history tells each step', async () => {
    const visitor = await ended(await own.visitor({ name: '=cmd()', topic: 'Loans' }));
    const opened = await open(visitor, { kind: 'access', contact: 'Mira@Example.org' });
    expect((await withKey('/v1/rights/export', opened)).status).toBe(403);
    const [listed] = (await (await officer()).get('/api/rights')).body;
    expect(listed).toMatchObject({ caseId: opened.caseId, kind: 'access', missing: ['take'], late: false });
    expect(listed.nextDue.clock).toBe('answer');
    await act(opened.caseId, { act: 'take' }, granted);
    expect((await withKey('/v1/rights/export', opened)).status).toBe(403);
    const shown = await act(opened.caseId, { act: 'execute' }, { act: 'close' });
    expect(shown.history.map((each: { happening: string }) => each.happening)).toEqual([
      'received',
      'take',
      'answer',
      'execute',
      'close',
    ]);
    expect(shown).toMatchObject({
      state: 'closed',
      contact: 'mira@example.org',
      historyHolds: true,
      mayDo: [],
    });
    const exported = await withKey('/v1/rights/export', opened);
    expect(v.safeParse(ExportShape, exported.body).issues).toBeUndefined();
    expect(exported.body.transcript[0].text).toBe('What is APR?');
    expect(exported.body.sources.transcript).toContain('written by you');
    for (const from of Object.values<readonly string[]>(exported.body.sources))
      expect(from.length).toBeGreaterThan(0);
    const [request, ...history] = exported.body.cases;
    expect(request.fields).toMatchObject({
      right: 'access',
      contact: 'mira@example.org',
      answer: granted.text,
    });
    expect(history.map(({ fields }: { fields: { what: string } }) => fields.what)).toEqual([
      ...shown.history.map((each: { happening: string }) => each.happening),
      'exported',
    ]);
    const csv = await visitor.get('/v1/engagements/export.csv');
    expect(csv.body).toContain('"contact","mira@example.org"');
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body).toContain('"What is APR?"');
    expect(csv.body).toContain(`"'=cmd()"`);
    const table = await withKey('/v1/rights/export.csv', opened);
    expect(table.body).toContain('"What is APR?"');
    const seen = await withKey('/v1/rights/case', opened);
    expect(seen.body).toMatchObject({ state: 'closed', controller: 'Hazel', answer: { outcome: 'granted' } });
  });

  it('is answered in parts where there are many lines, and each of them is there', async () => {
    const text = 'A "quoted" \\ line\nof two, with ü and 😀';
    const visitor = await own.visitor({ text });
    await repeatLine(world, visitor, 2100);
    const exported = (await visitor.get('/v1/engagements/export')).body;
    expect(exported.receipt.held[0].rows).toBe(2100);
    const numbers = exported.transcript.map((each: { number: number }) => each.number);
    expect(numbers).toEqual(Array.from({ length: 2100 }, (_, at) => at + 1));
    expect(exported.transcript[0]).toEqual((await visitor.get('/v1/engagements/lines')).body.lines[0]);
    expect(exported.transcript.at(-1).text).toBe(text);
    const csv = await visitor.get('/v1/engagements/export.csv');
    expect(csv.body.split('"transcript"')).toHaveLength(2101);
  });

  it('leaves the connections to everybody else, however many take their exports at once', async () => {
    const { context, exports } = world.records.core;
    const { database } = context;
    const visitors = await Promise.all([1, 2, 3, 4].map(() => own.visitor()));
    const texts = await Promise.all(
      visitors.map(({ headers: { origin, authorization } }) => exports.export({ origin, authorization })),
    );
    let now = 0;
    let most = 0;
    const transact = database.inTenant.bind(database);
    const counted: typeof transact = async (tenantId, work) => {
      most = Math.max(most, ++now);
      return transact(tenantId, work).finally(() => --now);
    };
    const spied = vi.spyOn(database, 'inTenant').mockImplementation(counted as never);
    try {
      const taken = texts.map(async (text) => {
        const parts: string[] = [];
        if (text.ok) for await (const part of text.value) parts.push(part);
        return JSON.parse(parts.join('')).transcript.length;
      });
      expect(await Promise.all(taken)).toEqual([1, 1, 1, 1]);
    } finally {
      spied.mockRestore();
    }
    expect([most, now]).toEqual([2, 0]);
  });

  it('[F4] [B8] is shown, acted on and packed where there is a basis for it, and nowhere else', async () => {
    const opened = await open(await own.visitor(), { kind: 'access', contact: 'mira@example.org' });
    const path = `/api/rights/${opened.caseId}`;
    const far = await own.agent('Far', { roles: ['officer'], country: 'IN', siteIds: [] });
    const nowhere = await own.agent('Nowhere', { roles: ['officer'], siteIds: [] });
    await world.sql('UPDATE person SET country = NULL WHERE person_id = $1', [nowhere.agentId]);
    for (const [who, detail] of [[far, 'NO_BASIS'] as const, [nowhere, 'WORK_COUNTRY_MISSING'] as const]) {
      const tries = [who.get(path), who.post(`${path}/acts`, { act: 'take' }), who.post(`${path}/pack`)];
      for (const { status, body } of await Promise.all(tries))
        expect([status, body.refusal]).toEqual([403, { code: 'transferRefused', detail }]);
      const listed = (await who.get('/api/rights')).body;
      expect(JSON.stringify(listed)).not.toContain('mira@example.org');
    }
    const { history, mayDo } = await act(opened.caseId);
    expect(history).toHaveLength(1);
    expect(mayDo).toContain('take');
    const pack = await (await officer()).post(`${path}/pack`);
    expect(pack.body).toMatchObject({ held: { transcript: [{ text: 'What is APR?' }] } });
    // What the visitor wrote is no transfer; what an officer does about them is the customer's to send.
    const bases = `SELECT h.happening, d.basis FROM case_history h
      JOIN transfer_decision d ON d.decision_id = h.decision_id WHERE h.case_id = $1 ORDER BY h.number`;
    expect(await world.sql(bases, [opened.caseId])).toEqual([
      { happening: 'received', basis: 'NONE_DIRECT_FROM_SUBJECT' },
      { happening: 'packMade', basis: 'NONE_DOMESTIC' },
    ]);
  });

  it('shows nothing to another key, customer or role', async () => {
    const opened = await open(await ended(await own.visitor()), { kind: 'access' });
    const stranger = await open(await ended(await other.visitor()), { kind: 'access' });
    expect((await withKey('/v1/rights/case', { ...opened, caseKey: stranger.caseKey })).status).toBe(401);
    expect((await other.officer.get(`/api/rights/${opened.caseId}`)).status).toBe(404);
    expect((await other.officer.post(`/api/rights/${opened.caseId}/pack`)).status).toBe(404);
    expect((await (await asAgent()).get('/api/rights')).status).toBe(403);
  });
});

describe('a request that was handed on', () => {
  it('needs to be matched and recognised before anything of it is given', async () => {
    const visitor = await ended(await own.visitor());
    const asked = { kind: 'portability', siteKey: own.siteKey, contact: 'mira@example.org' };
    const refer = (body: object) =>
      world.ask('POST', '/v1/rights/referrals', { headers: { origin: SHOP }, body });
    const opened = (await refer(asked)).body;
    const unknown = await refer({ ...asked, siteKey: `site_${'x'.repeat(22)}` });
    expect([unknown.status, JSON.stringify(unknown.body)]).toEqual([
      404,
      '{"refusal":{"code":"notFound","detail":"siteKey"}}',
    ]);
    expect(opened.seen.redress).toContain('Office of the Data Protection Ombudsman');
    const before = await act(opened.caseId);
    expect(before).toMatchObject({ state: 'referred', missing: ['engagement', 'identity'] });
    expect(before.due.map((each: { clock: string }) => each.clock)).toContain('supportPack');
    const early = await (await officer()).post(`/api/rights/${opened.caseId}/acts`, { act: 'take' });
    expect(early.status).toBe(409);
    await act(opened.caseId, { act: 'name', engagementId: visitor.engagementId });
    await act(opened.caseId, { act: 'askIdentity', reason: 'The address is another one.' });
    await act(opened.caseId, { act: 'confirmIdentity', means: 'mailLoop' });
    const pack = await (await officer()).post(`/api/rights/${opened.caseId}/pack`);
    expect(pack.body.held.transcript).toHaveLength(1);
    expect(pack.body.case.due.map((each: { clock: string }) => each.clock)).not.toContain('supportPack');
    await act(opened.caseId, { act: 'take' }, granted, { act: 'execute' });
    expect((await withKey('/v1/rights/export', opened)).status).toBe(200);
  });

  it('restricts from the moment that it is known what it is about', async () => {
    const visitor = await ended(await own.visitor());
    const path = `/api/engagements/${visitor.engagementId}`;
    const asked = { siteKey: own.siteKey, contact: 'mira@example.org', details: 'My name is Mira.' };
    const body = { ...asked, kind: 'rectification' };
    const opened = (await world.ask('POST', '/v1/rights/referrals', { headers: { origin: SHOP }, body }))
      .body;
    expect((await (await asAgent()).get(path)).status).toBe(200);
    const mistaken = await ended(await own.visitor());
    const named = async (one: Visitor) => {
      await act(opened.caseId, { act: 'name', engagementId: one.engagementId });
      const paths = [mistaken, visitor].map((each) => `/api/engagements/${each.engagementId}`);
      const by = await asAgent();
      return Promise.all(paths.map(async (each) => (await by.get(each)).status));
    };
    expect(await named(mistaken)).toEqual([404, 200]);
    await act(opened.caseId, { act: 'confirmIdentity', means: 'mailLoop' });
    expect(await named(visitor), '[RT8]').toEqual([200, 404]);
    expect((await act(opened.caseId)).missing, '[RT10]').toEqual(['identity']);
    const proven = await open(visitor, { kind: 'access' });
    expect((await act(proven.caseId)).mayDo).not.toContain('name');
  });

  it('is answered in the language of who asks, whatever is known of it', async () => {
    const asked = { siteKey: own.siteKey, contact: 'mira@example.org', kind: 'access', language: 'de' };
    const sent = { headers: { origin: SHOP }, body: asked };
    const opened = (await world.ask('POST', '/v1/rights/referrals', sent)).body;
    expect(opened.seen.redress).toContain('Sie können sich bei der Datenschutzbehörde');
    await act(opened.caseId, {
      act: 'answer',
      outcome: 'refused',
      text: 'Wer fragt?',
      ground: 'identityNotShown',
    });
    const { answer } = (await withKey('/v1/rights/case', opened)).body;
    expect(answer.redress).toContain('kostenlos um eine neue Prüfung');
  });

  it('locks a child’s conversation at once, and takes it away within three days by itself', async () => {
    const visitor = await own.visitor();
    const { engagementId } = visitor;
    await line.append(entry({ type: 'accepted', engagementId, agentId: agent.agentId } as never));
    const body = { kind: 'minor', siteKey: own.siteKey, contact: 'parent@example.org', engagementId };
    const opened = (await world.ask('POST', '/v1/rights/referrals', { headers: { origin: SHOP }, body }))
      .body;
    expect((await (await asAgent()).get(`/api/engagements/${engagementId}`)).status).toBe(404);
    expect(line.revoked).toContainEqual(expect.objectContaining({ type: 'engagementEnded', engagementId }));
    const sparing = await ended(await own.visitor());
    const kept = await open(sparing, { kind: 'minor' });
    await act(kept.caseId, { act: 'take' }, { ...granted, outcome: 'refused', ground: 'nothingHeld' });
    const sweptAfter = async (hours: number) => {
      world.aheadMs = hours * 3_600_000;
      await world.records.purge();
      world.aheadMs = 0;
      return [await count('chat_line', visitor), await count('chat_line', sparing)];
    };
    expect(await sweptAfter(47)).toEqual([1, 1]);
    expect(await sweptAfter(49), 'and what an officer has found to be no child’s stays').toEqual([0, 1]);
    const shown = await act(opened.caseId, { act: 'close' });
    expect(shown.history.map((each: { happening: string }) => each.happening)).toEqual([
      ...['received', 'referred', 'restricted', 'erased', 'execute', 'close', 'unrestricted'],
    ]);
  });

  it('is about an engagement of that customer or of none', async () => {
    const foreign = await ended(await other.visitor());
    const body = {
      kind: 'access',
      siteKey: own.siteKey,
      contact: 'mira@example.org',
      engagementId: foreign.engagementId,
    };
    const opened = (await world.ask('POST', '/v1/rights/referrals', { headers: { origin: SHOP }, body }))
      .body;
    expect((await act(opened.caseId)).missing).toEqual(['engagement', 'identity']);
    const named = { act: 'name', engagementId: foreign.engagementId };
    expect((await (await officer()).post(`/api/rights/${opened.caseId}/acts`, named)).status).toBe(422);
  });
});

describe('a request that came by letter', () => {
  it('counts from the day that it came, and nothing of it is given before who wrote it is recognised', async () => {
    const visitor = await ended(await own.visitor());
    const day = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
    const letter = { kind: 'access', siteId: own.siteId, receivedOn: day(20) };
    const record = async (body: object) => (await officer()).post('/api/rights', body);
    expect((await record({ ...letter, receivedOn: day(-2) })).body.refusal.detail).toBe('receivedOn');
    expect((await record({ ...letter, siteId: other.siteId })).body.refusal.detail).toBe('siteId');
    expect((await (await asAgent()).post('/api/rights', letter)).status).toBe(403);
    const { caseId } = (await record(letter)).body;
    const shown = await act(caseId);
    expect(shown).toMatchObject({ cameBy: 'letter', state: 'received', missing: ['engagement', 'identity'] });
    expect(shown.nextDue).toMatchObject({ clock: 'answer' });
    expect(shown.nextDue.at - Date.now()).toBeLessThan(15 * DAY_MS);
    expect(shown.history).toMatchObject([{ happening: 'received', actor: 'Hazel officer' }]);
    expect((await (await officer()).get('/api/customer')).body.missing).toEqual(
      expect.arrayContaining([expect.stringMatching(/^cases/)]),
    );
    await act(caseId, { act: 'name', engagementId: visitor.engagementId });
    await act(caseId, { act: 'confirmIdentity', means: 'knownFacts' }, { act: 'take' }, granted, {
      act: 'execute',
    });
  });
});

describe('an answer', () => {
  it('that is no names its ground, the law and where to complain', async () => {
    const opened = await open(await ended(await own.visitor()), { kind: 'access' });
    await act(opened.caseId, { act: 'take' });
    const no = { act: 'answer', outcome: 'refused', text: 'These are the words of others.' };
    const path = `/api/rights/${opened.caseId}/acts`;
    expect((await (await officer()).post(path, no)).status).toBe(422);
    await act(opened.caseId, { ...no, ground: 'rightsOfOthers' }, { act: 'close' });
    const { answer } = (await withKey('/v1/rights/case', opened)).body;
    expect(answer.law).toContain('Art. 15(4)');
    expect(answer.redress).toContain('Office of the Data Protection Ombudsman');
    expect(answer.redress).toContain('privacy@hazel.example');
    expect((await withKey('/v1/rights/export', opened)).status).toBe(403);
  });

  it('is never missing from a closed case, whatever writes the row', async () => {
    const opened = await open(await ended(await own.visitor()), { kind: 'access' });
    const close = "UPDATE rights_case SET state = 'closed', closed_at = now() WHERE case_id = $1";
    await expect(world.sql(close, [opened.caseId])).rejects.toThrow('case_closed');
  });
});

describe('an erasure', () => {
  it('on a case takes the words and the answers, and a hold keeps them until its end', async () => {
    const free = await ended(await own.visitor({ name: 'Mira' }));
    const held = await ended(await own.visitor());
    const until = new Date(Date.now() + 60 * DAY_MS).toISOString().slice(0, 10);
    const hold = { engagementId: held.engagementId, caseReference: 'K-17', law: 'Art. 17(3)(e) GDPR', until };
    expect((await (await officer()).post('/api/holds', { ...hold, caseReference: '' })).status).toBe(400);
    const far = new Date(Date.now() + 400 * DAY_MS).toISOString().slice(0, 10);
    expect((await (await officer()).post('/api/holds', { ...hold, until: far })).status).toBe(422);
    expect((await (await officer()).post('/api/holds', hold)).status).toBe(200);
    for (const visitor of [free, held]) {
      const opened = await open(visitor, { kind: 'erasure' });
      await act(opened.caseId, { act: 'take' }, granted, { act: 'execute' });
    }
    expect([await count('chat_line', free), await count('introduction', free)]).toEqual([0, 0]);
    expect(await count('chat_line', held)).toBe(1);
    const asked = (await held.post('/v1/engagements/erase')).body;
    expect(asked).toMatchObject({ erased: { transcript: 0 } });
    expect(asked.erasureId).toBeUndefined();
    expect(asked.remains[0]).toMatchObject({ class: 'transcript', rows: 1, law: 'Art. 17(3)(e) GDPR' });
    world.aheadMs = 61 * DAY_MS;
    await world.records.purge();
    world.aheadMs = 0;
    expect([await count('chat_line', held), await count('erasure', held)]).toEqual([0, 1]);
  });
});

describe('what is held of requests and what came of them', () => {
  const heldCase = async (visitor: Visitor) =>
    (await visitor.get('/v1/engagements/receipt')).body.held.find(
      (each: { class: string }) => each.class === 'case',
    );

  it('is in the receipt and the export of its engagement, with holds and erasures, and nothing that is others’', async () => {
    const visitor = await ended(await own.visitor());
    const { engagementId } = visitor;
    expect(await heldCase(visitor)).toBeUndefined();
    const until = new Date(Date.now() + 60 * DAY_MS).toISOString().slice(0, 10);
    const hold = { engagementId, caseReference: 'K-internal', law: 'Art. 17(3)(e) GDPR', until };
    const placed = await (await officer()).post('/api/holds', hold);
    expect(placed.status).toBe(200);
    const stranger = { siteKey: own.siteKey, engagementId, kind: 'erasure', contact: 'stranger@example.org' };
    await world.ask('POST', '/v1/rights/referrals', { headers: { origin: SHOP }, body: stranger });
    const opened = await open(visitor, { kind: 'portability', details: 'To take along.' });
    await open(await own.visitor(), { kind: 'complaint', details: 'Of somebody else.' });
    await act(opened.caseId, { act: 'take' }, { act: 'extend', justification: 'Many asked.' });
    await (await officer()).delete(`/api/holds/${placed.body.holdId}`);
    await visitor.post('/v1/engagements/erase');
    const { body } = await visitor.get('/v1/engagements/export');
    expect(v.safeParse(ExportShape, body).issues).toBeUndefined();
    const kinds = body.cases.map(({ kind }: { kind: string }) => kind);
    const history = Array.from({ length: 3 }, () => 'requestHistory');
    expect(kinds.toSorted()).toEqual(['erasure', 'hold', 'request', ...history]);
    const request = body.cases.find(({ kind }: { kind: string }) => kind === 'request').fields;
    expect(request).toMatchObject({
      right: 'portability',
      details: 'To take along.',
      justification: 'Many asked.',
    });
    expect(body.sources.case.length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toMatch(/stranger@|K-internal|Of somebody else/);
    const held = await heldCase(visitor);
    expect(held.rows).toBe(6);
    // What the visitor wrote, and what an officer did about it.
    const bases = held.bases.map(({ basis }: { basis: string }) => basis).toSorted();
    expect(bases).toEqual(['NONE_DIRECT_FROM_SUBJECT', 'NONE_DOMESTIC']);
    expect(held.keptUntil).toBeGreaterThan(Date.now() + 1_090 * DAY_MS);
  });
});

describe('what is restricted', () => {
  it('is shown to officers alone, in no list, and is free again when its correction stands beside it', async () => {
    const visitor = await ended(await own.visitor({ name: 'Mirra' }));
    const path = `/api/engagements/${visitor.engagementId}`;
    expect((await (await asAgent()).get(path)).status).toBe(200);
    const opened = await open(visitor, { kind: 'rectification', details: 'My name is Mira.' });
    expect((await (await asAgent()).get(path)).status).toBe(404);
    expect((await (await officer()).get(path)).status).toBe(200);
    const found = await (await officer()).get('/api/engagements?search=Mirra');
    expect(found.body).toEqual([]);
    await act(opened.caseId, { act: 'take' }, granted, { act: 'execute' }, { act: 'close' });
    expect((await (await asAgent()).get(path)).status).toBe(200);
    const exported = (await visitor.get('/v1/engagements/export')).body;
    expect(exported.corrections).toMatchObject([{ text: 'My name is Mira.' }]);
    expect(JSON.stringify(exported.metadata)).toContain('Mirra');
  });

  it('[RT9] ends where it is asked for, and goes on without others where something is said to be wrong', async () => {
    const [locked, disputed, left] = [await own.visitor(), await own.visitor(), await own.visitor()];
    const joins = async ({ engagementId }: Visitor) => {
      const joining = { type: 'joined', engagementId, agentId: colleague.agentId, role: 'agent' };
      return line.append(entry(joining as never));
    };
    for (const { engagementId } of [locked, disputed, left])
      await line.append(entry({ type: 'accepted', engagementId, agentId: agent.agentId } as never));
    await open(locked, { kind: 'restriction' });
    await open(disputed, { kind: 'rectification', details: 'My name is Mira.' });
    const over = () =>
      line.revoked.flatMap((each) =>
        each.type === 'engagementEnded' && each.outOfSight ? [each.engagementId as string] : [],
      );
    expect(over()).toContain(locked.engagementId);
    expect(over()).not.toContain(disputed.engagementId);
    const hidden = { type: 'engagementDisputed', engagementId: disputed.engagementId };
    expect(line.revoked, 'the desk shows its words to nobody').toContainEqual(hidden);
    expect(await joins(disputed)).toMatchObject({ ok: false, refusal: { code: 'wrongState' } });
    expect((await disputed.post('/v1/engagements/return')).body.phase).toBe('active');
    const lines = async () =>
      (await (await asAgent()).get(`/api/engagements/${disputed.engagementId}/lines?after=0`)).status;
    expect(await lines()).toBe(200);
    await ended(disputed);
    expect(await lines()).toBe(404);
    await expect.poll(over, { message: 'has no wrap-up' }).toContain(disputed.engagementId);
    await open(left, { kind: 'rectification', details: 'My name is Mira.' });
    await left.post('/v1/engagements/leave');
    expect(over(), 'nor one that its visitor left by another page').toContain(left.engagementId);
  });

  it('[RT9] is not written up any more, nor is what is erased', async () => {
    const locked = await ended(await own.visitor());
    const wrong = await ended(await own.visitor());
    const erased = await ended(await own.visitor());
    await open(locked, { kind: 'restriction' });
    await open(wrong, { kind: 'rectification', details: 'My name is Mira.' });
    expect((await erased.post('/v1/engagements/erase')).status).toBe(200);
    const told = line.revoked.filter((each) => each.type === 'engagementEnded' && each.outOfSight);
    const state = 'SELECT phase, ended_by, end_reason FROM engagement WHERE engagement_id = $1';
    const over = { phase: 'closed', ended_by: 'visitor', end_reason: 'visitorEnded' };
    for (const { engagementId } of [locked, wrong, erased]) {
      expect(told).toContainEqual(expect.objectContaining({ engagementId }));
      expect(await world.sql(state, [engagementId]), 'as it had ended').toEqual([over]);
    }
  });

  it('says that an officer ended it, where one did', async () => {
    const [talking, asking] = [await own.visitor(), await own.visitor()];
    const { caseId } = await open(talking, { kind: 'objection', objectsTo: 'accountability' });
    await act(caseId, { act: 'take' }, granted, { act: 'execute' });
    await open(asking, { kind: 'restriction' });
    const state = 'SELECT ended_by, end_reason FROM engagement WHERE engagement_id = $1';
    const by = async ({ engagementId }: Visitor) => (await world.sql(state, [engagementId]))[0];
    expect(await by(talking)).toEqual({ ended_by: 'officer', end_reason: 'restricted' });
    expect(await by(asking)).toEqual({ ended_by: 'visitor', end_reason: 'restricted' });
  });

  it('is a child’s conversation from the moment it is told, and it ends', async () => {
    const visitor = await own.visitor();
    const engagementId = visitor.engagementId as never;
    await line.append(entry({ type: 'accepted', engagementId, agentId: agent.agentId as never }));
    const opened = await open(visitor, { kind: 'minor' });
    expect((await (await asAgent()).get(`/api/engagements/${visitor.engagementId}`)).status).toBe(404);
    expect(line.revoked).toContainEqual(
      expect.objectContaining({ type: 'engagementEnded', engagementId: visitor.engagementId }),
    );
    const { due } = await act(opened.caseId);
    expect(due[0].at - Date.now()).toBeLessThan(3 * DAY_MS + 1000);
    await act(opened.caseId, { act: 'take' }, granted, { act: 'execute' });
    expect(await count('chat_line', visitor)).toBe(0);
  });

  it('is free again by hand, which is logged', async () => {
    const visitor = await ended(await own.visitor());
    const opened = await open(visitor, { kind: 'restriction' });
    await act(opened.caseId, { act: 'take' }, granted, { act: 'execute' }, { act: 'close' });
    const path = `/api/engagements/${visitor.engagementId}`;
    expect((await (await asAgent()).get(path)).status).toBe(404);
    const restrictedAt = async () => (await (await officer()).get(path)).body.restrictedAt;
    expect(await restrictedAt()).toEqual(expect.any(Number));
    expect((await (await officer()).delete(`${path}/restriction`)).status).toBe(200);
    expect(await restrictedAt()).toBeUndefined();
    expect((await (await officer()).delete(`${path}/restriction`)).status).toBe(409);
    expect((await (await asAgent()).get(path)).status).toBe(200);
    const audit = (await (await officer()).get('/api/audit')).body;
    expect(audit.map((each: { action: string }) => each.action)).toContain('restriction.lifted');
  });
});

describe('a date that passes', () => {
  it('is told once in the history and stays late in the list', async () => {
    const opened = await open(await ended(await own.visitor()), {
      kind: 'complaint',
      details: 'Nobody answered.',
    });
    world.aheadMs = 46 * DAY_MS;
    await world.records.purge();
    await world.records.purge();
    expect((await (await officer()).get('/api/customer')).body.missing).toContain('casesLate');
    const shown = await act(opened.caseId);
    world.aheadMs = 0;
    const late = shown.history.filter((each: { happening: string }) => each.happening === 'late');
    expect(late).toMatchObject([{ detail: 'answer', actor: 'system' }]);
    expect([shown.late, shown.historyHolds]).toEqual([true, true]);
    expect(world.logged.some((each) => each.includes('rights.late'))).toBe(true);
  });
});

describe('a history', () => {
  it('shows what was changed or taken out of it, even by the owner of the database', async () => {
    for (const spoil of [
      "UPDATE case_history SET detail = 'other' WHERE case_id = $1 AND number = 2",
      'DELETE FROM case_history WHERE case_id = $1 AND number = 1',
      "UPDATE case_history SET at = at - interval '1 day' WHERE case_id = $1 AND number = 1",
    ]) {
      const opened = await open(await ended(await own.visitor()), { kind: 'access' });
      expect((await act(opened.caseId, { act: 'take' })).historyHolds).toBe(true);
      await world.sql(spoil, [opened.caseId]);
      expect((await act(opened.caseId)).historyHolds, spoil).toBe(false);
    }
  });

  it('goes with its case 36 months after the end, and not before', async () => {
    const opened = await open(await ended(await own.visitor()), { kind: 'access' });
    await act(opened.caseId, { act: 'take' }, granted, { act: 'execute' }, { act: 'close' });
    const left = async () =>
      (await world.sql('SELECT 1 FROM case_history WHERE case_id = $1', [opened.caseId])).length;
    world.aheadMs = 1090 * DAY_MS;
    await world.records.purge();
    expect(await left()).toBe(5);
    world.aheadMs = 1100 * DAY_MS;
    await world.records.purge();
    world.aheadMs = 0;
    expect(await left()).toBe(0);
    const receipts = await world.sql("SELECT 1 FROM purge_receipt WHERE data_class = 'case'");
    expect(receipts.length).toBeGreaterThan(0);
  });
});
