/** The shop over HTTP: the names it owns, its cookie, its pictures, its embedding, and what it tells tests. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshBuild, ShopClient } from '../test/shop-client.js';
import { type DemoShop, startDemoShop } from './start-demo-shop.js';

const sdk = { scriptUrl: 'http://console.localhost:3000/sdk/v1/loader.js', siteKey: 'demo-site' };
const pages = [
  '/',
  '/?kind=parts',
  '/products/alder',
  '/cart',
  '/orders',
  '/finder',
  '/finder/land',
  '/checkout/done',
  '/strict',
  '/strict/no-worker',
  '/strict/trusted-types',
  '/not/there',
];

let built: Awaited<ReturnType<typeof freshBuild>>;
let shop: DemoShop;
let client: ShopClient;

beforeAll(async () => {
  built = await freshBuild();
  shop = await startDemoShop({
    host: '127.0.0.1',
    port: 0,
    publicHost: 'shop.localhost',
    sdk,
    builtDirectory: built.directory,
  });
});

beforeEach(() => {
  shop.setSdk(sdk);
  client = new ShopClient(shop.port);
});

afterAll(async () => {
  await shop.close();
  await shop.close();
  await built.remove();
});

describe('names', () => {
  test.each(['www.', 'pay.', ''])('%sshop.localhost has the pages', async (start) => {
    const reply = await client.ask('/orders', { host: `${start}${client.host}` });

    expect(reply.status).toBe(200);
    expect(reply.text).toContain('<h1>Orders</h1>');
  });

  test('a page asked for on the loopback is sent to its named address, and health is answered there', async () => {
    const page = await client.ask('/finder/land?use=city', { host: `localhost:${shop.port}` });

    expect(page.status).toBe(307);
    expect(page.headers.location).toBe(`//shop.localhost:${shop.port}/finder/land?use=city`);
    expect(page.headers['set-cookie']).toBeUndefined();
    expect((await client.ask('/health', { host: `127.0.0.1:${shop.port}` })).text).toBe('{"status":"up"}');
    expect((await client.ask('/cart/add', { host: `127.0.0.1:${shop.port}`, form: {} })).status).toBe(421);
  });

  test('a name it does not own is refused, health included', async () => {
    for (const path of ['/', '/health', '/__seen']) {
      const reply = await client.ask(path, { host: 'rebound.example' });

      expect(reply.status).toBe(421);
      expect(reply.headers['set-cookie']).toBeUndefined();
    }
  });
});

describe('embedding', () => {
  test.each(pages)('%s carries exactly one script tag of the embedding', async (path) => {
    const { text } = await client.ask(path);
    const tag = `<script async src="${sdk.scriptUrl}" data-alongside-site="demo-site"></script>`;

    expect(text.split(tag)).toHaveLength(2);
    expect(text.match(/<html lang="en">/g)).toHaveLength(1);
    expect(text.match(/<main /g)).toHaveLength(1);
  });

  test('it can be changed and taken away while the shop runs', async () => {
    shop.setSdk({ ...sdk, siteKey: '"><b>' });
    expect((await client.ask('/')).text).toContain('data-alongside-site="&quot;&gt;&lt;b&gt;"');
    shop.setSdk(undefined);
    expect((await client.ask('/')).text).not.toContain('alongside-site');
    expect((await client.ask('/strict')).headers['content-security-policy']).toContain("script-src 'self';");
  });

  test('the strict pages allow what the embedding needs and differ in workers', async () => {
    shop.setSdk({ ...sdk, connectOrigins: ['http://live.localhost:3001', 'ws://live.localhost:3001'] });
    const policy = async (path: string): Promise<string> => {
      const header = (await client.ask(path)).headers['content-security-policy'];

      return String(header);
    };
    const strict = await policy('/strict');

    expect(strict).toContain("script-src 'self' http://console.localhost:3000;");
    expect(strict).toContain(
      "connect-src 'self' http://console.localhost:3000 http://live.localhost:3001 ws://live.localhost:3001;",
    );
    expect(strict).toContain('worker-src blob:');
    expect(strict).not.toContain('unsafe');
    expect(await policy('/strict/no-worker')).not.toContain('worker-src');
    expect(await policy('/strict/trusted-types')).toContain('trusted-types alongside');
  });

  test('no page has inline script, inline handlers or inline style, which the strict policy would refuse', async () => {
    for (const path of pages) {
      const { text } = await client.ask(path);

      expect(text).not.toMatch(/<script(?![^>]* src=)/);
      expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+="/);
    }
  });
});

describe('cookie and pictures', () => {
  test('the only cookie is the session’s, for the shop and its sub-domains', async () => {
    const reply = await client.ask('/');

    expect(reply.headers['set-cookie']).toHaveLength(1);
    expect(reply.headers['set-cookie']?.[0]).toMatch(
      /^shop_session=[\w-]{32}; Domain=shop\.localhost; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect((await client.ask('/orders')).headers['set-cookie']).toBeUndefined();
  });

  test('pictures need a cookie that the shop has given', async () => {
    const path = '/media/alder-480.webp';

    expect((await client.ask(path)).status).toBe(403);
    expect((await client.ask(path, { headers: { cookie: 'shop_session=made-up' } })).status).toBe(403);
    await client.ask('/');
    const picture = await client.ask(path);
    expect(picture.status).toBe(200);
    expect(picture.headers['content-type']).toBe('image/webp');
    const again = await client.ask(path, { headers: { 'if-none-match': String(picture.headers.etag) } });
    expect(again.status).toBe(304);
  });

  test('every picture that a page names is there', async () => {
    const named = new Set<string>();
    for (const path of ['/', '/orders', '/assets/style.css']) {
      for (const [found] of (await client.ask(path)).text.matchAll(/\/media\/[\w-]+\.webp/g))
        named.add(found);
    }

    expect(named.size).toBeGreaterThan(15);
    for (const path of named) expect((await client.ask(path)).status, path).toBe(200);
  });
});

describe('requests seen', () => {
  test('names of cookies, origin and site are told, and no value', async () => {
    await client.ask('/__seen', { method: 'DELETE' });
    await client.ask('/api/cart?secret=query', {
      headers: { origin: client.host, 'sec-fetch-site': 'same-site', cookie: 'one=alpha; two=beta' },
    });
    const { text } = await client.ask('/__seen');

    expect(JSON.parse(text)).toEqual({
      requests: [
        {
          method: 'GET',
          host: client.host,
          path: '/api/cart',
          origin: client.host,
          secFetchSite: 'same-site',
          cookieNames: ['one', 'two'],
          hasAuthorization: false,
        },
      ],
    });
  });

  test('another site may not change anything', async () => {
    const change = { json: { slug: 'bell', quantity: 1 } };

    expect(
      (await client.ask('/api/cart', { ...change, headers: { 'sec-fetch-site': 'cross-site' } })).status,
    ).toBe(403);
    expect(
      (await client.ask('/api/cart', { ...change, headers: { origin: 'http://evil.example' } })).status,
    ).toBe(403);
    expect((await client.ask('/api/cart', { ...change, headers: { origin: 'null' } })).status).toBe(403);
    const own = { origin: `http://pay.${client.host}`, 'sec-fetch-site': 'same-site' };
    expect((await client.ask('/api/cart', { ...change, headers: own })).status).toBe(200);
  });
});

describe('answers to what is wrong', () => {
  test('wrong methods, bodies and amounts are refused by name', async () => {
    const method = await client.ask('/cart', { method: 'DELETE' });
    expect(method.status).toBe(405);
    expect(method.headers.allow).toBe('GET');
    for (const json of [
      null,
      'text',
      {},
      { slug: 'none', quantity: 1 },
      { slug: 'bell', quantity: 0.5 },
      { slug: 'bell', quantity: 'x' },
    ]) {
      const reply = await client.ask('/api/cart', { json });
      expect(reply.status).toBe(422);
      expect(reply.text).toBe('{"refusal":"badQuantity"}');
    }
    expect((await client.ask('/api/quote', { json: { amountCents: 1, months: 1 } })).status).toBe(422);
    expect((await client.ask('/api/quote?amountCents=279900&months=24')).text).toContain(
      '"monthlyCents":12612',
    );
  });

  test('a body above the limit is refused and the shop goes on', async () => {
    await client.ask('/api/cart', { json: { slug: 'bell', quantity: 1 } });
    const large = await client.ask('/checkout/you', { form: { givenName: 'x'.repeat(3 * 1024 * 1024) } });

    expect(large.status).toBe(413);
    expect((await client.ask('/')).status).toBe(200);
  });

  test('a path that is no address gets an answer', async () => {
    expect((await client.ask('//')).status).toBeGreaterThanOrEqual(400);
    expect((await client.ask('/products/%E0%A4%A')).status).toBe(404);
    expect((await client.ask('/assets/../main.js')).status).toBe(404);
  });
});
