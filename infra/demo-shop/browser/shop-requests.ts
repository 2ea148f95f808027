/** Talks to the shop's JSON interface and shows amounts as the server does. */

export interface CartState {
  readonly count: number;
  readonly coupon: string | null;
  readonly subtotalCents: number;
  readonly discountCents: number;
  readonly totalCents: number;
  readonly lines: readonly { readonly slug: string; readonly quantity: number; readonly lineCents: number }[];
}

export interface QuoteState {
  readonly months: number;
  readonly monthlyCents: number;
  readonly totalCents: number;
}

export interface Bicycle {
  readonly slug: string;
  readonly name: string;
  readonly tagline: string;
  readonly priceCents: number;
  readonly suits: readonly string[];
  readonly weightKg: number;
  readonly pictureAlt: string;
}

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

export function showCents(cents: number): string {
  return euros.format(cents / 100);
}

/** Undefined when the shop refused or could not be reached: the page then stays as it is. */
async function ask<T>(
  path: string,
  change?: { readonly method: string; readonly body: unknown },
): Promise<T | undefined> {
  try {
    const response = await fetch(path, {
      method: change?.method ?? 'GET',
      ...(change && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(change.body) }),
    });

    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    // The network is away; every caller has a form or a link that works without this request.
    return undefined;
  }
}

export function addToCart(slug: string, quantity: number): Promise<CartState | undefined> {
  return ask<CartState>('/api/cart', { method: 'POST', body: { slug, quantity } });
}

export function setQuantity(slug: string, quantity: number): Promise<CartState | undefined> {
  return ask<CartState>('/api/cart', { method: 'PATCH', body: { slug, quantity } });
}

export function fetchQuote(amountCents: number, months: number): Promise<QuoteState | undefined> {
  return ask<QuoteState>('/api/quote', { method: 'POST', body: { amountCents, months } });
}

export async function fetchBicycles(): Promise<readonly Bicycle[] | undefined> {
  return (await ask<{ readonly bicycles: readonly Bicycle[] }>('/api/bicycles'))?.bicycles;
}
