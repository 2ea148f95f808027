/** Who took part in an engagement, from when to when and on which basis, through the real journal and the real store. */

import { randomUUID } from 'node:crypto';
import { type EngagementLedger, limits } from '@alongside/protocol';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entry, type JournalLine } from './journal-line.js';
import { type Customer, type Person, SHOP, siteEdit, Visitor } from './records-customer.js';
import { World } from './records-world.js';

let world: World;
let line: JournalLine;
let hazel: Customer;
let aki: Person;
let ben: Person;
let far: Person;
let visitor: Visitor;

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  hazel = await world.customer('Hazel');
  aki = await hazel.agent('Aki');
  ben = await hazel.agent('Ben');
  far = await hazel.agent('Far', { country: 'IN' });
  visitor = await hazel.visitor({ name: 'Mira' });
  await append({ type: 'accepted', agentId: aki.agentId });
});
afterAll(() => world?.stop());

const append = (draft: object) =>
  line.append(entry({ engagementId: visitor.engagementId, ...draft } as never));
const granted = { type: 'consent', scope: 'watch', act: 'granted' };

async function ledger(): Promise<EngagementLedger> {
  await visitor.post('/v1/engagements/return').then(({ body }) => {
    visitor.ticket = body.ticket;
  });
  const { engagement } = jwt.decode(visitor.ticket) as { engagement: EngagementLedger };
  return engagement;
}

describe('participants', () => {
  it('[MA1] join where the transfer to them has a basis, in a role that is theirs', async () => {
    const joins = (agentId: string, role = 'agent') => append({ type: 'joined', agentId, role });
    expect(await joins(far.agentId)).toMatchObject({ ok: false, refusal: { code: 'transferRefused' } });
    expect(await joins(ben.agentId, 'supervisor')).toMatchObject({ refusal: { code: 'notPermitted' } });
    // Nothing may be given to who has not joined.
    expect(await append({ ...granted, agentId: ben.agentId })).toMatchObject({
      refusal: { code: 'notPermitted' },
    });
    const joined = entry({
      ...{ type: 'joined', engagementId: visitor.engagementId, agentId: ben.agentId, role: 'agent' },
    } as never);
    const first = await line.append(joined);
    expect(first).toMatchObject({ ok: true });
    expect(await line.append(joined)).toEqual(first);
    expect(await append({ type: 'noticed', agentId: ben.agentId })).toMatchObject({ ok: true });
    const said = { type: 'chatLine', lineId: crypto.randomUUID(), from: 'agent', text: 'Me too' };
    expect(await append({ ...said, agentId: ben.agentId })).toMatchObject({ ok: true });
    expect(await append({ ...said, lineId: crypto.randomUUID(), agentId: far.agentId })).toMatchObject({
      refusal: { code: 'notPermitted' },
    });
    const { lines } = (await visitor.get('/v1/engagements/lines?after=1')).body;
    expect(lines).toMatchObject([{ agentId: ben.agentId, agentName: 'Ben', text: 'Me too' }]);
  });

  it('[RB7] stand in the ledger with from whom the page is hidden, and on the ticket of each', async () => {
    await append({ ...granted, scope: 'view', agentId: aki.agentId });
    await append({ ...granted, act: 'withdrawn', agentId: ben.agentId });
    expect(await ledger()).toMatchObject({
      agent: { agentId: aki.agentId },
      joined: [{ agentId: ben.agentId, displayName: 'Ben', role: 'agent' }],
      hidden: [ben.agentId],
      consents: [{ scope: 'view' }],
    });
    const { ticket } = (await ben.post('/api/ticket', {})).body;
    const claims = jwt.decode(ticket) as { engagements: { engagementId: string }[]; joinsAs: string[] };
    expect(claims.engagements.map(({ engagementId }) => engagementId)).toEqual([visitor.engagementId]);
    expect(claims.joinsAs).toEqual(['agent']);
    await append({ ...granted, agentId: ben.agentId });
    expect(await ledger()).not.toHaveProperty('hidden');
  });

  it('[MA7] pass the lead, and leave; each stretch is a row with its basis', async () => {
    const pass = { type: 'leadPassed', agentId: ben.agentId, from: aki.agentId, stays: true };
    expect(await append(pass)).toMatchObject({ ok: true });
    expect(await ledger()).toMatchObject({
      agent: { agentId: ben.agentId },
      joined: [{ agentId: aki.agentId }],
    });
    expect(await append(pass)).toMatchObject({ refusal: { code: 'notPermitted' } });
    expect(await append({ type: 'departed', agentId: aki.agentId, reason: 'left' })).toMatchObject({
      ok: true,
    });
    await append({ type: 'ended', by: 'visitor', reason: 'visitorEnded' });
    const rows = await world.sql<{
      role: string;
      end_reason: string | null;
      reading: boolean;
      told: boolean;
    }>(
      `SELECT role, end_reason, reading_decision_id IS NOT NULL AS reading, noticed_at IS NOT NULL AS told
        FROM participant WHERE engagement_id = $1 ORDER BY joined_at, role`,
      [visitor.engagementId],
    );
    const row = (role: string, end_reason: string | null) => ({
      role,
      end_reason,
      reading: true,
      told: true,
    });
    expect(rows).toEqual(
      expect.arrayContaining([
        row('lead', 'passed'),
        row('agent', 'passed'),
        row('lead', null),
        row('agent', 'left'),
      ]),
    );
    expect(rows).toHaveLength(4);
  });

  it('are told on the receipt, in the export and in the record', async () => {
    const { attendance } = (await visitor.get('/v1/engagements/receipt')).body;
    const told = attendance.map((each: { displayName: string; role: string; basis: { basis: string } }) => [
      ...[each.displayName, each.role, each.basis.basis],
    ]);
    expect(told.toSorted()).toEqual([
      ['Aki', 'agent', 'NONE_DOMESTIC'],
      ['Aki', 'lead', 'NONE_DOMESTIC'],
      ['Ben', 'agent', 'NONE_DOMESTIC'],
      ['Ben', 'lead', 'NONE_DOMESTIC'],
    ]);
    const exported = (await visitor.get('/v1/engagements/export')).body;
    const stretches = exported.metadata.filter(({ kind }: { kind: string }) => kind === 'participant');
    expect(stretches).toHaveLength(4);
    expect(stretches[0].fields).toMatchObject({ role: 'lead', departure: 'passed', agentCountry: 'FI' });
    const record = (await hazel.officer.get(`/api/engagements/${visitor.engagementId}`)).body;
    expect(record.agentNames).toEqual({ [aki.agentId]: 'Aki', [ben.agentId]: 'Ben' });
    expect(record.metadata.filter((each: { reading?: object }) => each.reading !== undefined)).toHaveLength(
      4,
    );
    // Who took part and left may read what they took part in; who never did may not.
    expect((await aki.get(`/api/engagements/${visitor.engagementId}`)).status).toBe(200);
    expect((await far.get(`/api/engagements/${visitor.engagementId}`)).status).not.toBe(200);
  });
});

describe('explicit consent to a transfer', () => {
  const words = { country: 'IN', version: '2026-11-22', language: 'en' };
  const yes = { type: 'consent', scope: 'transfer', act: 'granted', transfer: words };
  const allowing = (mostSharesAMonth: number) =>
    hazel.register((body) => ({ ...body, derogations: { consent: true, mostSharesAMonth } }));
  /** Of another visitor, whom Aki helps. */
  async function another() {
    const other = await hazel.visitor();
    const told = (draft: object) =>
      line.append(entry({ engagementId: other.engagementId, ...draft } as never));
    expect(await told({ type: 'accepted', agentId: aki.agentId })).toMatchObject({ ok: true });
    return { other, told, joins: () => told({ type: 'joined', agentId: far.agentId, role: 'agent' }) };
  }
  const refused = (code: string, detail: string) => ({ ok: false, refusal: { code, detail } });

  it('[E1] is worth asking for only where two officers allow it, and lets in once it is given', async () => {
    const { other, told, joins } = await another();
    expect(await joins()).toEqual(refused('transferRefused', 'NO_BASIS'));
    expect((await allowing(2)).status).toBe(200);
    expect(await joins()).toEqual(refused('consentMissing', 'IN'));
    const { body } = await other.get('/v1/engagements/transfer-words/IN?language=en');
    expect(body).toMatchObject({ version: words.version, heading: expect.stringContaining('India') });
    // Words that were never shown, and a yes to nowhere, are no consent.
    for (const transfer of [{ ...words, version: '2020-01-01' }, { country: 'IN' }, undefined])
      expect(await told({ ...yes, transfer })).toEqual(refused('invalid', 'transfer'));
    expect(await told(yes)).toMatchObject({ ok: true });
    expect(await joins()).toMatchObject({ ok: true });
    const reads = await far.get(`/api/engagements/${other.engagementId}/lines?after=0`);
    expect(reads.body.lines).toHaveLength(1);
    await other.post('/v1/engagements/return').then((answer) => {
      other.ticket = answer.body.ticket;
    });
    const { engagement } = jwt.decode(other.ticket) as { engagement: EngagementLedger };
    expect(engagement).toMatchObject({
      transfers: ['IN'],
      joined: [{ agentId: far.agentId, byConsent: true }],
    });
    // Whoever looks for what has no basis any more leaves it alone.
    await allowing(2);
    await world.records.endLapsed();
    expect(await ofFar(other.engagementId)).toEqual([{ basis: 'ART49_A', left: false }]);
    await told({ type: 'ended', by: 'visitor', reason: 'visitorEnded' });
    // Afterwards nothing of it is read there.
    expect((await far.get(`/api/engagements/${other.engagementId}`)).status).toBe(403);
  });

  it('[W2] is not asked for again after a no, and ends a part with its withdrawal', async () => {
    const first = await another();
    await first.told({ ...yes, act: 'refused', transfer: { country: 'IN' } });
    expect(await first.joins()).toEqual(refused('transferRefused', 'NO_BASIS'));
    const { told, joins, other } = await another();
    await told(yes);
    expect(await joins()).toMatchObject({ ok: true });
    await told({ ...yes, act: 'withdrawn', transfer: { country: 'IN' } });
    await world.records.endLapsed();
    expect(await ofFar(other.engagementId)).toEqual([{ basis: 'ART49_A', left: true }]);
    expect(await joins()).toEqual(refused('transferRefused', 'NO_BASIS'));
    // Two conversations of this month rested on it: a third is not asked for.
    expect(await (await another()).joins()).toEqual(refused('transferRefused', 'NO_BASIS'));
  });

  it('is told on the receipt, in the export and to officers, with the words that were shown', async () => {
    const { told, other } = await another();
    await told(yes);
    const { consents } = (await other.get('/v1/engagements/receipt')).body;
    expect(consents).toMatchObject([{ scope: 'transfer', act: 'granted', country: 'IN' }]);
    const exported = (await other.get('/v1/engagements/export')).body;
    const [kept] = exported.metadata.filter(({ kind }: { kind: string }) => kind === 'consent');
    const path = '/v1/privacy/transfer-words/2026-11-22';
    const named = { toCountry: 'IN', wordsVersion: '2026-11-22', wordsLanguage: 'en', words: path };
    expect(kept.fields).toMatchObject(named);
    const { body: asked } = await world.ask('GET', path);
    expect([asked.en['transfer.0'], asked.de['transfer.0']]).toEqual([
      expect.stringContaining('another country: {country}'),
      expect.stringContaining('einem anderen Land aus sehen: {country}'),
    ]);
    expect((await world.ask('GET', '/v1/privacy/transfer-words/2020-01-01')).status).toBe(404);
    const register = (await hazel.officer.get('/api/transfer-consents')).body;
    expect(register).toMatchObject({ allowed: true, mostAMonth: 2, thisMonth: 3 });
    expect(register.consents).toHaveLength(4);
    expect(register.consents[0]).toMatchObject({ engagementId: other.engagementId, act: 'granted' });
    expect(register.consents[0].words.paragraphs.join(' ')).toContain('no contract or other safeguard');
    expect(register.consents[1]).toHaveProperty('withdrawnAt');
    expect((await aki.get('/api/transfer-consents')).status).toBe(403);
  });

  async function ofFar(engagementId: string) {
    return world.sql<{ basis: string; left: boolean }>(
      `SELECT d.basis::text AS basis, p.left_at IS NOT NULL AS left FROM participant p
        JOIN transfer_decision d ON d.decision_id = p.reading_decision_id
        WHERE p.engagement_id = $1 AND p.agent_id = $2`,
      [engagementId, far.agentId],
    );
  }
});

describe('a visitor who may be a child', () => {
  const asking = { type: 'consent', scope: 'view', act: 'granted' };

  it('keeps what another officer has changed of a site since it was opened', async () => {
    const path = `/api/sites/${hazel.siteId}`;
    const { edition: basedOn } = (await hazel.officer.get(path)).body;
    const masked = { ...siteEdit('Hazel'), accent: '#224466', basedOn };
    const saved = await hazel.officer.put(path, masked);
    expect([saved.status, saved.body.accent]).toEqual([200, '#224466']);
    const late = await hazel.officer.put(path, { ...siteEdit('Hazel'), basedOn });
    expect(late.body.refusal).toEqual({ code: 'conflict', detail: 'siteChanged' });
    expect((await hazel.officer.get(path)).body).toEqual(saved.body);
    const again = await hazel.officer.put(path, { ...siteEdit('Hazel'), basedOn: saved.body.edition });
    expect(again.body.edition).toBe(basedOn);
  });

  it('[Y2] says before anything is taken whether they are of age; [Y3] who is not is asked for no consent', async () => {
    const site = (await hazel.officer.get(`/api/sites/${hazel.siteId}`)).body;
    const {
      siteId,
      siteKey: _key,
      edition: _edition,
      snippet: _snippet,
      noticeVersion: _notice,
      surveyVersion: _survey,
      ...edit
    } = site;
    const put = (audience: string) => hazel.officer.put(`/api/sites/${siteId}`, { ...edit, audience });
    try {
      expect((await put('mayBeChildren')).body).toMatchObject({ audience: 'mayBeChildren' });
      const config = await world.ask('GET', `/v1/sites/${hazel.siteKey}/config`, {
        headers: { origin: SHOP },
      });
      expect(config.body.ageAsked).toEqual({ age: 13, audience: 'mayBeChildren' });
      const silent = await new Visitor(hazel).start();
      expect(silent.body.refusal).toEqual({ code: 'invalid', detail: 'ofAge' });
      const child = await hazel.visitor({ ofAge: false });
      const adult = await hazel.visitor({ ofAge: true });
      for (const each of [child, adult]) {
        const { engagementId } = each;
        const told = (draft: object) => line.append(entry({ engagementId, ...draft } as never));
        await told({ type: 'accepted', agentId: aki.agentId });
        const isChild = each === child;
        const answered = isChild ? refusedOfAge : { ok: true };
        expect(await told({ ...asking, agentId: aki.agentId })).toMatchObject(answered);
        expect(await told({ type: 'consent', scope: 'voice', act: 'granted' })).toMatchObject(answered);
        expect(await told({ type: 'consent', scope: 'voice', act: 'refused' })).toMatchObject({ ok: true });
        const { engagement } = jwt.decode(each.ticket) as { engagement: EngagementLedger };
        expect(engagement.asksNothing).toBe(isChild ? true : undefined);
      }
      // [Y4] Nothing of an age is kept: only that one of them said yes, and by which version of the ages.
      const rows = await world.sql<{ of_age_by: string | null }>(
        'SELECT of_age_by FROM engagement WHERE engagement_id = ANY($1::uuid[]) ORDER BY of_age_by NULLS FIRST',
        [[child.engagementId, adult.engagementId]],
      );
      expect(rows).toEqual([{ of_age_by: null }, { of_age_by: '2026-11-22' }]);
      await put('noChildren');
      const closed = await new Visitor(hazel).start({ ofAge: false });
      expect(closed.body.refusal).toEqual({ code: 'invalid', detail: 'ofAge' });
      expect((await new Visitor(hazel).start({ ofAge: true })).status).toBe(200);
      await put('general');
      // Where it is not asked, nobody takes an answer either.
      const unasked = await new Visitor(hazel).start({ ofAge: true });
      expect(unasked.body.refusal).toEqual({ code: 'invalid', detail: 'ofAge' });
    } finally {
      await put('general');
    }
  });

  const refusedOfAge = { ok: false, refusal: { code: 'consentMissing', detail: 'age' } };
});

describe('an expert', () => {
  const optics = { displayName: 'Dr. Lin', organisation: 'Hazel', country: 'FI' };
  let called: Visitor;
  let path = '';
  let came = '';
  const presenceId = randomUUID();
  const attended = async () => (await called.get('/v1/engagements/receipt')).body.attendance;
  const facts = async (kind: string) =>
    (await hazel.officer.get(`/api/engagements/${called.engagementId}`)).body.metadata.filter(
      (each: { kind: string }) => each.kind === kind,
    );
  const tell = (draft: object) =>
    line.append(entry({ engagementId: called.engagementId, ...draft } as never));
  const refusal = (code: string, detail?: string) => ({
    body: { refusal: detail === undefined ? { code } : { code, detail } },
  });
  const invite = (more: object = {}) => aki.post(path, { ...optics, ...more });
  const secretOf = (link: string) => link.split('#')[1] ?? '';
  const look = (secret: string) => world.ask('POST', '/api/experts/look', { body: { secret } });
  const join = (secret: string) => world.ask('POST', '/api/experts/join', { body: { secret } });
  const letExperts = (experts: boolean) =>
    hazel.officer.put(`/api/sites/${hazel.siteId}`, { ...siteEdit('Hazel'), experts });
  const attend = (agentId: string, presenceId: string = randomUUID()) =>
    tell({
      ...{ type: 'callAttended', presenceId, callId: 'call-1', mode: 'speak' },
      ...{ agentId, expert: true },
    });

  beforeAll(async () => {
    called = await hazel.visitor({ name: 'Mira' });
    path = `/api/engagements/${called.engagementId}/experts`;
    await tell({ type: 'accepted', agentId: aki.agentId });
  });

  it('is invited by who leads a call, where the site allows it, from a country that something covers', async () => {
    expect(await invite()).toMatchObject(refusal('notFound'));
    await tell({ type: 'callStarted', callId: 'call-1', media: 'voice', by: 'agent' });
    expect(await invite()).toMatchObject(refusal('notPermitted', 'experts'));
    expect((await aki.get(path)).body.mayInvite).toBe(false);
    await letExperts(true);
    expect((await hazel.officer.get('/api/processing-record')).body.experts).toMatchObject({
      organisations: expect.arrayContaining(['Hazel']),
    });
    expect(await ben.post(path, optics)).toMatchObject(refusal('notFound'));
    expect(await invite({ country: 'ZZ' })).toMatchObject(refusal('invalid', 'country'));
    expect(await invite({ country: 'IN' })).toMatchObject({ body: { refusal: { code: 'transferRefused' } } });
    // An agent alone makes nobody a receiver of what visitors say.
    expect(await invite({ organisation: 'Optics Ltd' })).toMatchObject(
      refusal('notPermitted', 'expertOrganisation'),
    );
    const { link, expiresAt } = (await invite()).body;
    expect(link).toMatch(new RegExp(`^${world.consoleOrigin}/expert#[A-Za-z0-9_-]{43}$`));
    expect(expiresAt).toBeLessThanOrEqual(Date.now() + limits.expertLinkMs);
    // The secret is told once: no row and no line of the log holds it.
    const [row] = await world.sql('SELECT to_jsonb(x)::text AS row FROM call_expert x');
    expect(JSON.stringify(row)).not.toContain(secretOf(link));
    expect(world.logged.join()).not.toContain(secretOf(link));
    expect((await aki.get(path)).body.open).toMatchObject([{ displayName: 'Dr. Lin' }]);
    expect((await look(secretOf(link))).body).toMatchObject({
      ...{ invitedBy: 'Aki', customerName: 'Hazel', storageCountry: 'FI', basis: { basis: 'NONE_DOMESTIC' } },
    });
    // Looking spends nothing; joining does, and what comes second is told so.
    const joined = await join(secretOf(link));
    expect(jwt.decode(joined.body.ticket)).toMatchObject({
      ...{ role: 'expert', engagementId: called.engagementId, callId: 'call-1', origin: world.consoleOrigin },
      ...{ displayName: 'Dr. Lin', organisation: 'Hazel' },
    });
    // An answer that was lost is given again, until they are in the call.
    expect((await join(secretOf(link))).body).toMatchObject({ ticket: expect.any(String) });
    came = secretOf(link);
  });

  it('comes in under the link alone, stands in receipt and record, and lapses by itself', async () => {
    const [row] = await world.sql<{ expert_id: string }>('SELECT expert_id FROM call_expert');
    expect(await attend(randomUUID())).toMatchObject({ refusal: { code: 'notPermitted' } });
    const dispute = (at: string) =>
      world.sql(`UPDATE engagement SET restricted_at = ${at} WHERE engagement_id = $1`, [
        called.engagementId,
      ]);
    await dispute('now()');
    expect(await invite(), '[RT9]').toMatchObject(refusal('wrongState'));
    expect(await attend(row?.expert_id ?? '')).toMatchObject({ refusal: { code: 'wrongState' } });
    await dispute('NULL');
    expect(await attend(row?.expert_id ?? '', presenceId)).toMatchObject({ ok: true });
    expect(await look(came)).toMatchObject(refusal('expired', 'used'));
    expect(await join(came)).toMatchObject(refusal('expired', 'used'));
    // A second ticket of the same link lets nobody in again.
    expect(await attend(row?.expert_id ?? '')).toMatchObject({ refusal: { code: 'notPermitted' } });
    // Before the visitor's yes they heard nothing.
    expect(JSON.stringify(await attended())).not.toContain('Dr. Lin');
    const words = { version: '2026-11-24', language: 'en' };
    expect(await tell({ type: 'callNoticed', presenceId, words })).toMatchObject({ ok: true });
    expect(await attended()).toContainEqual(
      expect.objectContaining({ what: 'call', mode: 'speak', ...optics, basis: expect.any(Object) }),
    );
    const fields = { role: 'expert', expert: 'Dr. Lin', organisation: 'Hazel', expertCountry: 'FI' };
    const consent = { wordsVersion: '2026-11-24', wordsLanguage: 'en' };
    expect(await facts('callPresence')).toMatchObject([{ fields: { ...fields, ...consent } }]);
    // The link was tried once more since they were in.
    expect(await facts('callExpert')).toMatchObject([
      { fields: { ...fields, refusedAt: expect.any(Number) } },
    ]);
    await world.sql("UPDATE call_expert SET country = 'IN'");
    // Any edit that a basis may rest on is followed by a look.
    await letExperts(true);
    const part = { engagementId: called.engagementId, agentId: row?.expert_id };
    await expect.poll(() => line.revoked).toContainEqual({ type: 'transferLapsed', ...part });
  });

  it('is let in by no link that is over, and three are enough', async () => {
    const made: string[] = [];
    // One of the three is the expert who is there.
    for (let at = 1; at < limits.callExperts; at += 1) made.push((await invite()).body.link);
    expect(await invite()).toMatchObject(refusal('conflict', 'experts'));
    const [first = '', second = ''] = made.map(secretOf);
    const { open } = (await aki.get(path)).body;
    await aki.post(`${path}/${open[0].expertId}/revoke`);
    expect(await look(first)).toMatchObject(refusal('expired', 'revoked'));
    const revoked = { type: 'expertRevoked', engagementId: called.engagementId, expertId: open[0].expertId };
    await expect.poll(() => line.revoked).toContainEqual(revoked);
    const told = line.revoked.length;
    await letExperts(false);
    expect(await join(second)).toMatchObject(refusal('expired', 'switchedOff'));
    await expect
      .poll(() => line.revoked.slice(told))
      .toContainEqual({ ...revoked, expertId: open[1].expertId });
    await letExperts(true);
    // What was taken back then stays so.
    expect(await join(second)).toMatchObject(refusal('expired', 'revoked'));
    const third = secretOf((await invite()).body.link);
    world.aheadMs = limits.expertLinkMs + 1000;
    expect(await join(third)).toMatchObject(refusal('expired', 'tooLate'));
    world.aheadMs = 0;
    const disabled = (is: boolean) =>
      world.sql('UPDATE person SET disabled = $2 WHERE person_id = $1', [aki.agentId, is]);
    await disabled(true);
    expect(await join(third)).toMatchObject(refusal('expired', 'revoked'));
    await disabled(false);
    // The fourth place beside the lead is somebody else's meanwhile: the link is not spent on a full call.
    const present = () =>
      world.sql('SELECT presence_id FROM call_presence WHERE call_id = $1 AND left_at IS NULL', ['call-1']);
    for (let at = (await present()).length; at < limits.callPresent; at += 1)
      await tell({
        ...{ type: 'callAttended', presenceId: randomUUID(), callId: 'call-1', mode: 'speak' },
        agentId: aki.agentId,
      });
    expect(await join(third)).toMatchObject(refusal('conflict', 'callFull'));
    expect(await invite()).toMatchObject(refusal('conflict', 'callFull'));
    const removed = { type: 'callLeft', presenceId, removedBy: aki.agentId };
    expect(await tell(removed)).toMatchObject({ ok: true });
    expect(await attended()).toContainEqual(
      expect.objectContaining({ displayName: 'Dr. Lin', removedBy: 'agent' }),
    );
    expect(await facts('callPresence')).toContainEqual(
      expect.objectContaining({
        fields: expect.objectContaining({ removedBy: 'agent', removerId: aki.agentId }),
      }),
    );
    await tell({ type: 'callEnded', callId: 'call-1', by: 'agent', durationMs: 5 });
    expect(await look(third)).toMatchObject(refusal('expired', 'callEnded'));
    expect(await look('A'.repeat(43))).toMatchObject(refusal('notFound'));
    const actions = (await hazel.officer.get('/api/audit')).body.map(
      ({ action }: { action: string }) => action,
    );
    for (const step of ['invited', 'refused', 'joined', 'revoked'])
      expect(actions).toContain(`expert.${step}`);
    // Each link that was tried in vain, once, however often it was: the first, and those of this test.
    expect(actions.filter((action: string) => action === 'expert.turnedAway')).toHaveLength(4);
  });
});
