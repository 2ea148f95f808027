/** One product: pictures, facts, the fitting component in its shadow root, and two kinds of modal. */
import { type Product, productBySlug } from '../catalogue.js';
import { html, type Markup } from '../html.js';
import { showCents } from '../money.js';
import { annualPercentageRate, quoteFor } from '../quote.js';
import type { Answer, Visit } from '../visit.js';
import { deliveryModal } from './delivery-modal.js';
import { notFoundPage } from './not-found-page.js';
import { productPicture } from './product-picture.js';

export function productPage(visit: Visit, slug: string): Answer {
  const product = productBySlug(slug);
  if (product === undefined) return notFoundPage();

  return {
    kind: 'page',
    title: product.name,
    body: html`<nav class="crumbs" aria-label="Where you are"><a href="/">Shop</a> <span aria-hidden="true">/</span> <span aria-current="page">${product.name}</span></nav>
<article class="product">
<div class="product-picture">${productPicture(product, '(min-width: 60rem) 36rem, 92vw')}</div>
<div class="product-text">
<h1>${product.name}</h1>
<p class="lead">${product.tagline}</p>
<p class="price">${showCents(product.priceCents)}</p>
${monthly(product)}
<p>${product.description}</p>
${buyForm(product, visit)}
<p class="actions">
<button type="button" class="link" data-opens="size-guide">Size guide</button>
<button type="button" class="link" data-opens="delivery">Delivery and returns</button>
</p>
</div>
</article>
<section class="columns">
${facts(product)}
${product.category === 'bicycles' && fitting()}
</section>
${sizeGuide()}
${deliveryModal()}
${addedDialog(product)}`,
  };
}

function monthly(product: Product): Markup | undefined {
  const quote = quoteFor(product.priceCents, 24);
  if (quote === undefined || product.category !== 'bicycles') return undefined;

  return html`<p class="quiet">Or ${showCents(quote.monthlyCents)} a month for 24 months, ${(annualPercentageRate * 100).toFixed(1)} % APR, ${showCents(quote.totalCents)} in all.</p>`;
}

function buyForm(product: Product, visit: Visit): Markup {
  const problem = visit.query.get('problem') === 'quantity';

  return html`<form class="buy" method="post" action="/cart/add" data-adds-to-cart>
<input type="hidden" name="slug" value="${product.slug}">
<div class="field">
<label for="quantity">Quantity</label>
<input id="quantity" name="quantity" type="number" min="1" max="20" value="1" inputmode="numeric" data-alongside="allow"${problem && html` aria-invalid="true" aria-describedby="quantity-problem"`}>
</div>
<button class="button" type="submit">Add to cart</button>
<p class="problem" id="quantity-problem" role="alert">${problem && 'Choose 1 to 20.'}</p>
</form>`;
}

function facts(product: Product): Markup {
  const rows = [...product.details, ['Weight', `${product.weightKg} kg`] as const];

  return html`<div class="panel">
<h2>Facts</h2>
<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</div>`;
}

function fitting(): Markup {
  return html`<div class="panel">
<h2>Does it fit?</h2>
<frame-fit>
<span slot="lead">Your inside leg decides, not your height. Measure from the floor, without shoes.</span>
<p>Between two sizes, take the smaller one: it is easier to raise a saddle than to lower a frame.</p>
</frame-fit>
</div>`;
}

function sizeGuide(): Markup {
  return html`<dialog id="size-guide" class="modal" aria-labelledby="size-guide-title">
<h2 id="size-guide-title">Size guide</h2>
<table>
<caption class="visually-hidden">Frame size by inside leg</caption>
<thead><tr><th scope="col">Inside leg</th><th scope="col">Frame</th><th scope="col">Saddle</th></tr></thead>
<tbody>
<tr><td>70 to 77 cm</td><td>Small, 49 cm</td><td>62 to 69 cm</td></tr>
<tr><td>77 to 84 cm</td><td>Medium, 54 cm</td><td>68 to 75 cm</td></tr>
<tr><td>84 to 92 cm</td><td>Large, 59 cm</td><td>74 to 82 cm</td></tr>
</tbody>
</table>
<form method="dialog" class="actions"><button class="button">Close</button></form>
</dialog>`;
}

function addedDialog(product: Product): Markup {
  return html`<dialog id="added" class="modal" aria-labelledby="added-title">
<h2 id="added-title">${product.name} is in your cart</h2>
<p data-added-text>Your cart has been changed.</p>
<form method="dialog" class="actions">
<a class="button" href="/cart">Go to the cart</a>
<button class="button plain">Go on looking</button>
</form>
</dialog>`;
}
