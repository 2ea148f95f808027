/** The cart, and what changes it. */
import { type CartLine, type CartTotals, highestQuantity } from '../cart.js';
import { html, type Markup } from '../html.js';
import { showCents } from '../money.js';
import type { Answer, Visit } from '../visit.js';
import { deliveryModal } from './delivery-modal.js';
import { productPicture } from './product-picture.js';

export function cartPage(visit: Visit): Answer {
  const totals = visit.session.cart.totals();

  return {
    kind: 'page',
    title: 'Cart',
    body: html`<h1>Cart</h1>
${totals.count === 0 ? emptyCart() : filledCart(totals, visit.query.get('problem'))}
${deliveryModal()}`,
  };
}

export async function addToCart(visit: Visit): Promise<Answer> {
  const form = await visit.form();
  const slug = textOf(form, 'slug');
  const added = visit.session.cart.add(slug, Number(textOf(form, 'quantity')));
  if (added) return { kind: 'redirect', to: '/cart' };

  return { kind: 'redirect', to: `/products/${encodeURIComponent(slug)}?problem=quantity` };
}

/** One form for all lines: a quantity of 0 takes the line out. */
export async function changeCart(visit: Visit): Promise<Answer> {
  const form = await visit.form();
  const { cart } = visit.session;
  let understood = true;
  for (const { product } of cart.totals().lines) {
    const written = textOf(form, `quantity-${product.slug}`);
    if (written !== '') understood = cart.put(product.slug, Number(written)) && understood;
  }
  const removed = textOf(form, 'remove');
  if (removed !== '') cart.put(removed, 0);

  return { kind: 'redirect', to: understood ? '/cart' : '/cart?problem=quantity' };
}

export async function redeemCoupon(visit: Visit): Promise<Answer> {
  const redeemed = visit.session.cart.redeem(textOf(await visit.form(), 'coupon'));

  return { kind: 'redirect', to: redeemed ? '/cart' : '/cart?problem=coupon' };
}

function textOf(form: FormData | undefined, name: string): string {
  const value = form?.get(name);

  return typeof value === 'string' ? value.trim() : '';
}

function emptyCart(): Markup {
  return html`<div class="empty">
<p class="lead">Your cart is empty.</p>
<p class="actions"><a class="button" href="/">Look around</a></p>
</div>`;
}

function filledCart(totals: CartTotals, problem: string | null): Markup {
  return html`<div class="columns wide-left">
<form class="panel" method="post" action="/cart/change" data-changes-cart>
<h2 class="visually-hidden">What is in it</h2>
${problem === 'quantity' && html`<p class="problem" role="alert">Choose 0 to ${highestQuantity} of each.</p>`}
<ul class="lines">
${totals.lines.map(cartLine)}
</ul>
<p class="actions"><button class="button plain" type="submit">Update the cart</button> <button type="button" class="link" data-opens="delivery">Delivery and returns</button></p>
</form>
<div class="stack">
<section class="panel" aria-labelledby="sum-title">
<h2 id="sum-title">Sum</h2>
${totalsList(totals)}
<p class="actions"><a class="button" href="/checkout">Go to checkout</a></p>
</section>
${couponForm(totals, problem === 'coupon')}
</div>
</div>`;
}

function cartLine({ product, quantity, lineCents }: CartLine): Markup {
  return html`<li class="line">
${productPicture(product, '8rem')}
<div><a href="/products/${product.slug}">${product.name}</a><br><span class="quiet">${showCents(product.priceCents)} each</span></div>
<div class="field">
<label for="quantity-${product.slug}">Quantity<span class="visually-hidden"> of ${product.name}</span></label>
<input id="quantity-${product.slug}" name="quantity-${product.slug}" data-slug="${product.slug}" type="number" min="0" max="${highestQuantity}" value="${quantity}" inputmode="numeric" data-alongside="allow">
</div>
<output class="line-sum" data-line-sum="${product.slug}">${showCents(lineCents)}</output>
<button class="link" type="submit" name="remove" value="${product.slug}">Remove<span class="visually-hidden"> ${product.name}</span></button>
</li>`;
}

export function totalsList(totals: CartTotals): Markup {
  return html`<dl class="facts" data-totals aria-live="polite">
<div><dt>Goods</dt><dd data-subtotal>${showCents(totals.subtotalCents)}</dd></div>
${totals.discountCents > 0 && html`<div><dt>Coupon ${totals.coupon}</dt><dd data-discount>−${showCents(totals.discountCents)}</dd></div>`}
<div><dt>Delivery</dt><dd>Free</dd></div>
<div class="sum"><dt>Together</dt><dd data-total>${showCents(totals.totalCents)}</dd></div>
</dl>`;
}

function couponForm(totals: CartTotals, refused: boolean): Markup {
  return html`<form class="panel coupon" method="post" action="/cart/coupon">
<div class="field">
<label for="coupon">Coupon</label>
<input id="coupon" name="coupon" type="text" autocomplete="off" autocapitalize="characters" value="${totals.coupon ?? ''}" data-alongside="allow"${refused && html` aria-invalid="true" aria-describedby="coupon-problem"`}>
</div>
<button class="button plain" type="submit">Redeem</button>
<p class="problem" id="coupon-problem" role="alert">${refused && 'We do not know this coupon. Try SPRING10.'}</p>
</form>`;
}
