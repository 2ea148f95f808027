/** Which address answers what. */
import { addToCart, cartPage, changeCart, redeemCoupon } from './pages/cart-page.js';
import { checkoutPage, takeAnswers } from './pages/checkout-page.js';
import { finderPage } from './pages/finder-page.js';
import { notFoundPage } from './pages/not-found-page.js';
import { ordersPage } from './pages/orders-page.js';
import { productListPage } from './pages/product-list-page.js';
import { productPage } from './pages/product-page.js';
import { termsDocument } from './pages/quote-panel.js';
import { donePage, placeOrder, reviewPage } from './pages/review-page.js';
import { strictPage } from './pages/strict-page.js';
import { bicyclesAnswer, cartAnswer, getQuote, patchCart, postCart, postQuote } from './shop-api.js';
import type { Answer, Handler, Visit } from './visit.js';

type Methods = Readonly<Record<string, Handler>>;

const fixed: ReadonlyMap<string, Methods> = new Map<string, Methods>([
  ['/', { GET: productListPage }],
  ['/cart', { GET: cartPage }],
  ['/cart/add', { POST: addToCart }],
  ['/cart/change', { POST: changeCart }],
  ['/cart/coupon', { POST: redeemCoupon }],
  ['/checkout', { GET: () => ({ kind: 'redirect', to: '/checkout/you' }) }],
  ['/checkout/review', { GET: reviewPage, POST: placeOrder }],
  ['/checkout/done', { GET: donePage }],
  ['/orders', { GET: ordersPage }],
  ['/finder', { GET: finderPage }],
  ['/frames/terms', { GET: termsDocument }],
  ['/strict', { GET: (visit) => strictPage(visit, 'worker') }],
  ['/strict/no-worker', { GET: (visit) => strictPage(visit, 'noWorker') }],
  ['/strict/trusted-types', { GET: (visit) => strictPage(visit, 'trustedTypes') }],
  ['/api/cart', { GET: cartAnswer, POST: postCart, PATCH: patchCart }],
  ['/api/quote', { GET: getQuote, POST: postQuote }],
  ['/api/bicycles', { GET: bicyclesAnswer }],
]);

const nested: readonly (readonly [start: string, methods: (rest: string) => Methods])[] = [
  ['/products/', (slug) => ({ GET: (visit) => productPage(visit, slug) })],
  [
    '/checkout/',
    (name) => ({ GET: (visit) => checkoutPage(visit, name), POST: (visit) => takeAnswers(visit, name) }),
  ],
  ['/finder/', () => ({ GET: finderPage })],
];

export type Routed =
  | { readonly kind: 'handled'; readonly answer: Answer }
  | { readonly kind: 'wrongMethod'; readonly allowed: readonly string[] };

/** HEAD is answered as GET: the server's own HTTP layer leaves the body out. */
export async function route(visit: Visit): Promise<Routed> {
  const methods = methodsAt(visit.path);
  if (methods === undefined) return { kind: 'handled', answer: notFoundPage() };
  const handler = methods[visit.method === 'HEAD' ? 'GET' : visit.method];
  if (handler === undefined) return { kind: 'wrongMethod', allowed: Object.keys(methods) };

  return { kind: 'handled', answer: await handler(visit) };
}

function methodsAt(path: string): Methods | undefined {
  const exact = fixed.get(path);
  if (exact !== undefined) return exact;
  const match = nested.find(([start]) => path.startsWith(start) && path.length > start.length);

  return match?.[1](path.slice(match[0].length));
}
