/** Origins, hosts, headers, files and documents: what the two HTTP servers answer to whom. */
import { randomBytes, randomUUID } from 'node:crypto';
import { visitorPaths } from '@alongside/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes } from '../src/http/index.js';
import {
  provideProofKey,
  publicKeyText,
  signReport,
  verifyReport,
} from '../src/http/proof/proof-signature.js';
import { proofPolicy } from '../src/http/proof/proof-style.js';
import { storeProof } from '../src/http/proof/stored-proof.js';
import { exampleReport } from './example-report.js';
import { agreementBody, type Customer, SHOP, siteEdit, Visitor } from './records-customer.js';
import { World } from './records-world.js';

let world: World;
let own: Customer;
let other: Customer;
type Json = ReturnType<typeof JSON.parse>;
const elsewhere = 'https://elsewhere.example';

beforeAll(async () => {
  world = await World.start();
  await world.line();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
  await other.officer.put(`/api/sites/${other.siteId}`, siteEdit('Birch', { origins: [elsewhere] }));
});
afterAll(() => world?.stop());

const config = (customer: Customer, origin?: string) =>
  world.ask('GET', `/v1/sites/${customer.siteKey}/config`, {
    headers: origin === undefined ? {} : { origin },
  });

describe('the visitor’s API', () => {
  it('tells a listed page its site’s configuration, without cookies', async () => {
    const answer = await config(own, SHOP);
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe(SHOP);
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers).toMatchObject({ 'cache-control': 'public, max-age=60', vary: 'Origin' });
    expect(answer.body).toMatchObject({
      siteName: 'Hazel shop',
      staffed: false,
      masking: { text: 'masked' },
      notice: { version: 1, controller: 'Hazel', contact: 'privacy@hazel.example', storageCountry: 'FI' },
      survey: { version: 1 },
    });
    expect(answer.body.notice.basis).toMatchObject({
      basis: 'NONE_DOMESTIC',
      fromCountry: 'FI',
      toCountry: 'FI',
    });
    // Who wants nothing sold gets the same: there is nothing that could be left out for them.
    const path = `/v1/sites/${own.siteKey}/config`;
    const wished = await world.ask('GET', path, { headers: { origin: SHOP, 'sec-gpc': '1' } });
    expect([wished.headers['set-cookie'], wished.body]).toEqual([undefined, answer.body]);
  });

  it('refuses a page that is not listed, in words that its own console can print', async () => {
    for (const [customer, origin] of [
      [own, elsewhere],
      [other, SHOP],
      [own, 'null'],
      [own, `${SHOP}.evil.example`],
      [own, 'http://shop.example'],
    ] as const) {
      const answer = await config(customer, origin);
      expect([answer.status, answer.body.refusal], origin).toEqual([403, { code: 'originNotAllowed' }]);
      if (origin !== 'null') expect(answer.body.message).toContain(origin);
      if (origin !== 'null') expect(answer.headers['access-control-allow-origin']).toBe(origin);
    }
    expect((await config(own)).status).toBe(403);
  });

  it('lets a browser ask beforehand, and promises nothing', async () => {
    const answer = await world.ask('OPTIONS', '/v1/engagements/return', {
      headers: {
        origin: SHOP,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-headers']).toContain('authorization');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('takes no engagement for a site that lacks something, and says what', async () => {
    const bare = await own.officer.post('/api/sites', siteEdit('Bare'));
    const path = `/v1/sites/${bare.body.siteKey}/config`;
    const answer = await world.ask('GET', path, { headers: { origin: SHOP } });
    expect(answer.body.refusal).toEqual({ code: 'wrongState', detail: 'notice' });
    expect((await own.officer.get('/api/customer')).body.missing).toEqual(['notice']);
  });

  it('[CV1] takes none before its customer has said in which country it is and how it is reached', async () => {
    const said = { name: 'Hazel', country: 'FI', privacyContact: 'privacy@hazel.example' };
    for (const missing of ['country', 'privacyContact'] as const) {
      const { [missing]: _, ...rest } = said;
      expect((await own.officer.put('/api/customer', rest)).status).toBe(200);
      const answer = await config(own, SHOP);
      expect(answer.body.refusal).toEqual({ code: 'wrongState', detail: missing });
    }
    await own.officer.put('/api/customer', said);
    expect((await config(own, SHOP)).status).toBe(200);
  });

  it('[CV1] [AG1] [AG2] takes none without an agreement in force that two confirmed, and goes on with those that have begun', async () => {
    const officer = own.officer;
    const going = await own.visitor();
    const alarm = async () => {
      const { missing } = (await officer.get('/api/customer')).body;
      return missing.filter((each: string) => each.startsWith('agreement'));
    };
    const state = async () => (await officer.get('/api/agreements')).body.map((each: Json) => each.state);
    const start = async () => {
      const { status, body } = await new Visitor(own).start();
      return [status, body.refusal];
    };
    const refused = [409, { code: 'agentUnavailable', detail: 'agreement' }];
    const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    const body = { ...agreementBody(), version: 'DPA 3', validUntil: day(10) };
    const wrong = { ...body, signedOn: day(2) };
    expect((await officer.post('/api/agreements', wrong)).body.refusal.detail).toBe('signedOn');
    const over = { ...body, validUntil: day(-2) };
    expect((await officer.post('/api/agreements', over)).body.refusal.detail).toBe('validUntil');
    const [{ agreementId }] = (await officer.post('/api/agreements', body)).body;
    const path = `/api/agreements/${agreementId}/approval`;
    expect((await officer.post(path)).body.refusal).toEqual({ code: 'notPermitted', detail: 'fourEyes' });
    expect((await other.officer.post(path)).status).toBe(404);
    const alone = 'UPDATE processing_agreement SET confirmed_by = recorded_by, confirmed_at = now()';
    await expect(world.sql(`${alone} WHERE confirmed_at IS NULL`)).rejects.toThrow(/two_people/);
    expect(await state()).toEqual(['waiting', 'inForce']);
    // What has run out before anybody confirmed it takes the place of nothing.
    const until = 'UPDATE processing_agreement SET valid_until = $2 WHERE agreement_id = $1';
    await world.sql(until, [agreementId, day(-2)]);
    expect((await (await own.secondOfficer()).post(path)).body.refusal.code).toBe('wrongState');
    expect(await state()).toEqual(['expired', 'inForce']);
    await world.sql(until, [agreementId, day(10)]);
    expect((await (await own.secondOfficer()).post(path)).status).toBe(200);
    expect([await state(), await alarm()]).toEqual([['expiring', 'replaced'], ['agreementExpiring']]);
    expect((await start())[0]).toBe(200);
    world.aheadMs = 12 * 86_400_000;
    const late = await start();
    world.aheadMs = 0;
    expect(late).toEqual(refused);
    expect((await officer.delete(`/api/agreements/${agreementId}`)).status).toBe(200);
    expect([await state(), await alarm(), await start()]).toEqual([
      ['ended', 'replaced'],
      ['agreement'],
      refused,
    ]);
    // What has begun goes on, and its page is told all that it needs.
    expect((await config(own, SHOP)).body).toMatchObject({ staffed: false, notice: { version: 1 } });
    expect((await going.post(visitorPaths.comeBack)).status).toBe(200);
    expect((await officer.get('/api/processing-record')).body.agreement).toBeUndefined();
    await own.agree({ version: 'DPA 4' });
    const { agreement } = (await officer.get('/api/processing-record')).body;
    expect(agreement).toMatchObject({ version: 'DPA 4', processor: 'Host Oy', signedOn: '2026-01-10' });
    const acts = (await officer.get('/api/audit')).body.map((each: Json) => each.action);
    for (const act of ['recorded', 'confirmed', 'ended']) expect(acts).toContain(`agreement.${act}`);
    expect(await start()).toEqual([200, undefined]);
  });

  it('[AG1] is confirmed on the machine by name, which is in the audit, and by nobody else', async () => {
    const { officer, tenantId } = other;
    const { agreements } = world.records.core;
    const yes = { tenantId, operator: 'Ilo of Host', country: 'FI', version: 'DPA 5' };
    const refusal = async (more: object) => {
      const reply = await agreements.confirmOnMachine({ ...yes, ...more });
      return reply.ok ? undefined : reply.refusal;
    };
    expect(await agreements.waitingOf(tenantId)).toEqual([]);
    expect(await refusal({})).toEqual({ code: 'notFound' });
    const record = (version: string) => officer.post('/api/agreements', { ...agreementBody(), version });
    for (const version of ['DPA 4', 'DPA 5', 'DPA 6', 'DPA 6']) await record(version);
    expect((await agreements.waitingOf(tenantId)).length).toBe(4);
    expect(await refusal({ operator: ' ' })).toEqual({ code: 'invalid', detail: 'operator' });
    expect(await refusal({ country: 'nowhere' })).toEqual({ code: 'invalid', detail: 'country' });
    expect(await refusal({ version: 'DPA 7' })).toEqual({ code: 'notFound' });
    expect(await refusal({ version: 'DPA 6' })).toEqual({ code: 'wrongState', detail: 'version' });
    expect(await refusal({})).toBeUndefined();
    const listed: Json[] = (await officer.get('/api/agreements')).body;
    expect(listed.map(({ version, state }) => `${version} ${state}`)).toEqual([
      ...['DPA 6 waiting', 'DPA 6 waiting', 'DPA 5 inForce', 'DPA 4 replaced', 'DPA 2 replaced'],
    ]);
    expect(listed[2].confirmedBy).toBe('Ilo of Host');
    const audit: Json[] = (await officer.get('/api/audit')).body;
    const said = audit.find(({ subject, action }) => subject === listed[2].agreementId && /On/.test(action));
    expect(said.actor).toBe('Ilo of Host');
    const people: Json[] = (await officer.get('/api/agents')).body;
    expect(people.map(({ displayName }) => displayName)).not.toContain('Ilo of Host');
  });

  it('[AG1] is one at a time, and what was said of it is said once, whoever asks the database', async () => {
    const listed: Json[] = (await other.officer.get('/api/agreements')).body;
    const [open, , held, replaced] = listed.map((each) => each.agreementId);
    const set = (agreementId: string, what: string) =>
      world.sql(`UPDATE processing_agreement SET ${what} WHERE agreement_id = $1`, [agreementId]);
    const confirm = "confirmed_by_operator = 'Nobody', confirmed_at = now()";
    await expect(set(open, confirm)).rejects.toThrow(/processing_agreement_in_force/);
    for (const what of ["confirmed_at = now() + interval '1 day'", "confirmed_by_operator = 'Nobody'"])
      await expect(set(held, what), what).rejects.toThrow(/said once/);
    for (const what of ['ended_at = NULL, replaced_by = NULL', 'ended_at = now()', confirm])
      await expect(set(replaced, what), what).rejects.toThrow(/said once/);
    await expect(set(held, `replaced_by = '${open}'`)).rejects.toThrow(/processing_agreement_replaced/);
  });

  it('[AG1] confirmed and ended in the same moment, it is ended or waits no more', async () => {
    const [{ agreementId }] = (await other.officer.get('/api/agreements')).body;
    const path = `/api/agreements/${agreementId}`;
    const second = await other.secondOfficer();
    const answers = await Promise.all([second.post(`${path}/approval`), other.officer.delete(path)]);
    expect(answers[1].status).toBe(200);
    expect((await other.officer.get('/api/agreements')).body[0].state).toBe('ended');
    expect([200, 409]).toContain(answers[0].status);
  });

  it('[NV1] [NV2] [CW9] tells of a new notice fourteen days before, and begins nothing under one that it replaced', async () => {
    const site = await own.officer.post('/api/sites', siteEdit('Renewed'));
    const path = `/v1/sites/${site.body.siteKey}`;
    const publish = (en: string) =>
      own.officer.post(`/api/sites/${site.body.siteId}/notices`, { body: { en } });
    const begin = (noticeVersion: number) =>
      world.ask('POST', `${path}/engagements`, {
        headers: { origin: SHOP },
        body: {
          engagementId: randomUUID(),
          returnHash: randomBytes(32).toString('base64url'),
          noticeVersion,
          language: 'en',
          firstLine: { lineId: randomUUID(), text: 'What is APR?' },
        },
      });
    await publish('We keep the chat.');
    expect((await begin(1)).status).toBe(200);
    const renewed = 'We keep the chat for longer.';
    const today = { body: { en: renewed }, effectiveOn: new Date().toISOString().slice(0, 10) };
    const hasty = await own.officer.post(`/api/sites/${site.body.siteId}/notices`, today);
    expect([hasty.status, hasty.body.refusal.detail]).toEqual([422, 'effectiveOn']);
    const bypass = `INSERT INTO notice SELECT site_id, 2, tenant_id, body, author_id, published_at, published_at
      FROM notice WHERE site_id = '${site.body.siteId}'`;
    await expect(world.sql(bypass)).rejects.toThrow(/notice_announced/);
    await publish(renewed);
    expect((await begin(1)).status).toBe(200);
    const before = await world.ask('GET', `${path}/config?language=en`, { headers: { origin: SHOP } });
    expect(before.body.notice).toMatchObject({ version: 1, changesAt: expect.any(Number) });
    world.aheadMs = 14 * 24 * 3_600_000 + 60_000;
    const refused = await begin(1);
    expect([refused.status, refused.body.refusal]).toEqual([
      409,
      { code: 'conflict', detail: 'noticeVersion' },
    ]);
    const shown = await world.ask('GET', `${path}/config?language=en`, { headers: { origin: SHOP } });
    expect(shown.body.notice).toMatchObject({ version: 2, body: 'We keep the chat for longer.' });
    expect((await begin(shown.body.notice.version)).status).toBe(200);
    world.aheadMs = 0;
    const archive = await world.ask('GET', `${path}/notices`);
    expect(archive.body).toMatchObject([
      { version: 2, body: { en: renewed } },
      { version: 1, body: { en: 'We keep the chat.' } },
    ]);
    const versions = await own.officer.get(`/api/sites/${site.body.siteId}/notices`);
    const by = { author: 'Hazel officer', publishedAt: expect.any(Number) };
    expect(versions.body).toMatchObject([
      { version: 2, body: { en: renewed }, ...by },
      { version: 1, body: { en: 'We keep the chat.' }, ...by },
    ]);
  });

  it('keeps the console’s API to itself', async () => {
    const answer = await world.ask('GET', '/api/installation', { headers: { origin: SHOP } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('hosts', () => {
  it.each(['evil.example', 'console.localhost', 'console.localhost.evil.example', ''])(
    '%j is none of ours',
    async (host) => {
      const answer = await world.ask('GET', '/api/installation', { host });
      expect(answer.status).toBe(421);
    },
  );

  it('leads a person from this machine’s short names to the named address', async () => {
    for (const name of ['localhost', '127.0.0.1']) {
      const host = `${name}:${world.port}`;
      const page = await world.ask('GET', '/records?x=1', { host, headers: { accept: 'text/html' } });
      expect([page.status, page.headers.location]).toEqual([302, `${world.consoleOrigin}/records`]);
      expect((await world.ask('GET', '/health', { host })).status).toBe(200);
      expect((await world.ask('GET', '/api/installation', { host })).status).toBe(421);
    }
  });

  it('believes forwarded headers from nobody who is not listed', async () => {
    const headers = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    };
    expect((await world.ask('GET', '/api/installation', { headers })).status).toBe(200);
    const answer = await world.ask('GET', '/api/installation', {
      host: 'evil.example',
      headers: { 'x-forwarded-host': new URL(world.consoleOrigin).host },
    });
    expect(answer.status).toBe(421);
  });
});

describe('files', () => {
  it('of the SDK go to every origin, the hashed ones for ever', async () => {
    const loader = await world.ask('GET', '/sdk/v1/loader.js', { headers: { origin: elsewhere } });
    expect(loader.status).toBe(200);
    expect(loader.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    });
    const chunk = await world.ask('GET', '/sdk/v1/panel-0123456789ab.js');
    expect(chunk.headers['cache-control']).toContain('immutable');
  });

  it('of the console answer every page’s address, and no other’s', async () => {
    for (const path of ['/', '/records/7', '/enrol']) {
      const page = await world.ask('GET', path, { headers: { accept: 'text/html' } });
      expect([page.status, page.body], path).toEqual([200, '<!doctype html><title>Console</title>']);
      expect(page.headers['cache-control']).toBe('no-cache');
    }
    expect((await world.ask('GET', '/assets/index-abcdefgh.js')).headers['cache-control']).toContain(
      'immutable',
    );
    for (const path of [
      '/api/none',
      '/v1/none',
      '/sdk/v1/none.js',
      '/assets/none.js',
      '/replay/index.html',
      '/replay/',
      '/..%2f..%2fetc/passwd',
      '/sdk/v1/..%2f..%2fconsole/index.html',
    ]) {
      const answer = await world.ask('GET', path, { headers: { accept: 'text/html' } });
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify(answer.body), path).not.toContain('<title>');
    }
  });

  it('of the console are under a policy that names each thing it may do', async () => {
    const { headers } = await world.ask('GET', '/', { headers: { accept: 'text/html' } });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`frame-src ${world.replayOrigin}`);
    expect(policy).toContain("connect-src 'self' http://live.localhost:3001 ws://live.localhost:3001");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('compile WebAssembly in the one worker that is told apart for it, and nowhere else', async () => {
    const policyOf = async (file: string) => {
      const { status, headers } = await world.ask('GET', `/assets/${file}`);
      expect(status, file).toBe(200);
      return String(headers['content-security-policy']);
    };
    const worker = await policyOf('background-worker-abcdefgh.js');
    expect(worker).toContain("default-src 'none';script-src 'self' 'wasm-unsafe-eval';connect-src 'self';");
    expect(worker).toContain("require-trusted-types-for 'script'");
    expect(await policyOf('index-abcdefgh.js')).not.toContain('unsafe-eval');
  });
});

describe('the replay’s origin', () => {
  it('has exactly the headers that were shown to let nothing out', async () => {
    const { status, headers } = await world.askReplay('/');
    expect(status).toBe(200);
    const policy = String(headers['content-security-policy']).split(';').toSorted();
    expect(policy).toEqual(
      [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'unsafe-inline'",
        'img-src data: blob:',
        'font-src data:',
        "form-action 'none'",
        "base-uri 'none'",
        `frame-ancestors ${world.consoleOrigin}`,
        'sandbox allow-scripts allow-same-origin',
      ].toSorted(),
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-dns-prefetch-control': 'off',
      'cache-control': 'no-store',
    });
    expect(headers['x-frame-options']).toBeUndefined();
  });

  it('names in its page the one origin that it speaks with', async () => {
    for (const path of ['/', '/index.html']) {
      const { status, headers, body } = await world.askReplay(path);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toContain(`<meta name="console-origin" content="${world.consoleOrigin}" />`);
    }
  });

  it('serves its files and nothing of the API', async () => {
    expect((await world.askReplay('/replay.js')).status).toBe(200);
    for (const path of [
      '/api/installation',
      '/v1/engagements/receipt',
      '/sdk/v1/loader.js',
      '/../index.html',
    ]) {
      expect((await world.askReplay(path)).status, path).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('the proof', () => {
  it('is none at first, and says to everybody how to make one', async () => {
    expect((await world.ask('GET', '/api/proof')).body).toEqual({ state: 'none' });
    const page = await world.ask('GET', '/proof', { headers: { 'accept-language': 'de' } });
    expect(page.status).toBe(200);
    expect(page.body).toContain('<html lang="de">');
    expect(page.body).toContain('npm run prove');
    expect((await world.ask('GET', '/proof/report.json')).status).toBe(404);
  });

  it('is shown with its signature, under a policy that lets nothing in', async () => {
    const { folder, keysFolder } = world.options.proof;
    const key = await provideProofKey(keysFolder);
    const signed = signReport(exampleReport({ publicKey: publicKeyText(key) }), key);
    await storeProof(folder, signed, 'full');
    const page = await world.ask('GET', '/proof?lang=en', { headers: { 'accept-language': 'de' } });
    expect(page.body).toContain('<html lang="en">');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toBe(`${proofPolicy}; frame-ancestors 'none'`);
    expect(page.headers['set-cookie']).toBeUndefined();
    const report = await world.ask('GET', '/proof/report.json');
    const { body: signature } = await world.ask('GET', '/proof/report.json.sig');
    expect(verifyReport({ text: JSON.stringify(report.body), signature })).toMatchObject({ ok: true });
    expect((await world.ask('GET', '/api/proof')).body).toEqual({
      state: 'signed',
      date: '2026-11-22T02:00:00.000Z',
      form: 'full',
      result: 'partial',
    });
    await storeProof(folder, { ...signed, text: signed.text.replace('partial', 'clean') }, 'full');
    expect((await world.ask('GET', '/api/proof')).body).toEqual({ state: 'broken' });
    expect((await world.ask('GET', '/proof/report.json')).status).toBe(404);
  });
});

describe('the OpenAPI document', () => {
  it('describes every route that is served, from the schemas themselves', async () => {
    const { body } = await world.ask('GET', '/api/openapi.json');
    const paths: Record<string, object> = body.paths;
    expect(Object.values(paths).flatMap((each) => Object.keys(each)).length).toBe(
      allRoutes(world.options).length,
    );
    const start = body.paths['/v1/sites/{siteKey}/engagements'].post;
    expect(start.requestBody.content['application/json'].schema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['engagementId', 'returnHash', 'noticeVersion', 'language', 'firstLine'],
      properties: {
        engagementId: { type: 'string', format: 'uuid' },
        name: { type: 'string', maxLength: 80 },
      },
    });
    expect(body.paths['/api/sites'].post.security).toEqual([{ accessToken: [] }]);
  });
});

describe('sites', () => {
  it.each([
    ['origins', { origins: ['http://shop.example'] }],
    ['origins', { origins: ['https://shop.example:443'] }],
    ['cookieDomain', { cookieDomain: 'elsewhere.example' }],
    ['cookieDomain', { cookieDomain: 'hop.example' }],
    ['visitorCountries', { visitorCountries: ['XX'] }],
  ])('are refused for wrong %s', async (field, more) => {
    const answer = await own.officer.post('/api/sites', siteEdit('Wrong', more));
    expect([answer.status, answer.body.refusal]).toEqual([422, { code: 'invalid', detail: field }]);
  });

  it('refuse a notice with a place that nobody filled in, or without one of their languages', async () => {
    const both = await own.officer.post('/api/sites', siteEdit('Both', { languages: ['en', 'de'] }));
    const publish = (body: object) => own.officer.post(`/api/sites/${both.body.siteId}/notices`, { body });
    expect((await publish({ en: 'Text' })).body.refusal).toEqual({ code: 'invalid', detail: 'body.de' });
    expect((await publish({ en: 'Write to [email]', de: 'Text' })).body.refusal.detail).toBe('body.en');
    expect((await publish({ en: 'Text', de: 'Text' })).body).toMatchObject({
      version: 1,
      author: 'Hazel officer',
    });
    expect((await publish({ en: 'New', de: 'Neu' })).body.version).toBe(2);
    expect((await own.officer.get(`/api/sites/${both.body.siteId}/notices`)).body).toHaveLength(2);
  });

  it('write down in the audit when their text is shown', async () => {
    const masking = { ...siteEdit('Open').masking, text: 'shown' };
    const site = await own.officer.post('/api/sites', siteEdit('Open', { masking }));
    const audit = await own.officer.get('/api/audit');
    expect(audit.body).toContainEqual(
      expect.objectContaining({
        action: 'site.textShown',
        subject: site.body.siteId,
        actor: 'Hazel officer',
      }),
    );
  });

  it('take no contract that names a framework which was struck down', async () => {
    const contract = {
      module: 'SCC_M2',
      importerCountry: 'US',
      importerName: 'Acme',
      reference: 'EU-US Privacy Shield',
      source: 'Contracts/2016/1',
      signedOn: '2016-08-01',
      annexesComplete: true,
    };
    const answer = await own.officer.post('/api/contracts', contract);
    expect(answer.body.refusal).toEqual({ code: 'transferRefused', detail: 'INVALIDATED_C311_18' });
  });
});

describe('the machines of `live`', () => {
  const moveTo = async (place: { liveCountry?: string | undefined; liveHost?: string }) => {
    await world.records.close();
    Object.assign(world.options, place);
    await world.openRecords();
    await world.line();
  };
  const start = async () => (await new Visitor(own).start()).body.refusal;

  it('[RC6] [F6] pass nothing on where their country is not known or has no basis, and are named in the notice', async () => {
    await moveTo({ liveCountry: undefined });
    expect(await start()).toEqual({ code: 'transferRefused', detail: 'FACTS_INCOMPLETE' });
    await moveTo({ liveCountry: 'IN', liveHost: 'Relay Ltd' });
    expect(await start()).toEqual({ code: 'transferRefused', detail: 'NO_BASIS' });
    await own.contract();
    expect(await start()).toEqual({ code: 'transferRefused', detail: 'OTHER_IMPORTER' });
    const contractId = await own.contract({ importerName: 'Relay Ltd' });
    expect(await start()).toBeUndefined();
    const { notice } = (await config(own, SHOP)).body;
    expect(notice.recipients).toContainEqual({
      ...{ name: 'Relay Ltd', country: 'IN' },
      role: 'relay',
      activeFrom: 0,
      basis: expect.objectContaining({ basis: 'SCC_M2', toCountry: 'IN', reference: 'DPA 7' }),
    });
    expect(notice.redress).toContain('only in an emergency');
    const { sites, engagements } = (await own.officer.get(`/api/contracts/${contractId}/effect`)).body;
    expect(engagements).toBeGreaterThan(0);
    expect(sites).toContainEqual(expect.objectContaining({ siteId: own.siteId, closes: true }));
    await own.officer.delete(`/api/contracts/${contractId}`);
    expect(await start()).toMatchObject({ code: 'transferRefused' });
    await moveTo({ liveCountry: 'FI' });
    expect(await start()).toBeUndefined();
  });
});
