/** Order history: a table that stays masked, beside an account widget that is not shown at all. */
import { html, type Markup } from '../html.js';
import { showCents } from '../money.js';
import type { Order } from '../orders.js';
import type { Answer, Visit } from '../visit.js';

export function ordersPage(visit: Visit): Answer {
  return {
    kind: 'page',
    title: 'Orders',
    body: html`<h1>Orders</h1>
<div class="columns wide-left">
<section class="panel" aria-labelledby="history-title">
<h2 id="history-title">History</h2>
<div class="scrolls" role="region" aria-label="Table of orders" tabindex="0">
${orderTable(visit.session.orders)}
</div>
</section>
${accountWidget()}
</div>`,
  };
}

function orderTable(orders: readonly Order[]): Markup {
  return html`<table data-alongside="mask">
<caption>Newest first</caption>
<thead><tr><th scope="col">Order</th><th scope="col">Day</th><th scope="col">Goods</th><th scope="col">Delivered to</th><th scope="col" class="number">Sum</th><th scope="col">State</th></tr></thead>
<tbody>
${orders.map(orderRow)}
</tbody>
</table>`;
}

function orderRow(order: Order): Markup {
  return html`<tr><th scope="row">${order.number}</th><td><time datetime="${order.placedOn}">${order.placedOn}</time></td><td>${order.summary}</td><td>${order.deliveredTo}</td><td class="number">${showCents(order.totalCents)}</td><td><span class="state">${order.state}</span></td></tr>`;
}

function accountWidget(): Markup {
  return html`<aside class="panel account" aria-labelledby="account-title" data-alongside="block">
<h2 id="account-title">Your account</h2>
<p class="account-head"><img src="/media/portrait-96.webp" width="48" height="48" alt="Your portrait"> <span><strong>Mira Kavanagh</strong><br><span class="quiet">mira@mail.example</span></span></p>
<dl class="facts">
<div><dt>Customer number</dt><dd>4471-0932</dd></div>
<div><dt>Credit balance</dt><dd>€38.20</dd></div>
<div><dt>Member since</dt><dd>2023</dd></div>
</dl>
</aside>`;
}
