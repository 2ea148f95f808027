/** One step of the checkout: its questions, its place in the row of steps, and where its answers go. */
import {
  fieldsOf,
  type Step,
  type StepName,
  stepAfter,
  stepBefore,
  stepNamed,
  steps,
} from '../application-form.js';
import { readAnswers } from '../form-answers.js';
import { html, type Markup } from '../html.js';
import type { ShopSession } from '../shop-session.js';
import type { Answer, Links, Visit } from '../visit.js';
import { type FormState, fieldGroup, problemSummary } from './form-markup.js';
import { notFoundPage } from './not-found-page.js';
import { quotePanel } from './quote-panel.js';

export function checkoutPage(visit: Visit, name: string): Answer {
  const step = stepNamed(name);
  if (step === undefined) return notFoundPage();
  const elsewhere = detour(visit, step);
  if (elsewhere !== undefined) return { kind: 'redirect', to: elsewhere };

  return stepPage(visit, step, { values: visit.session.answers, problems: new Map() });
}

export async function takeAnswers(visit: Visit, name: string): Promise<Answer> {
  const step = stepNamed(name);
  if (step === undefined) return notFoundPage();
  const elsewhere = detour(visit, step);
  if (elsewhere !== undefined) return { kind: 'redirect', to: elsewhere };
  const form = await visit.form();
  if (form === undefined) return tooLarge();
  const { values, problems } = readAnswers(step, form);
  for (const [field, written] of values) visit.session.answers.set(field, written);
  if (problems.size > 0) return { ...stepPage(visit, step, { values, problems }), status: 422 };
  visit.session.completedSteps.add(step.name);

  return { kind: 'redirect', to: addressOf(stepAfter(step)?.name ?? 'review', visit.links) };
}

/** The payment step lives on its own sub-domain, everything else on the shop's. */
export function addressOf(step: StepName, links: Links): string {
  return step === 'payment' ? `${links.pay}/checkout/payment` : `${links.shop}/checkout/${step}`;
}

/** Where a visitor has to go instead: to fill the cart, to answer an earlier step, or to the right sub-domain. */
export function detour(visit: Visit, step: Step): string | undefined {
  if (visit.session.cart.totals().count === 0) return `${visit.links.shop}/cart`;
  const open = firstOpenStep(visit.session);
  if (steps.indexOf(step) > steps.indexOf(open)) return addressOf(open.name, visit.links);
  const address = addressOf(step.name, visit.links);

  return address.startsWith('//') ? address : undefined;
}

function firstOpenStep(session: ShopSession): Step {
  const open = steps.find((step) => !session.completedSteps.has(step.name));
  if (open === undefined) throw new Error('The last step of the checkout is never marked as completed.');

  return open;
}

function stepPage(visit: Visit, step: Step, state: FormState): Answer & { kind: 'page' } {
  const fields = fieldsOf(step);
  const before = stepBefore(step);

  return {
    kind: 'page',
    title: `${state.problems.size > 0 ? 'Please check: ' : ''}${step.title}`,
    body: html`${progress(step, visit)}
<h1>${step.title}</h1>
<p class="lead">${step.lead}</p>
<div class="columns wide-left">
<form class="stack" method="post" action="/checkout/${step.name}" enctype="multipart/form-data" novalidate>
${problemSummary(fields, state)}
${step.groups.map((group) => fieldGroup(group, state))}
<p class="actions"><button class="button" type="submit">Continue</button>
${before !== undefined && html`<a class="button plain" href="${addressOf(before.name, visit.links)}">Back</a>`}</p>
</form>
${quotePanel(visit)}
</div>`,
  };
}

export function progress(current: Step, visit: Visit): Markup {
  const done = visit.session.completedSteps;
  const entries = steps.map((step) => {
    if (step === current) return html`<li aria-current="step"><span>${step.title}</span></li>`;
    if (!done.has(step.name)) return html`<li><span>${step.title}</span></li>`;

    return html`<li class="done"><a href="${addressOf(step.name, visit.links)}">${step.title}</a></li>`;
  });

  return html`<nav class="progress" aria-label="Steps of the checkout"><ol>${entries}</ol></nav>`;
}

function tooLarge(): Answer {
  return {
    kind: 'page',
    status: 413,
    title: 'Too large',
    body: html`<section class="narrow"><h1>That was too large</h1><p>A file may have up to 2 MB. Please go back and choose a smaller one.</p></section>`,
  };
}
