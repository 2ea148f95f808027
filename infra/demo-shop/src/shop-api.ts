/** The shop's own JSON interface, used by its pages. */
import type { CartTotals } from './cart.js';
import { catalogue } from './catalogue.js';
import { quoteFor } from './quote.js';
import type { Answer, Visit } from './visit.js';

export function cartAnswer(visit: Visit): Answer {
  return { kind: 'json', body: cartBody(visit.session.cart.totals()) };
}

/** Adds to the cart. */
export async function postCart(visit: Visit): Promise<Answer> {
  const change = cartChange(await visit.json());
  if (change === undefined || !visit.session.cart.add(change.slug, change.quantity))
    return refused('badQuantity');

  return cartAnswer(visit);
}

/** Sets a line of the cart to a quantity. */
export async function patchCart(visit: Visit): Promise<Answer> {
  const change = cartChange(await visit.json());
  if (change === undefined || !visit.session.cart.put(change.slug, change.quantity))
    return refused('badQuantity');

  return cartAnswer(visit);
}

export function getQuote(visit: Visit): Answer {
  return quoteAnswer(Number(visit.query.get('amountCents')), Number(visit.query.get('months')));
}

export async function postQuote(visit: Visit): Promise<Answer> {
  const body = fieldsOfBody(await visit.json());

  return quoteAnswer(Number(body?.amountCents), Number(body?.months));
}

export function bicyclesAnswer(): Answer {
  const bicycles = catalogue.filter(({ category }) => category === 'bicycles');

  return {
    kind: 'json',
    body: {
      bicycles: bicycles.map(({ slug, name, tagline, priceCents, suits, weightKg, pictureAlt }) => {
        return { slug, name, tagline, priceCents, suits, weightKg, pictureAlt };
      }),
    },
  };
}

function quoteAnswer(amountCents: number, months: number): Answer {
  const quote = quoteFor(amountCents, months);

  return quote === undefined ? refused('badAmountOrTerm') : { kind: 'json', body: quote };
}

function cartBody(totals: CartTotals): unknown {
  return {
    count: totals.count,
    coupon: totals.coupon ?? null,
    subtotalCents: totals.subtotalCents,
    discountCents: totals.discountCents,
    totalCents: totals.totalCents,
    lines: totals.lines.map(({ product, quantity, lineCents }) => ({
      slug: product.slug,
      quantity,
      lineCents,
    })),
  };
}

function cartChange(body: unknown): { readonly slug: string; readonly quantity: number } | undefined {
  const fields = fieldsOfBody(body);
  const slug = fields?.slug;
  const quantity = fields?.quantity;

  return typeof slug === 'string' && typeof quantity === 'number' ? { slug, quantity } : undefined;
}

function fieldsOfBody(body: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : undefined;
}

function refused(refusal: 'badQuantity' | 'badAmountOrTerm'): Answer {
  return { kind: 'json', status: 422, body: { refusal } };
}
