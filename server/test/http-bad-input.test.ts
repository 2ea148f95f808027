/** Every route with every kind of wrong input, made from the routes' own table so that none can be forgotten. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes, type Route } from '../src/http/index.js';
import { jsonSchema } from '../src/http/openapi/json-schema.js';
import { dataDictionary } from '../src/records/dictionary/data-dictionary.js';
import {
  agreementBody,
  type Customer,
  contractBody,
  type Person,
  recipientBody,
  SHOP,
  siteEdit,
  surveyForm,
  type Visitor,
} from './records-customer.js';
import { openEmergency } from './records-emergency.js';
import { World } from './records-world.js';

let world: World;
let own: Customer;
let agent: Person;
let visitor: Visitor;
let agreementId: string;
let contractId: string;
let editionId: string;
let lapseId: string;
let caseId: string;
let holdId: string;
let documentId: string;
let recipientId: string;
let disclosureId: string;
let accessId: string;
let operator: Record<string, string>;
/** Another customer, active all the while. */
let other: Customer;
let foreign: Readonly<Record<string, string>>;
let foreignVisitor: Visitor;

beforeAll(async () => {
  world = await World.start();
  await world.line();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
  agent = await own.agent('Aki');
  visitor = await own.visitor();
  agreementId = await agreementOf(own);
  contractId = await contractOf(own);
  editionId = await editionOf(own);
  lapseId = await lapseOf(own);
  caseId = await caseOf(visitor);
  holdId = await holdOf(own, visitor);
  documentId = await documentOf(own);
  recipientId = await recipientOf(own);
  disclosureId = await disclosureOf(own, visitor);
  const opened = await emergencyOf(own);
  accessId = opened.accessId;
  operator = opened.headers;
  foreignVisitor = await other.visitor({ name: 'Mira of Birch' });
  const foreignCase = await caseOf(foreignVisitor);
  // Its shop is another one than theirs.
  await other.officer.put(
    `/api/sites/${other.siteId}`,
    siteEdit('Birch', { origins: ['https://birch.example'] }),
  );
  foreign = {
    siteKey: other.siteKey,
    siteId: other.siteId,
    agentId: (await other.agent('Noor')).agentId,
    engagementId: foreignVisitor.engagementId,
    // No customer has a country of its own: one that is none at all.
    country: 'ZZ',
    version: '2020-01-01',
    agreementId: await agreementOf(other),
    contractId: await contractOf(other),
    editionId: await editionOf(other),
    lapseId: await lapseOf(other),
    caseId: foreignCase,
    holdId: await holdOf(other, foreignVisitor),
    documentId: await documentOf(other),
    recipientId: await recipientOf(other),
    disclosureId: await disclosureOf(other, foreignVisitor),
    expertId: randomUUID(),
    accessId: (await emergencyOf(other)).accessId,
  };
});
afterAll(() => world?.stop());

async function agreementOf(customer: Customer): Promise<string> {
  return (await customer.officer.post('/api/agreements', agreementBody())).body[0].agreementId;
}

async function contractOf(customer: Customer): Promise<string> {
  const added = await customer.officer.post('/api/contracts', bodies['POST /api/contracts']?.());
  return added.body.contractId;
}

async function recipientOf(customer: Customer): Promise<string> {
  return (await customer.officer.post('/api/recipients', recipientBody())).body.recipientId;
}

async function disclosureOf(customer: Customer, whose: Visitor): Promise<string> {
  return (await customer.officer.post('/api/disclosures', disclosureBody(whose))).body.disclosureId;
}

function disclosureBody({ engagementId }: Visitor): object {
  return {
    ...{ authority: 'District court', country: 'FI', instrument: 'R 25/118', ground: 'ownLaw' },
    ...{ groundReference: 'Code of Procedure', scope: 'One conversation', engagementIds: [engagementId] },
    ...{ receivedOn: '2026-11-20', tellsOn: '2026-12-01', silenceReason: 'None' },
  };
}

async function emergencyOf(customer: Customer) {
  const secret = await openEmergency(world, customer, {});
  const [{ accessId: id }] = (await customer.officer.get('/api/emergencies')).body;
  return { accessId: id as string, headers: { authorization: `Emergency ${secret}` } };
}

async function documentOf(customer: Customer): Promise<string> {
  return (await customer.officer.post('/api/documents', documentBody)).body.documentId;
}

async function editionOf(customer: Customer): Promise<string> {
  const proposed = await customer.officer.post('/api/register/editions', {
    body: registerBody,
    note: 'first',
  });
  return proposed.body.proposed.editionId;
}

/** As if what its lines are kept under had ended. */
async function lapseOf({ tenantId }: Customer): Promise<string> {
  const [lapse] = await world.sql<{ lapse_id: string }>(
    `INSERT INTO lapse (lapse_id, tenant_id, decision_id, cause, made_at, began_at, state, deadline, row_count)
      SELECT gen_random_uuid(), tenant_id, decision_id, 'NO_BASIS', now(), now(), 'SUSPENDED', now() + interval '1 day', 1
      FROM chat_line WHERE tenant_id = $1 LIMIT 1 RETURNING lapse_id`,
    [tenantId],
  );
  return lapse?.lapse_id ?? '';
}

const documentBody = { title: 'Returns', text: 'Within 30 days.' };

const registerBody = {
  ...{ adequacy: [], certifications: [], scopeFacts: [], establishments: [] },
  derogations: { consent: false, mostSharesAMonth: 0 },
};
const nextMonth = () => new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);

async function caseOf(whose: Visitor): Promise<string> {
  return (await whose.post('/v1/engagements/cases', { kind: 'access' })).body.caseId;
}

async function holdOf(customer: Customer, whose: Visitor): Promise<string> {
  const body = holdOfVisitor(whose);
  return (await customer.officer.post('/api/holds', body)).body.holdId;
}

function holdOfVisitor({ engagementId }: Visitor): object {
  const until = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
  return { engagementId, caseReference: 'K-1', law: 'Art. 17(3)(e) GDPR', until };
}

const routes = allRoutes({
  signUp: { mode: 'open' },
  consoleOrigin: 'http://console.localhost',
  replayOrigin: 'http://replay.localhost',
  proof: { folder: '/nowhere', keysFolder: '/nowhere' },
  version: 'test',
});

/** A body that is right, for each route that wants one. */
const bodies: Readonly<Record<string, () => object>> = {
  'POST /v1/sites/:siteKey/engagements': () => ({
    engagementId: randomUUID(),
    returnHash: randomBytes(32).toString('base64url'),
    noticeVersion: 1,
    language: 'en',
    name: 'Mira',
    topic: 'Loans',
    firstLine: { lineId: randomUUID(), text: 'Hello' },
  }),
  'POST /v1/engagements/survey': () => ({
    version: 1,
    answers: [{ questionId: 'overall', kind: 'rating', value: 5 }],
  }),
  'POST /api/customers': () => ({ name: 'Cedar', email: 'a@cedar.example' }),
  'POST /api/enrolments/look': () => ({ secret: randomBytes(32).toString('base64url') }),
  'POST /api/engagements/:engagementId/experts': () => ({
    displayName: 'Dr. Lin',
    organisation: 'Optics Ltd',
    country: 'FI',
  }),
  'POST /api/experts/look': () => ({ secret: randomBytes(32).toString('base64url') }),
  'POST /api/experts/join': () => ({ secret: randomBytes(32).toString('base64url') }),
  'POST /api/enrolments': () => ({
    secret: randomBytes(32).toString('base64url'),
    displayName: 'Aki',
    password: 'a long enough sentence',
  }),
  'POST /api/session': () => ({ email: 'a@b.example', password: 'wrong' }),
  'POST /api/password': () => ({ password: 'wrong', newPassword: 'a brand new sentence' }),
  'PUT /api/customer': () => ({
    name: 'Hazel',
    country: 'FI',
    privacyContact: 'privacy@hazel.example',
    retentionMonths: { transcript: 3, survey: 3, metadata: 3 },
  }),
  'POST /api/agreements': agreementBody,
  'POST /api/contracts': contractBody,
  'POST /api/contracts/:contractId/verification': () => ({ source: 'Contracts/2025/7' }),
  'POST /api/register/editions': () => ({ body: registerBody, note: 'Looked up again.' }),
  'POST /api/lapses/:lapseId/repatriation': () => ({ rows: 1, sha256: 'A'.repeat(43) }),
  'POST /api/agents': () => ({ email: 'x@hazel.example', roles: ['agent'], country: 'FI', siteIds: [] }),
  'PUT /api/agents/:agentId': () => ({
    displayName: 'Aki',
    roles: ['agent'],
    country: 'FI',
    siteIds: [own.siteId],
    disabled: false,
  }),
  'POST /api/agents/:agentId/erasure': () => ({ password: 'wrong', eraseInDays: 14 }),
  'POST /api/pledge': () => ({ version: 1 }),
  'POST /api/sites': () => siteEdit('Hazel'),
  'PUT /api/sites/:siteId': () => siteEdit('Hazel'),
  'POST /api/sites/:siteId/notices': () => ({ body: { en: 'We keep the chat.' } }),
  'POST /api/sites/:siteId/surveys': () => surveyForm,
  'POST /v1/engagements/cases': () => ({
    kind: 'objection',
    details: 'I object.',
    contact: 'mira@example.org',
    objectsTo: 'feedback',
  }),
  'POST /v1/rights/referrals': () => ({
    kind: 'access',
    siteKey: own.siteKey,
    contact: 'mira@example.org',
    engagementId: visitor.engagementId,
  }),
  'POST /api/rights': () => ({
    kind: 'access',
    siteId: own.siteId,
    receivedOn: new Date().toISOString().slice(0, 10),
    contact: 'mira@example.org',
    engagementId: visitor.engagementId,
  }),
  'POST /api/rights/:caseId/acts': () => ({
    act: 'answer',
    outcome: 'refused',
    text: 'These are the words of others.',
    ground: 'rightsOfOthers',
  }),
  'POST /api/recipients': recipientBody,
  'POST /api/disclosures': () => disclosureBody(visitor),
  'POST /api/disclosures/:disclosureId/receipt': () => ({ receipt: 'r'.repeat(43) }),
  'POST /api/disclosures/:disclosureId/refusal': () => ({ outcome: 'There is no ground.' }),
  'POST /api/documents': () => documentBody,
  'PUT /api/documents/:documentId': () => documentBody,
  'POST /api/holds': () => holdOfVisitor(visitor),
  'POST /api/retention/reviews': () => ({ dataClass: 'survey', months: 3, nextOn: nextMonth() }),
  'POST /api/customer/end': () => ({ password: 'wrong', eraseInDays: 14 }),
  'POST /api/customer/restore': () => ({ email: 'a@b.example', password: 'wrong' }),
};

const nameOf = (route: Route) => `${route.method} ${route.path}`;

function pathOf(route: Route, ids: Readonly<Record<string, string>> = ownIds()): string {
  return route.path.replace(/:(\w+)/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`This test has no ${name}.`);
    return id;
  });
}

function ownIds(): Readonly<Record<string, string>> {
  const { siteKey, siteId } = own;
  return {
    siteKey,
    siteId,
    agentId: agent.agentId,
    engagementId: visitor.engagementId,
    country: 'IN',
    version: '2026-11-22',
    agreementId,
    contractId,
    editionId,
    lapseId,
    caseId,
    holdId,
    documentId,
    recipientId,
    disclosureId,
    accessId,
    expertId: randomUUID(),
  };
}

function headersOf(route: Route): Record<string, string> {
  if (route.access === 'page') return { origin: SHOP };
  if (route.access === 'returnSecret') return visitor.headers;
  if (route.access === 'emergency') return operator;
  if (typeof route.access === 'string') return {};
  return route.access.includes('officer') ? own.officer.headers : agent.headers;
}

type Json = ReturnType<typeof JSON.parse>;

interface Wrong {
  readonly what: string;
  readonly field: string;
  readonly body: Json;
}

/** Each required field left out, one field too many, and each field of a wrong type, at every depth of objects. */
function wrongBodies(given: Json, body: Json, path: readonly string[] = []): Wrong[] {
  const schema = (given.oneOf ?? [given]).find((each: Json) => isOf(each, body));
  const at = (name: string) => [...path, name].join('.');
  const wrong: Wrong[] = [{ what: 'a field too many', field: at('surplus'), body: { ...body, surplus: 1 } }];
  for (const name of schema.required ?? []) {
    const { [name]: _, ...rest } = body;
    wrong.push({ what: `no ${at(name)}`, field: at(name), body: rest });
  }
  for (const [name, part] of Object.entries<Json>(schema.properties ?? {})) {
    if (body[name] === undefined) continue;
    const isText = typeof body[name] === 'string';
    for (const value of [isText ? 7 : 'text', null, isText ? ['a'] : { a: 1 }]) {
      if (part.propertyNames !== undefined && typeof value === 'object' && value !== null) continue;
      // What is wrong inside an object is named with the path into it.
      wrong.push({
        what: `${at(name)} = ${JSON.stringify(value)}`,
        field: at(name),
        body: { ...body, [name]: value },
      });
    }
    if (part.type === 'object' && part.properties !== undefined) {
      for (const inner of wrongBodies(part, body[name], [...path, name])) {
        wrong.push({ ...inner, body: { ...body, [name]: inner.body } });
      }
    }
  }
  return wrong;
}

/** Of several shapes the one that the body says it has. */
function isOf({ properties }: Json, body: Json): boolean {
  return properties.act?.const === undefined || properties.act.const === body.act;
}

describe('every route with a body', () => {
  const withBody = routes.filter((route) => route.body !== undefined);

  it('has a right one in this test', () => {
    expect(withBody.map(nameOf).toSorted()).toEqual(Object.keys(bodies).toSorted());
  });

  it.each(withBody.map((route) => [nameOf(route), route] as const))(
    '%s refuses each wrong one by field',
    async (name, route) => {
      const schema = jsonSchema(route.body as NonNullable<Route['body']>);
      const right = bodies[name]?.() ?? {};
      const wrong = wrongBodies(schema, right);
      expect(wrong.length).toBeGreaterThan(3);
      for (const { what, field, body } of wrong) {
        const answer = await world.ask(route.method, pathOf(route), { headers: headersOf(route), body });
        expect([answer.status, answer.body.refusal.code], `${name} with ${what}`).toEqual([400, 'malformed']);
        expect(
          answer.body.refusal.detail === field || answer.body.refusal.detail.startsWith(`${field}.`),
          `${name} with ${what}: ${answer.body.refusal.detail}`,
        ).toBe(true);
      }
    },
  );

  it.each(withBody.map((route) => [nameOf(route), route] as const))(
    '%s takes the right one',
    async (name, route) => {
      const asked = { headers: headersOf(route), body: bodies[name]?.() };
      const answer = await world.ask(route.method, pathOf(route), asked);
      expect(answer.body.refusal?.code, JSON.stringify(answer.body)).not.toBe('malformed');
      expect(answer.status).not.toBe(500);
    },
  );

  it.each(withBody.map((route) => [nameOf(route), route] as const))(
    '%s refuses what is no object at all',
    async (_, route) => {
      for (const raw of ['', 'null', '[]', '"text"', '7', '{', '{"a":1', '{"__proto__":{"a":1}}', '\u0000']) {
        const asked = { headers: headersOf(route), raw };
        const answer = await world.ask(route.method, pathOf(route), asked);
        expect([answer.status, answer.body.refusal.code], raw).toEqual([400, 'malformed']);
      }
      const form = {
        headers: { ...headersOf(route), 'content-type': 'application/x-www-form-urlencoded' },
        raw: 'a=1',
      };
      expect((await world.ask(route.method, pathOf(route), form)).status).toBe(400);
      const large = { headers: headersOf(route), raw: `{"a":"${'x'.repeat(70_000)}"}` };
      const refused = await world.ask(route.method, pathOf(route), large);
      expect([refused.status, refused.body.refusal.code]).toEqual([413, 'tooLarge']);
    },
  );
});

describe('every route', () => {
  it.each(routes.map((route) => [nameOf(route), route] as const))(
    '%s refuses a query that it does not know',
    async (name, route) => {
      const path = `${pathOf(route)}?surplus=1`;
      const answer = await world.ask(route.method, path, {
        headers: headersOf(route),
        body: bodies[name]?.(),
      });
      expect(answer.body).toEqual({ refusal: { code: 'malformed', detail: 'surplus' } });
    },
  );

  it.each(routes.filter((route) => route.path.includes(':')).map((route) => [nameOf(route), route] as const))(
    '%s refuses a path that is no id',
    async (name, route) => {
      const path = route.path.replace(/:\w+/, 'no-id');
      const answer = await world.ask(route.method, path, {
        headers: headersOf(route),
        body: bodies[name]?.(),
      });
      expect([answer.status, answer.body.refusal.code]).toEqual([400, 'malformed']);
    },
  );

  it.each(
    routes
      .filter((route) => typeof route.access !== 'string')
      .map((route) => [nameOf(route), route] as const),
  )('%s is closed to strangers, to visitors, to forged tokens and to other roles', async (name, route) => {
    const body = bodies[name]?.();
    const [header, payload] = own.officer.accessToken.split('.');
    const none = `${Buffer.from('{"alg":"none","typ":"alongside-access+jwt"}').toString('base64url')}.${payload}.`;
    for (const authorization of [
      '',
      'Bearer x',
      `Bearer ${none}`,
      `Bearer ${header}.${payload}.AAAA`,
      visitor.headers.authorization ?? '',
    ]) {
      const answer = await world.ask(route.method, pathOf(route), { headers: { authorization }, body });
      expect([answer.status, answer.body.refusal.code], authorization.slice(0, 12)).toEqual([
        401,
        'notAdmitted',
      ]);
    }
    const stranger = route.access.includes('agent') ? own.officer : agent;
    if (route.access.includes('officer') && route.access.includes('agent')) return;
    const answer = await world.ask(route.method, pathOf(route), { headers: stranger.headers, body });
    expect([answer.status, answer.body.refusal.code]).toEqual([403, 'notPermitted']);
  });

  // A notice is for everybody to read, whose site it is.
  const owned = routes.filter(({ path }) => path.includes(':') && path !== '/v1/sites/:siteKey/notices');

  it.each(owned.map((route) => [nameOf(route), route] as const))(
    '%s gives nothing of another customer, and changes nothing of it',
    async (name, route) => {
      const before = await rowsOf(other);
      const asked = { headers: headersOf(route), body: bodies[name]?.() };
      const answer = await world.ask(route.method, pathOf(route, foreign), asked);
      // A page knows any site's key, which is no secret: what it may do is what its origin is listed for.
      const refused = route.access === 'page' ? [403, 'originNotAllowed'] : [404, 'notFound'];
      expect([answer.status, answer.body.refusal?.code]).toEqual(refused);
      expect(await rowsOf(other)).toEqual(before);
    },
  );

  it.each(
    routes.filter((route) => route.access === 'returnSecret').map((route) => [nameOf(route), route] as const),
  )('%s is closed without the return secret, and to pages of other origins', async (name, route) => {
    const body = bodies[name]?.();
    const wrong = `Alongside ${visitor.engagementId}.${randomBytes(32).toString('base64url')}`;
    for (const authorization of [
      '',
      wrong,
      `Alongside ${randomUUID()}.${visitor.secret}`,
      `Alongside ${foreignVisitor.engagementId}.${visitor.secret}`,
      `Alongside ${visitor.engagementId}.${foreignVisitor.secret}`,
      own.officer.headers.authorization ?? '',
    ]) {
      const answer = await world.ask(route.method, pathOf(route), {
        headers: { origin: SHOP, authorization },
        body,
      });
      expect([answer.status, answer.body.refusal.code]).toEqual([401, 'notAdmitted']);
    }
    const elsewhere = { ...visitor.headers, origin: 'https://elsewhere.example' };
    const answer = await world.ask(route.method, pathOf(route), { headers: elsewhere, body });
    expect([answer.status, answer.body.refusal.code]).toEqual([403, 'originNotAllowed']);
  });
});

it.each(['POST /api/agents', 'PUT /api/agents/:agentId'])(
  '%s takes no site of another customer',
  async (name) => {
    const route = routes.find((each) => nameOf(each) === name);
    if (route === undefined) throw new Error('There is such a route.');
    const before = await rowsOf(other);
    const body = { ...bodies[name]?.(), siteIds: [own.siteId, other.siteId] };
    const answer = await world.ask(route.method, pathOf(route), { headers: own.officer.headers, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await rowsOf(other)).toEqual(before);
  },
);

/** All that is kept of a customer, as the role of the service sees it. */
async function rowsOf({ tenantId }: Customer): Promise<Readonly<Record<string, readonly object[]>>> {
  const client = new Client({ connectionString: world.postgres.url('app') });
  await client.connect();
  try {
    await client.query("SELECT set_config('app.tenant', $1, false)", [tenantId]);
    const kept: Record<string, readonly object[]> = {};
    for (const table of Object.keys(dataDictionary)) {
      const { rows } = await client.query(`SELECT * FROM ${table} AS each ORDER BY each::text`);
      kept[table] = rows;
    }
    expect(Object.values(kept).flat().length).toBeGreaterThan(8);
    return kept;
  } finally {
    await client.end();
  }
}
