/** A customer from nothing to a finished engagement, over real HTTP and the real journal. */

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { EngagementLedger, VisitorExport } from '@alongside/protocol';
import { fastify } from 'fastify';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entry, type JournalLine } from './journal-line.js';
import { type Customer, type Person, siteEdit, surveyForm, Visitor } from './records-customer.js';
import { World } from './records-world.js';

let world: World;
let line: JournalLine;
let mira: Customer;
let other: Customer;
let aki: Person;
let stranger: Visitor;

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  mira = await world.customer('Hazel');
  other = await world.customer('Birch');
  aki = await mira.agent('Aki');
  stranger = await other.visitor({ text: 'words of the other customer', name: 'Stranger' });
});
afterAll(() => world?.stop());

it('[CV14] has for each export a schema that is served, which takes it, and nothing that is less', async () => {
  // What it is written in is newer than the reader, which knows each word that is in it.
  const { $schema: _, ...schema } = (await world.ask('GET', '/v1/rights/export-schema')).body;
  const exact = { coerceTypes: false, removeAdditional: false } as const;
  const reader = fastify({ ajv: { customOptions: exact } });
  reader.post('/', { schema: { body: schema } }, async () => ({}));
  const read = async (payload: object) =>
    (await reader.inject({ method: 'POST', url: '/', payload })).statusCode;
  const visitor = await mira.visitor({ name: 'Mira' });
  const exported = (await visitor.get('/v1/engagements/export')).body;
  expect(await read(exported)).toBe(200);
  const { transcript, ...rest } = exported;
  const wrong = [
    rest,
    { ...exported, mood: 1 },
    { ...exported, transcript: [{ ...transcript[0], number: '1' }] },
  ];
  for (const each of wrong) expect(await read(each)).toBe(400);
});

it('[CV14] loses nothing in an export: said again at another customer, it is exported there as the same', async () => {
  const first = await mira.visitor({ text: '=cmd|"ü"', name: 'Mira', topic: 'Loans\\' });
  await told(first.engagementId, aki, {
    lines: [
      ['agent', 'Hello'],
      ['visitor', ' 😀\nof two lines '],
    ],
    consents: [{ scope: 'view', act: 'granted', words: { version: '2026-11-22', language: 'de' } }],
  });
  const answers = [
    { questionId: 'overall', kind: 'rating', value: 4 },
    { questionId: 'more', kind: 'text', value: '@SUM(A1)' },
  ];
  await first.post('/v1/engagements/survey', { version: 1, answers });
  const exported: VisitorExport = (await first.get('/v1/engagements/export')).body;
  const elsewhere = await world.customer('Alder');
  const again = await saidAgain(exported, { customer: elsewhere, agent: await elsewhere.agent('Aki') });
  const copy: VisitorExport = (await again.get('/v1/engagements/export')).body;
  expect(unnamed(copy)).toEqual(unnamed(exported));
  expect(copy.transcript.map(({ text }) => text)).toEqual(['=cmd|"ü"', 'Hello', '😀\nof two lines']);
  expect(copy.survey?.answers).toEqual(answers);
});

interface Told {
  readonly lines: readonly (readonly [from: string, text: string])[];
  readonly consents: readonly object[];
}

/** From the acceptance to the end. */
async function told(id: string, { agentId }: Person, { lines, consents }: Told): Promise<void> {
  const add = async (happened: object) => {
    const answer = await line.append(entry({ engagementId: id, ...happened } as never));
    expect(answer, JSON.stringify(happened)).toMatchObject({ ok: true });
  };
  await add({ type: 'accepted', agentId });
  for (const [from, text] of lines)
    await add({
      type: 'chatLine',
      lineId: randomUUID(),
      from,
      text,
      ...(from === 'agent' ? { agentId } : {}),
    });
  for (const consent of consents) await add({ type: 'consent', agentId, ...consent });
  await add({ type: 'ended', by: 'visitor', reason: 'visitorEnded' });
}

/** From nothing but an export. */
async function saidAgain(
  { transcript: [begun, ...lines], survey, metadata, receipt }: VisitorExport,
  { customer, agent: helper }: { customer: Customer; agent: Person },
): Promise<Visitor> {
  const { visitorName, topic } = metadata.find(({ kind }) => kind === 'introduced')?.fields ?? {};
  const named = { name: String(visitorName), topic: String(topic) };
  const visitor = await customer.visitor({ text: begun?.text ?? '', ...named });
  await told(visitor.engagementId, helper, {
    lines: lines.map(({ from, text }) => [from, text]),
    consents: receipt.consents.map(({ at: _, ...consent }) => consent),
  });
  await visitor.post('/v1/engagements/survey', survey);
  return visitor;
}

/** Without what one customer’s has and no other’s: ids, times and the customer’s own name. */
function unnamed(exported: VisitorExport): object {
  const text = JSON.stringify(exported)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
    .replace(/\b1[789]\d{11}\b/g, '0')
    .replace(/hazel|alder/gi, 'customer');
  return JSON.parse(text);
}

it('takes an engagement from its first line to its receipt', async () => {
  const visitor = await mira.visitor({ name: 'Mira', topic: 'Loans' });
  const engagementId = visitor.engagementId as never;
  const agentId = aki.agentId as never;
  expect(await line.append(entry({ type: 'accepted', engagementId, agentId }))).toMatchObject({
    ok: true,
    version: 2,
  });
  const said = {
    type: 'chatLine',
    engagementId,
    lineId: crypto.randomUUID() as never,
    from: 'agent',
    agentId,
    text: 'Hello',
  } as const;
  expect(await line.append(entry(said))).toMatchObject({ ok: true, number: 2 });
  const words = { version: '2026-11-22', language: 'de' } as const;
  const seen = { type: 'consent', engagementId, scope: 'view', act: 'granted', agentId, words } as const;
  expect(await line.append(entry(seen))).toMatchObject({ ok: true, entry: 1 });
  const lent = { engagementId, agentId, lease: 1, kinds: ['click'], leaseMs: 60_000, words } as const;
  expect(await line.append(entry({ type: 'leaseGranted', ...lent }))).toMatchObject({ ok: true, entry: 2 });
  // A withdrawal is asked in no words.
  await line.append(entry({ type: 'consent', engagementId, scope: 'view', act: 'withdrawn', words }));

  const back = await visitor.post('/v1/engagements/return');
  expect(back.status).toBe(200);
  expect(back.body).toMatchObject({
    phase: 'active',
    surveyOpen: false,
    liveUrl: 'http://live.localhost:3001',
  });
  const lines = await visitor.get('/v1/engagements/lines?after=1');
  expect(lines.body.lines.map((each: { text: string }) => each.text)).toEqual(['Hello']);

  expect(
    await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' })),
  ).toMatchObject({ ok: true });
  expect((await visitor.post('/v1/engagements/return')).body).toMatchObject({
    phase: 'wrapUp',
    surveyOpen: true,
  });
  const answers = { version: 1, answers: [{ questionId: 'overall', kind: 'rating', value: 5 }] };
  expect((await visitor.post('/v1/engagements/survey', answers)).status).toBe(200);
  expect((await visitor.post('/v1/engagements/survey', answers)).body.refusal.code).toBe('conflict');

  const record = await mira.officer.get(`/api/engagements/${visitor.engagementId}`);
  expect(record.body).toMatchObject({
    visitorName: 'Mira',
    topic: 'Loans',
    agentName: 'Aki',
    lines: 2,
    rating: 5,
  });
  const { survey } = record.body;
  expect(survey).toMatchObject({ version: 1, form: surveyForm, answers: answers.answers });
  const question = { kind: 'rating', id: 'overall', label: { en: 'And now?' }, required: false, max: 5 };
  const newer = await mira.officer.post(`/api/sites/${mira.siteId}/surveys`, { questions: [question] });
  expect(newer.status).toBe(200);
  const later = await mira.officer.get(`/api/engagements/${visitor.engagementId}`);
  expect(later.body.survey, 'a newer form changes nothing of what was answered').toEqual(survey);
  expect(record.body.introduction).toMatchObject({
    visitorName: 'Mira',
    topic: 'Loans',
    basis: { basis: 'NONE_DOMESTIC', fromCountry: 'FI', toCountry: 'FI' },
  });
  expect(record.body.transcript[0].basis).toMatchObject({
    basis: 'NONE_DOMESTIC',
    fromCountry: 'FI',
    toCountry: 'FI',
  });

  const receipt = await visitor.get('/v1/engagements/receipt');
  expect(receipt.body.held.map((each: { rows: number }) => each.rows)).toEqual([3, 1, 7]);
  const told = { at: expect.any(Number) };
  expect(receipt.body.consents, 'in which words and in which language').toEqual([
    { scope: 'view', act: 'granted', words, ...told },
    { scope: 'control', act: 'granted', words, ...told },
    { scope: 'view', act: 'withdrawn', ...told },
  ]);
  expect(receipt.body.attendance).toMatchObject([
    { displayName: 'Aki', country: 'FI', what: 'chat' },
    { what: 'control' },
  ]);

  const exported = await visitor.get('/v1/engagements/export');
  expect(exported.headers['content-disposition']).toContain('attachment');
  // Written by the database itself, and yet as everybody else is told of them.
  expect(exported.body.transcript).toEqual((await visitor.get('/v1/engagements/lines')).body.lines);
  expect(exported.body.transcript).toHaveLength(2);
  const wordsPath = '/v1/privacy/words/2026-11-22';
  const named = { wordsVersion: '2026-11-22', wordsLanguage: 'de', words: wordsPath };
  for (const kind of ['consent', 'lease'])
    expect(exported.body.metadata).toContainEqual(
      expect.objectContaining({ kind, fields: expect.objectContaining(named) }),
    );
  expect((await world.ask('GET', wordsPath)).body.de['ask.view.yes']).toMatch(/^Ja/);
  expect((await world.ask('GET', '/v1/privacy/words/2020-01-01')).status).toBe(404);

  const erased = await visitor.post('/v1/engagements/erase');
  expect(erased.body.erased).toEqual({ transcript: 3, survey: 1 });
  expect((await visitor.post('/v1/engagements/erase')).body.erasureId).toBe(erased.body.erasureId);
  expect((await visitor.get('/v1/engagements/lines')).body.lines).toEqual([]);
  expect(await world.sql('SELECT 1 FROM chat_line WHERE engagement_id = $1', [visitor.engagementId])).toEqual(
    [],
  );
});

it('ends what a visitor leaves for good, and knows its secret no more', async () => {
  const visitor = await mira.visitor();
  expect((await visitor.post('/v1/engagements/leave')).status).toBe(200);
  for (const path of ['return', 'leave'])
    expect((await visitor.post(`/v1/engagements/${path}`)).body.refusal.code).toBe('notAdmitted');
  expect((await visitor.get('/v1/engagements/receipt')).body.refusal.code).toBe('notAdmitted');
  const how = 'SELECT phase, ended_by, end_reason FROM engagement WHERE engagement_id = $1';
  expect(await world.sql(how, [visitor.engagementId])).toEqual([
    { phase: 'closed', ended_by: 'visitor', end_reason: 'visitorEnded' },
  ]);
});

it('tells the agent, the officer and the visitor whom the customer has signed in', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const identityKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const site = `/api/sites/${mira.siteId}`;
  const wrong = await mira.officer.put(site, siteEdit('Hazel', { identityKey: 'a key' }));
  expect(wrong.body.refusal).toMatchObject({ code: 'invalid', detail: 'identityKey' });
  const named = await mira.officer.put(site, siteEdit('Hazel', { identityKey }));
  expect(named.body.identityKey).toBe(identityKey.trim());
  const signed = (jti: string) =>
    jwt.sign({ aud: mira.siteKey, sub: 'Mira Virtanen, 4711', jti }, privateKey, {
      algorithm: 'ES256',
      expiresIn: 60,
      header: { alg: 'ES256', typ: 'alongside-identity+jwt' },
    });

  const visitor = new Visitor(mira);
  const refused = await visitor.start({ identity: signed(crypto.randomUUID()) });
  expect(refused.body.refusal).toMatchObject({ code: 'invalid', detail: 'identity' });
  const started = await visitor.start({ identity: signed(visitor.engagementId) });
  expect(started.status).toBe(200);
  const { engagement } = jwt.decode(visitor.ticket) as { engagement: { confirmedAs?: string } };
  expect(engagement.confirmedAs).toBe('Mira Virtanen, 4711');
  const record = await mira.officer.get(`/api/engagements/${visitor.engagementId}`);
  expect(record.body.introduction).toMatchObject({ confirmedAs: 'Mira Virtanen, 4711' });
  const exported = await visitor.get('/v1/engagements/export');
  expect(JSON.stringify(exported.body)).toContain('Mira Virtanen, 4711');
  expect(JSON.stringify(world.logged)).not.toContain('4711');
  await visitor.post('/v1/engagements/erase');
  const left = 'SELECT 1 FROM introduction WHERE engagement_id = $1';
  expect(await world.sql(left, [visitor.engagementId])).toEqual([]);
});

it('tells live with each ticket that a site wants its calls relayed or sealed, and what may be shown in them', async () => {
  const site = `/api/sites/${mira.siteId}`;
  for (const isWanted of [true, false]) {
    const wishes = { relayOnly: isWanted, mediaSealed: isWanted };
    const shown = isWanted ? ({ screens: 'none' } as const) : {};
    const saved = await mira.officer.put(site, siteEdit('Hazel', { ...wishes, ...shown }));
    expect(saved.body).toMatchObject({ ...wishes, screens: isWanted ? 'none' : 'tab' });
    const visitor = await mira.visitor();
    const { engagement } = jwt.decode(visitor.ticket) as { engagement: EngagementLedger };
    expect(engagement.relayOnly).toBe(isWanted ? true : undefined);
    expect(engagement.mediaSealed).toBe(isWanted ? true : undefined);
    expect(engagement.screens).toBe(isWanted ? undefined : 'tab');
  }
});

it('never shows one customer anything of the other', async () => {
  const listed = await mira.officer.get('/api/engagements');
  expect(JSON.stringify(listed.body)).not.toContain('Stranger');
  expect((await mira.officer.get(`/api/engagements/${stranger.engagementId}`)).status).toBe(404);
  expect((await mira.officer.get(`/api/sites/${other.siteId}`)).status).toBe(404);
  expect(JSON.stringify((await mira.officer.get('/api/agents')).body)).not.toContain('birch');
  expect(JSON.stringify((await mira.officer.get('/api/audit')).body)).not.toContain(other.tenantId);
  const own = await other.officer.get('/api/engagements');
  expect(own.body).toHaveLength(1);
});

it('writes nothing that anybody said to its log', () => {
  const log = world.logged.join('\n');
  for (const word of [
    'What is APR',
    'Hello',
    'Mira',
    'hazel.example',
    'words of the other',
    aki.accessToken,
    aki.cookie,
    'a long enough sentence',
  ]) {
    expect(log).not.toContain(word);
  }
  expect(log).toContain('http.answered');
});
