/** The last step: everything once more, the order itself, and the page that thanks for it. */
import { fieldsOf, type Step, stepNamed, steps } from '../application-form.js';
import type { Field } from '../form-field.js';
import { html, type Markup } from '../html.js';
import { showCents } from '../money.js';
import { orderFrom } from '../orders.js';
import type { ShopSession } from '../shop-session.js';
import type { Answer, Visit } from '../visit.js';
import { totalsList } from './cart-page.js';
import { addressOf, detour, progress } from './checkout-page.js';
import { notFoundPage } from './not-found-page.js';
import { quotePanel, sessionQuote } from './quote-panel.js';

export function reviewPage(visit: Visit): Answer {
  const step = stepNamed('review');
  if (step === undefined) return notFoundPage();
  const elsewhere = detour(visit, step);
  if (elsewhere !== undefined) return { kind: 'redirect', to: elsewhere };

  return {
    kind: 'page',
    title: step.title,
    body: html`${progress(step, visit)}
<h1>${step.title}</h1>
<p class="lead">${step.lead}</p>
<div class="columns wide-left">
<div class="stack">
${steps.filter((earlier) => earlier.groups.length > 0).map((earlier) => answersPanel(earlier, visit))}
${payForm(visit)}
</div>
${quotePanel(visit)}
</div>`,
  };
}

export async function placeOrder(visit: Visit): Promise<Answer> {
  const step = stepNamed('review');
  const elsewhere = step === undefined ? '/cart' : detour(visit, step);
  if (elsewhere !== undefined) return { kind: 'redirect', to: elsewhere };
  const form = await visit.form();
  if (form?.get('agree') !== 'yes') return { kind: 'redirect', to: '/checkout/review?problem=agree' };
  const { session } = visit;
  const first = (name: string): string => session.answers.get(name)?.[0] ?? '';
  session.orders = [
    orderFrom(session.cart.totals(), `${first('street')}, ${first('city')}`),
    ...session.orders,
  ];
  session.cart.empty();
  session.answers.clear();
  session.completedSteps.clear();

  return { kind: 'redirect', to: '/checkout/done' };
}

export function donePage(visit: Visit): Answer {
  const order = visit.session.orders[0];

  return {
    kind: 'page',
    title: 'Thank you',
    body: html`<section class="narrow">
<h1>Thank you</h1>
<p class="lead">Your latest order is <strong data-alongside="mask">${order?.number}</strong>.</p>
<p>We build it now and write to you on the day before it comes.</p>
<p class="actions"><a class="button" href="/orders">Your orders</a> <a class="button plain" href="/">Back to the shop</a></p>
</section>`,
  };
}

function answersPanel(step: Step, visit: Visit): Markup {
  const rows = fieldsOf(step).flatMap((field) => {
    const shown = shownAnswer(field, visit.session);

    return shown === ''
      ? []
      : [html`<div><dt>${field.label}</dt><dd data-alongside="mask">${shown}</dd></div>`];
  });

  return html`<section class="panel" aria-labelledby="review-${step.name}">
<h2 id="review-${step.name}">${step.title}</h2>
${rows.length > 0 ? html`<dl class="facts">${rows}</dl>` : html`<p>Your card was accepted. We have not kept its number.</p>`}
<p class="actions"><a href="${addressOf(step.name, visit.links)}">Change<span class="visually-hidden"> ${step.title}</span></a></p>
</section>`;
}

function shownAnswer(field: Field, session: ShopSession): string {
  const written = session.answers.get(field.name) ?? [];
  if (field.kind === 'tick') return written[0] === 'yes' ? 'Yes' : '';
  if (field.kind === 'range') return `${written[0]} ${field.unit}`;
  if (field.kind !== 'select' && field.kind !== 'radios' && field.kind !== 'checkboxes')
    return written[0] ?? '';

  return field.options
    .filter(([value]) => value !== '' && written.includes(value))
    .map(([, label]) => label)
    .join(', ');
}

function payForm(visit: Visit): Markup {
  const totals = visit.session.cart.totals();
  const quote = sessionQuote(visit.session);
  const due = quote === undefined ? totals.totalCents : quote.monthlyCents;
  const unticked = visit.query.get('problem') === 'agree';

  return html`<form class="panel" method="post" action="/checkout/review" novalidate>
<h2>Your order</h2>
${totalsList(totals)}
<div class="field">
<p class="problem" id="agree-problem" role="alert">${unticked && 'Please tick this to go on.'}</p>
<div class="choice"><input id="agree" name="agree" type="checkbox" value="yes" required${unticked && html` aria-invalid="true" aria-describedby="agree-problem"`}><label for="agree">I have read the terms of the credit</label></div>
</div>
<p class="actions"><button class="button" type="submit" data-alongside-control="never">Pay ${showCents(due)} now</button></p>
</form>`;
}
