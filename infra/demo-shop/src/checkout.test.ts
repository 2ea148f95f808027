/** The way of a buyer: cart, the steps of the application on their sub-domains, order; and what is never kept. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshBuild, type Reply, ShopClient } from '../test/shop-client.js';
import { type DemoShop, startDemoShop } from './start-demo-shop.js';

const you = {
  givenName: 'Mira',
  familyName: 'Kavanagh',
  birthday: '1988-04-12',
  nationalId: '1234567TW',
  nationality: 'ie',
  email: 'mira@mail.example',
  phone: '+353 91 555 019',
  contactBy: 'email',
};
const home = {
  street: '14 Mill <Lane>',
  postalCode: 'H91 X2Y3',
  city: 'Galway',
  country: 'IE',
  livesThereSince: '2019-06-01',
  housing: 'rent',
  housingCost: '980',
  deliveryDay: '2027-01-12',
};
const income = {
  months: '36',
  employment: 'permanent',
  income: '2850',
  dependants: '0',
  iban: 'IE29 AIBK 9311 5212 3456 78',
  creditCheck: 'yes',
};
const card = {
  cardName: 'Mira Kavanagh',
  cardNumber: '4111 1111 1111 1111',
  cardExpiry: '11/31',
  cardCode: '917',
  oneTimeCode: '482913',
  newPassword: 'correct horse',
};

let built: Awaited<ReturnType<typeof freshBuild>>;
let shop: DemoShop;
let client: ShopClient;

beforeAll(async () => {
  built = await freshBuild();
  const settings = { host: '127.0.0.1', port: 0, publicHost: 'shop.localhost', sdk: undefined };
  shop = await startDemoShop({ ...settings, builtDirectory: built.directory });
});

beforeEach(() => {
  client = new ShopClient(shop.port);
});

afterAll(async () => {
  await shop.close();
  await built.remove();
});

async function fillCart(): Promise<void> {
  const added = await client.ask('/cart/add', { form: { slug: 'hazel-e', quantity: '1' } });
  expect(added.headers.location).toBe('/cart');
}

function pay(path: string, form?: Record<string, string>): Promise<Reply> {
  return client.ask(path, { host: `pay.${client.host}`, ...(form && { form }) });
}

async function reachReview(): Promise<void> {
  await fillCart();
  expect((await client.ask('/checkout/you', { form: you })).headers.location).toBe('/checkout/home');
  expect((await client.ask('/checkout/home', { form: home })).headers.location).toBe('/checkout/income');
  const toPayment = await client.ask('/checkout/income', { form: income });
  expect(toPayment.headers.location).toBe(`//pay.${client.host}/checkout/payment`);
  expect((await pay('/checkout/payment')).status).toBe(200);
  const toReview = await pay('/checkout/payment', card);
  expect(toReview.headers.location).toBe(`//${client.host}/checkout/review`);
}

test('quantities and coupons change the sum, and a wrong one is said', async () => {
  await fillCart();
  await client.ask('/cart/change', { form: { 'quantity-hazel-e': '2' } });
  expect((await client.ask('/cart')).text).toContain('<dd data-total>€5,598.00</dd>');
  expect((await client.ask('/cart/coupon', { form: { coupon: ' spring10 ' } })).headers.location).toBe(
    '/cart',
  );
  expect((await client.ask('/cart')).text).toContain('<dd data-total>€5,038.20</dd>');
  const wrong = await client.ask('/cart/coupon', { form: { coupon: 'nothing' } });
  expect((await client.ask(String(wrong.headers.location))).text).toContain('We do not know this coupon.');
  const tooMany = await client.ask('/cart/change', { form: { 'quantity-hazel-e': '21' } });
  expect(tooMany.headers.location).toBe('/cart?problem=quantity');
  await client.ask('/cart/change', { form: { remove: 'hazel-e' } });
  expect((await client.ask('/cart')).text).toContain('Your cart is empty.');
});

test('no step can be reached before the ones ahead of it, nor on the wrong sub-domain', async () => {
  expect((await client.ask('/checkout/you')).headers.location).toBe('/cart');
  await fillCart();
  expect((await client.ask('/checkout/review')).headers.location).toBe('/checkout/you');
  expect((await client.ask('/checkout/income', { form: income })).headers.location).toBe('/checkout/you');
  expect((await pay('/checkout/you')).headers.location).toBe(`//${client.host}/checkout/you`);
  expect((await client.ask('/checkout/nowhere')).status).toBe(404);
});

test('wrong answers come back with what is wrong, beside the field and above the form', async () => {
  await fillCart();
  const reply = await client.ask('/checkout/you', {
    form: {
      ...you,
      email: 'nobody',
      birthday: 'someday',
      nationalId: '!',
      nationality: 'atlantis',
      givenName: '',
    },
  });

  expect(reply.status).toBe(422);
  expect(reply.text).toContain('Please check 5 answers');
  expect(reply.text).toContain('aria-describedby="nationalId-hint nationalId-problem" aria-invalid="true"');
  expect(reply.text).toContain('value="Kavanagh"');
});

test('the form has every kind of field, with what browsers fill in and what stays private', async () => {
  await reachReview();
  const steps = await Promise.all(['you', 'home', 'income'].map((step) => client.ask(`/checkout/${step}`)));
  const texts = [...steps, await pay('/checkout/payment')].map(({ text }) => text).join('');
  for (const kind of [
    'text',
    'email',
    'tel',
    'date',
    'number',
    'password',
    'range',
    'file',
    'radio',
    'checkbox',
  ]) {
    expect(texts, kind).toContain(`type="${kind}"`);
  }
  expect(texts).toContain('<textarea');
  expect(texts).toContain('<select');
  for (const token of [
    'given-name',
    'address-line1',
    'bday',
    'cc-name',
    'cc-number',
    'cc-exp',
    'cc-csc',
    'one-time-code',
    'new-password',
  ]) {
    expect(texts, token).toContain(`autocomplete="${token}"`);
  }
  expect(texts).toMatch(/id="income"[^>]*data-alongside="mask"/);
  expect(texts).toMatch(/id="months"[^>]*data-alongside="allow"/);
  expect(texts).not.toMatch(/id="card\w+"[^>]*data-alongside="allow"/);
  expect(texts).toContain('<iframe src="/frames/terms"');
});

test('an order goes through, and card, code and password are shown nowhere', async () => {
  await reachReview();
  const review = await client.ask('/checkout/review');
  expect(review.text).toContain('<dd data-alongside="mask">14 Mill &lt;Lane&gt;</dd>');
  expect(review.text).toMatch(/<button[^>]* data-alongside-control="never">Pay €87\.23 now/);
  const again = await pay('/checkout/payment');
  for (const secret of Object.values(card).filter((value) => value !== card.cardName)) {
    // The port is part of every address and might hold the same digits as the code by chance.
    expect(review.text.replaceAll(client.host, '')).not.toContain(secret);
    expect(again.text.replaceAll(client.host, '')).not.toContain(secret);
  }
  const unticked = await client.ask('/checkout/review', { form: { other: 'x' } });
  expect(unticked.headers.location).toBe('/checkout/review?problem=agree');
  expect((await client.ask('/checkout/review', { form: { agree: 'yes' } })).headers.location).toBe(
    '/checkout/done',
  );
  const orders = (await client.ask('/orders')).text;
  expect(orders).toMatch(
    /<table data-alongside="mask">[\s\S]*1 × Hazel E[\s\S]*14 Mill &lt;Lane&gt;, Galway/,
  );
  expect(orders).toMatch(/<aside[^>]*data-alongside="block">/);
  expect((await client.ask('/checkout/you')).headers.location).toBe('/cart');
});

test('a payslip is taken as a real upload and forgotten', async () => {
  await fillCart();
  await client.ask('/checkout/you', { form: you });
  await client.ask('/checkout/home', { form: home });
  const form = new FormData();
  for (const [name, value] of Object.entries(income)) form.set(name, value);
  form.set(
    'payslip',
    new File([new Uint8Array(500_000)], 'payslip-secret-name.pdf', { type: 'application/pdf' }),
  );
  const encoded = new Response(form);
  const headers = { 'content-type': String(encoded.headers.get('content-type')) };
  const reply = await client.ask('/checkout/income', {
    headers,
    bytes: Buffer.from(await encoded.arrayBuffer()),
  });

  expect(reply.headers.location).toBe(`//pay.${client.host}/checkout/payment`);
  expect((await client.ask('/checkout/income')).text).not.toContain('payslip-secret-name');
});

test('two visitors have two carts', async () => {
  await fillCart();
  const other = new ShopClient(shop.port);

  expect(JSON.parse((await other.ask('/api/cart')).text)).toMatchObject({ count: 0 });
  expect(JSON.parse((await client.ask('/api/cart')).text)).toMatchObject({ count: 1, totalCents: 279_900 });
});
