/** Signing in and staying signed in: rotation, reuse, throttling, one-time links, and what a password may be. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Customer, cookieOf, Person } from './records-customer.js';
import { World } from './records-world.js';

const password = 'a long enough sentence';

let world: World;
let own: Customer;
let other: Customer;
let aki: Person;

beforeAll(async () => {
  world = await World.start();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
  aki = await own.agent('Aki');
});
afterAll(() => world?.stop());

const signIn = (email: string, given = password) =>
  world.ask('POST', '/api/session', { body: { email, password: given } });
const refresh = (cookie: string, headers: Record<string, string> = {}) =>
  world.ask('POST', '/api/session/refresh', { headers: { cookie, ...headers } });
const sitesSeenWith = async (token: string) =>
  (await world.ask('GET', '/api/sites', { headers: { authorization: `Bearer ${token}` } })).status;

describe('a session', () => {
  it('is opened by the right password only, and tells who signed in', async () => {
    const opened = await signIn(aki.email.toUpperCase());
    expect(opened.status).toBe(200);
    expect(opened.body.me).toMatchObject({ displayName: 'Aki', customerName: 'Hazel', roles: ['agent'] });
    const [cookie = ''] = opened.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(
      /^alongside-refresh=[\w-]{43}; Max-Age=43200; Path=\/api\/session; HttpOnly; SameSite=Strict$/,
    );
    for (const [email, given] of [
      [aki.email, 'another long sentence'],
      ['nobody@example.org', password],
    ] as const) {
      const refused = await signIn(email, given);
      expect([refused.status, refused.body]).toEqual([401, { refusal: { code: 'notAdmitted' } }]);
      expect(refused.headers['set-cookie']).toBeUndefined();
    }
  });

  it('rotates its refresh token; one that comes back gives its whole family away', async () => {
    const opened = await signIn(aki.email);
    const first = cookieOf(opened);
    const renewed = await refresh(first);
    expect(renewed.status).toBe(200);
    const second = cookieOf(renewed);
    expect(second).not.toBe(first);
    // Two tabs at the same moment: the one that comes second is told to try again, and nobody is signed out.
    expect((await refresh(first)).body.refusal).toEqual({ code: 'tooFast', detail: 'refresh' });
    expect((await refresh(second)).status).toBe(200);
    const third = cookieOf(await signIn(aki.email));
    world.aheadMs += 11_000;
    expect(await sitesSeenWith(renewed.body.accessToken)).toBe(200);
    const stolen = await refresh(first);
    expect([stolen.status, stolen.body.refusal.code]).toEqual([401, 'notAdmitted']);
    expect(cookieOf(stolen)).toBe('alongside-refresh=');
    expect(await sitesSeenWith(renewed.body.accessToken)).toBe(401);
    expect((await refresh(third)).status).toBe(200);
    const audit = await own.officer.get('/api/audit');
    expect(audit.body.map((each: { action: string }) => each.action)).toContain('session.reuseFound');
    world.aheadMs = 0;
  });

  it('ends after ten minutes without renewal, and after twelve hours with it', async () => {
    const opened = await signIn(aki.email);
    world.aheadMs = 10 * 60_000 + 1000;
    expect(await sitesSeenWith(opened.body.accessToken)).toBe(401);
    const renewed = await refresh(cookieOf(opened));
    expect(await sitesSeenWith(renewed.body.accessToken)).toBe(200);
    world.aheadMs = 12 * 3_600_000 + 1000;
    expect((await refresh(cookieOf(renewed))).status).toBe(401);
    world.aheadMs = 0;
  });

  it('ends at once when it is signed out, or its person is disabled', async () => {
    const opened = await signIn(aki.email);
    const out = await world.ask('DELETE', '/api/session', { headers: { cookie: cookieOf(opened) } });
    expect(out.status).toBe(200);
    expect(await sitesSeenWith(opened.body.accessToken)).toBe(401);
    expect((await refresh(cookieOf(opened))).status).toBe(401);
    const bo = await own.agent('Bo');
    const edit = { displayName: 'Bo', roles: ['agent'], country: 'FI', siteIds: [], disabled: true };
    await own.officer.put(`/api/agents/${bo.agentId}`, edit);
    expect(await sitesSeenWith(bo.accessToken)).toBe(401);
    expect((await refresh(bo.cookie)).status).toBe(401);
    expect((await signIn(bo.email)).status).toBe(401);
  });

  it('is renewed and ended by the console’s own pages only', async () => {
    const opened = await signIn(aki.email);
    const foreign = await refresh(cookieOf(opened), { origin: 'https://shop.example' });
    expect([foreign.status, foreign.body.refusal.code]).toEqual([403, 'originNotAllowed']);
    expect((await refresh(cookieOf(opened), { origin: world.consoleOrigin })).status).toBe(200);
  });

  it('belongs to one customer, also for a person of two', async () => {
    const invited = await other.officer.post('/api/agents', {
      email: aki.email,
      roles: ['agent'],
      country: 'FI',
      siteIds: [],
    });
    const secret = invited.body.enrolUrl.split('#')[1];
    const body = { secret, displayName: 'Aki', password: 'a password for the other one' };
    expect((await world.ask('POST', '/api/enrolments', { body })).body.me.customerName).toBe('Birch');
    expect((await signIn(aki.email)).body.me.customerName).toBe('Hazel');
    expect((await signIn(aki.email, body.password)).body.me.customerName).toBe('Birch');
  });
});

describe('an address that many have invited', () => {
  it('still signs in who has a password', async () => {
    const email = 'wanted@example.org';
    const invite = (customer: Customer) =>
      customer.officer.post('/api/agents', { email, roles: ['agent'], country: 'FI', siteIds: [] });
    for (const name of ['Ash', 'Elm', 'Fir', 'Oak']) await invite(await world.customer(name));
    const secret = (await invite(own)).body.enrolUrl.split('#')[1];
    await own.enrol(secret, 'Wanted');
    expect((await signIn(email)).body.me).toMatchObject({ displayName: 'Wanted' });
  });
});

describe('a one-time link', () => {
  it('works once, for seventy-two hours, and is void when a newer one is made', async () => {
    const invite = () =>
      own.officer.post('/api/agents', {
        email: 'cy@hazel.example',
        roles: ['agent'],
        country: 'FI',
        siteIds: [],
      });
    const older = (await invite()).body.enrolUrl.split('#')[1];
    const newer = (await invite()).body.enrolUrl.split('#')[1];
    const look = (secret: string) => world.ask('POST', '/api/enrolments/look', { body: { secret } });
    expect((await look(older)).body.refusal.code).toBe('notFound');
    expect((await look(newer)).body).toMatchObject({ customerName: 'Hazel', email: 'cy@hazel.example' });
    world.aheadMs = 72 * 3_600_000 + 1000;
    expect((await look(newer)).body.refusal.code).toBe('expired');
    world.aheadMs = 0;
    const enrol = (given: string) =>
      world.ask('POST', '/api/enrolments', { body: { secret: newer, displayName: 'Cy', password: given } });
    for (const weak of ['aaaaaaaaaaaaaa', 'passwordpassword', '121212121212']) {
      expect((await enrol(weak)).body.refusal.code, weak).toBe('weakPassword');
    }
    const together = await Promise.all([enrol(password), enrol(password), enrol(password)]);
    expect(together.map((each) => each.status).toSorted()).toEqual([200, 410, 410]);
    const again = await invite();
    expect(again.body.refusal).toEqual({ code: 'conflict', detail: 'email' });
  });
});

describe('a customer’s first officer', () => {
  it('is asked where they work, whom nobody else can have said it of, and is told where it is missing', async () => {
    const first = async (country?: string) => {
      const email = `first-${randomUUID()}@rowan.example`;
      const created = await world.ask('POST', '/api/customers', { body: { name: 'Rowan', email } });
      const { enrolSecret: secret } = created.body;
      const looked = await world.ask('POST', '/api/enrolments/look', { body: { secret } });
      expect(looked.body.asksCountry).toBe(true);
      const body = { secret, displayName: 'Oona', password, ...(country === undefined ? {} : { country }) };
      return world.ask('POST', '/api/enrolments', { body });
    };
    expect((await first('QQ')).body.refusal).toEqual({ code: 'invalid', detail: 'country' });
    const oona = new Person(world, await first('FI'));
    await oona.pledge();
    expect((await oona.get('/api/agents')).body).toMatchObject([{ country: 'FI' }]);
    expect((await oona.get('/api/customer')).body.missing).not.toContain('workCountry');
    const nameless = new Person(world, await first());
    await nameless.pledge();
    expect((await nameless.get('/api/customer')).body.missing).toContain('workCountry');
  });

  it('is invited by nobody, so whom an officer invited is not asked and cannot say otherwise', async () => {
    const invite = { email: 'flo@hazel.example', roles: ['officer'], country: 'FI', siteIds: [] };
    const secret = (await own.officer.post('/api/agents', invite)).body.enrolUrl.split('#')[1];
    const looked = await world.ask('POST', '/api/enrolments/look', { body: { secret } });
    expect(looked.body.asksCountry).toBe(false);
    const body = { secret, displayName: 'Flo', password, country: 'US' };
    expect((await world.ask('POST', '/api/enrolments', { body })).body.refusal).toEqual({
      code: 'invalid',
      detail: 'country',
    });
  });
});

describe('a person', () => {
  it('[KV5] is admitted to nothing before they have promised secrecy, in words that have a version', async () => {
    const invite = { email: 'pia@hazel.example', roles: ['agent', 'supervisor'], country: 'FI', siteIds: [] };
    const secret = (await own.officer.post('/api/agents', invite)).body.enrolUrl.split('#')[1];
    const body = { secret, displayName: 'Pia', password };
    const enrolled = await world.ask('POST', '/api/enrolments', { body });
    expect(enrolled.body.me.hasPledged).toBe(false);
    const pia = new Person(world, enrolled);
    const refusal = { code: 'notPermitted', detail: 'pledge' };
    for (const path of ['/api/engagements', '/api/statistics'])
      expect((await pia.get(path)).body.refusal, path).toEqual(refusal);
    expect((await pia.post('/api/ticket')).body.refusal).toEqual(refusal);
    expect((await pia.post('/api/pledge', { version: 2 })).status).toBe(400);
    expect((await pia.post('/api/ticket')).body.refusal).toEqual(refusal);
    for (const _ of ['once', 'again']) expect((await pia.pledge()).status).toBe(200);
    expect((await pia.get('/api/engagements')).status).toBe(200);
    expect((await signIn(invite.email)).body.me.hasPledged).toBe(true);
    const audit = (await own.officer.get('/api/audit')).body as readonly { action: string; actor: string }[];
    const promised = audit.filter(({ action, actor }) => action === 'person.pledged' && actor === 'Pia');
    expect(promised).toHaveLength(1);
    const listed = (await own.officer.get('/api/agents')).body;
    expect(listed).toContainEqual(
      expect.objectContaining({ displayName: 'Pia', pledgedAt: expect.any(Number) }),
    );
    const older = 'UPDATE person SET pledge_version = 0 WHERE person_id = $1';
    await world.sql(older, [pia.agentId]);
    expect((await pia.get('/api/engagements')).body.refusal, 'the words are others').toEqual(refusal);
  });
});

describe('a password', () => {
  it('is kept as argon2id, and nowhere else', async () => {
    const rows = await world.sql<{ password_hash: string }>(
      'SELECT password_hash FROM person WHERE password_hash IS NOT NULL',
    );
    expect(rows.length).toBeGreaterThan(2);
    for (const { password_hash } of rows)
      expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(world.logged.join('\n')).not.toContain(password);
  });
});

describe('a password that is lost', () => {
  it('is set anew by a link of an officer, which ends the one of before and every session', async () => {
    const di = await own.agent('Di');
    const path = `/api/agents/${di.agentId}/link`;
    expect((await di.post(path)).status).toBe(403);
    expect((await other.officer.post(path)).status).toBe(404);
    expect((await own.officer.post(`/api/agents/${own.officer.agentId}/link`)).body.refusal).toEqual({
      code: 'conflict',
      detail: 'self',
    });
    const renewed = await own.officer.post(path);
    expect([renewed.status, renewed.body.agent.state]).toEqual([200, 'invited']);
    expect(await sitesSeenWith(di.accessToken)).toBe(401);
    expect((await refresh(di.cookie)).status).toBe(401);
    expect((await signIn(di.email)).status).toBe(401);
    const secret = renewed.body.enrolUrl.split('#')[1];
    const body = { secret, displayName: 'Di', password: 'quite another sentence' };
    const enrolled = await world.ask('POST', '/api/enrolments', { body });
    expect([enrolled.status, enrolled.body.me.agentId]).toEqual([200, di.agentId]);
    expect((await world.ask('POST', '/api/enrolments', { body })).status).toBe(410);
    expect((await signIn(di.email, body.password)).status).toBe(200);
    const audit = (await own.officer.get('/api/audit')).body as readonly {
      action: string;
      subject: string;
    }[];
    expect(audit.filter((each) => each.action === 'person.linkRenewed')).toMatchObject([
      { subject: di.agentId },
    ]);
  });

  it('of somebody who is disabled stays lost', async () => {
    const ed = await own.agent('Ed');
    const edit = { displayName: 'Ed', roles: ['agent'], country: 'FI', siteIds: [], disabled: true };
    await own.officer.put(`/api/agents/${ed.agentId}`, edit);
    const refused = await own.officer.post(`/api/agents/${ed.agentId}/link`);
    expect(refused.body.refusal).toEqual({ code: 'conflict', detail: 'disabled' });
  });
});

describe('a password of one’s own', () => {
  it('is changed by who knows it; other devices are signed out', async () => {
    const fe = await own.agent('Fe');
    const elsewhere = await signIn(fe.email);
    const change = (given: string, newPassword: string) =>
      fe.post('/api/password', { password: given, newPassword });
    expect((await change('not the one it is', 'a brand new sentence')).body.refusal).toEqual({
      code: 'invalid',
      detail: 'password',
    });
    expect((await change(password, 'passwordpassword')).body.refusal.code).toBe('weakPassword');
    expect((await signIn(fe.email)).status).toBe(200);
    const changed = await change(password, 'a brand new sentence');
    expect(changed.status).toBe(200);
    expect(await sitesSeenWith(elsewhere.body.accessToken)).toBe(401);
    expect((await refresh(cookieOf(elsewhere))).status).toBe(401);
    expect(await sitesSeenWith(changed.body.accessToken)).toBe(200);
    expect((await refresh(cookieOf(changed))).status).toBe(200);
    expect((await signIn(fe.email)).status).toBe(401);
    expect((await signIn(fe.email, 'a brand new sentence')).status).toBe(200);
    const audit = (await own.officer.get('/api/audit')).body as readonly {
      action: string;
      subject: string;
    }[];
    expect(audit.filter((each) => each.action === 'person.passwordChanged')).toMatchObject([
      { subject: fe.agentId },
    ]);
  });
});

describe('the last officer', () => {
  it('can neither be disabled nor stop being one', async () => {
    const { agentId } = own.officer;
    const edit = { displayName: 'Officer', roles: ['officer'], country: 'FI', siteIds: [], disabled: false };
    for (const more of [{ disabled: true }, { roles: ['agent'] }]) {
      const answer = await own.officer.put(`/api/agents/${agentId}`, { ...edit, ...more });
      expect(answer.body.refusal).toEqual({ code: 'conflict', detail: 'lastOfficer' });
    }
  });

  it('[PX2] is left where two disable each other at once', async () => {
    const pair = [other.officer, await other.agent('Gil', { roles: ['officer'] })] as const;
    const edit = { displayName: 'Officer', roles: ['officer'], country: 'FI', siteIds: [], disabled: true };
    const answers = await Promise.all([
      pair[0].put(`/api/agents/${pair[1].agentId}`, edit),
      pair[1].put(`/api/agents/${pair[0].agentId}`, edit),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is left where two renew each other’s link at once', async () => {
    const pair = [own.officer, await own.agent('Hal', { roles: ['officer'] })] as const;
    const answers = await Promise.all([
      pair[0].post(`/api/agents/${pair[1].agentId}/link`),
      pair[1].post(`/api/agents/${pair[0].agentId}/link`),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});
