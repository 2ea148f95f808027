/** What paying monthly costs, beside the form, and the terms in a frame of the same origin. */
import { html, type Markup } from '../html.js';
import { showCents } from '../money.js';
import { renderInnerDocument } from '../page-layout.js';
import { annualPercentageRate, type Quote, quoteFor } from '../quote.js';
import type { ShopSession } from '../shop-session.js';
import type { Answer, Visit } from '../visit.js';

const usualMonths = 24;

/** Undefined for a cart that is too dear or empty: then it can only be paid at once. */
export function sessionQuote(session: ShopSession): Quote | undefined {
  const months = Number(session.answers.get('months')?.[0] ?? usualMonths);

  return quoteFor(session.cart.totals().totalCents, months);
}

export function quotePanel(visit: Visit): Markup {
  const { totalCents } = visit.session.cart.totals();
  const quote = sessionQuote(visit.session);

  return html`<aside class="panel quote" aria-labelledby="quote-title" data-quote data-amount-cents="${totalCents}">
<h2 id="quote-title">Your instalments</h2>
${quote === undefined ? html`<p>Above €20,000 we ask you to pay at once.</p>` : quoteFacts(quote)}
<p class="quiet">APR is the annual percentage rate: what the credit costs in a year, with every charge in it.</p>
<iframe src="/frames/terms" title="Terms of the credit" width="320" height="220"></iframe>
</aside>`;
}

export function quoteFacts(quote: Quote): Markup {
  return html`<dl class="facts" aria-live="polite">
<div><dt>Price</dt><dd>${showCents(quote.amountCents)}</dd></div>
<div><dt>Months</dt><dd data-quote-months>${quote.months}</dd></div>
<div><dt>APR</dt><dd>${(annualPercentageRate * 100).toFixed(1)} %</dd></div>
<div><dt>Each month</dt><dd data-quote-monthly>${showCents(quote.monthlyCents)}</dd></div>
<div class="sum"><dt>In all</dt><dd data-quote-total>${showCents(quote.totalCents)}</dd></div>
</dl>`;
}

export function termsDocument(): Answer {
  return {
    kind: 'document',
    document: renderInnerDocument(
      'Terms of the credit',
      html`<h1>Terms in short</h1>
<ul>
<li>The lender is Hazel &amp; Spoke Credit, Galway.</li>
<li>You may change your mind within 14 days, without a reason.</li>
<li>You may pay everything back early, at no charge.</li>
<li>A late instalment costs €4 once, and a letter.</li>
</ul>
<form>
<div class="field"><label for="terms-search">Find in the full terms</label><input id="terms-search" name="words" type="search"></div>
</form>
<p>The full terms have 12 pages. We send them with the agreement, before you sign.</p>`,
    ),
  };
}
