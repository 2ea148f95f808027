/** The front page: everything the shop has, by kind. */
import { type Category, catalogue, type Product } from '../catalogue.js';
import { html, type Markup } from '../html.js';
import { showCents } from '../money.js';
import { quoteFor } from '../quote.js';
import type { Answer, Visit } from '../visit.js';
import { productPicture } from './product-picture.js';

const kinds: readonly (readonly [value: Category | undefined, label: string])[] = [
  [undefined, 'Everything'],
  ['bicycles', 'Bicycles'],
  ['parts', 'Parts and bags'],
];

export function productListPage(visit: Visit): Answer {
  const kind = kinds.find(([value]) => value === visit.query.get('kind'))?.[0];
  const products = catalogue.filter((product) => kind === undefined || product.category === kind);

  return {
    kind: 'page',
    title: 'Bicycles for ordinary days',
    body: html`<section class="hero">
<div>
<h1>Bicycles for ordinary days</h1>
<p>Built to be left out in the rain, ridden in a coat, and repaired by anyone with a spanner. Pay at once, or month by month.</p>
<p class="actions"><a class="button" href="/finder">Find yours in a minute</a></p>
</div>
</section>
<nav class="filter" aria-label="Kind of goods">
<ul>
${kinds.map(([value, label]) => filterItem(value, label, kind))}
</ul>
</nav>
<h2 class="visually-hidden">Products</h2>
<ul class="products">
${products.map(card)}
</ul>`,
  };
}

function filterItem(value: Category | undefined, label: string, current: Category | undefined): Markup {
  const href = value === undefined ? '/' : `/?kind=${value}`;

  return html`<li><a href="${href}"${value === current && html` aria-current="true"`}>${label}</a></li>`;
}

function card(product: Product): Markup {
  return html`<li class="card">
${productPicture(product, '(min-width: 60rem) 20rem, (min-width: 36rem) 45vw, 92vw')}
<div class="card-text">
<h3><a href="/products/${product.slug}">${product.name}</a></h3>
<p>${product.tagline}</p>
<p class="price">${showCents(product.priceCents)}${monthly(product)}</p>
</div>
</li>`;
}

function monthly(product: Product): Markup | undefined {
  const quote = product.category === 'bicycles' ? quoteFor(product.priceCents, 24) : undefined;

  return quote && html` <span class="quiet">or ${showCents(quote.monthlyCents)} a month</span>`;
}
