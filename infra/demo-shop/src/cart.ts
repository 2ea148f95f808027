/** What one visitor of the shop wants to buy. */
import { type Product, productBySlug } from './catalogue.js';

export const highestQuantity = 20;
const couponDiscounts: ReadonlyMap<string, number> = new Map([
  ['SPRING10', 0.1],
  ['WELCOME5', 0.05],
]);

export interface CartLine {
  readonly product: Product;
  readonly quantity: number;
  readonly lineCents: number;
}

export interface CartTotals {
  readonly lines: readonly CartLine[];
  readonly count: number;
  readonly coupon: string | undefined;
  readonly subtotalCents: number;
  readonly discountCents: number;
  readonly totalCents: number;
}

export class Cart {
  /** Keyed by the product's slug. */
  readonly #quantities = new Map<string, number>();
  #coupon: string | undefined;

  /** Returns false, and changes nothing, for a product or a quantity the shop does not have. */
  put(slug: string, quantity: number): boolean {
    if (productBySlug(slug) === undefined) return false;
    if (!Number.isInteger(quantity) || quantity < 0 || quantity > highestQuantity) return false;
    if (quantity === 0) this.#quantities.delete(slug);
    else this.#quantities.set(slug, quantity);

    return true;
  }

  add(slug: string, quantity: number): boolean {
    if (!Number.isInteger(quantity) || quantity < 1) return false;

    return this.put(slug, Math.min(highestQuantity, (this.#quantities.get(slug) ?? 0) + quantity));
  }

  /** An empty code takes the coupon away; an unknown one leaves the cart as it was. */
  redeem(code: string): boolean {
    const coupon = code.trim().toUpperCase();
    if (coupon !== '' && !couponDiscounts.has(coupon)) return false;
    this.#coupon = coupon === '' ? undefined : coupon;

    return true;
  }

  empty(): void {
    this.#quantities.clear();
    this.#coupon = undefined;
  }

  totals(): CartTotals {
    const lines: CartLine[] = [];
    for (const [slug, quantity] of this.#quantities) {
      const product = productBySlug(slug);
      if (product !== undefined) lines.push({ product, quantity, lineCents: product.priceCents * quantity });
    }
    const subtotalCents = lines.reduce((sum, line) => sum + line.lineCents, 0);
    const rate = this.#coupon === undefined ? 0 : (couponDiscounts.get(this.#coupon) ?? 0);
    const discountCents = Math.round(subtotalCents * rate);

    return {
      lines,
      count: lines.reduce((sum, line) => sum + line.quantity, 0),
      coupon: this.#coupon,
      subtotalCents,
      discountCents,
      totalCents: subtotalCents - discountCents,
    };
  }
}
