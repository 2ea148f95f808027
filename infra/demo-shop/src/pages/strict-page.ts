/** Pages under a tight content policy, as a careful customer would set it. */
import { html, type Markup } from '../html.js';
import { type StrictVariant, strictPolicy } from '../sdk-embedding.js';
import type { Answer, Visit } from '../visit.js';

const texts: Readonly<Record<StrictVariant, readonly [title: string, lead: string]>> = {
  worker: [
    'Strict page',
    'This page allows the helper’s script, its connections, and workers made from blobs.',
  ],
  noWorker: [
    'Strict page without workers',
    'This page allows the helper’s script and its connections, and no workers at all.',
  ],
  trustedTypes: [
    'Strict page with trusted types',
    'As the strict page, and scripts must go through one named trusted-types policy.',
  ],
};

export function strictPage(visit: Visit, variant: StrictVariant): Answer {
  const [title, lead] = texts[variant];
  const policy = strictPolicy(visit.sdk, variant);

  return {
    kind: 'page',
    title,
    headers: { 'content-security-policy': policy },
    body: html`<div class="narrow">
<h1>${title}</h1>
<p class="lead">${lead}</p>
<h2>The policy</h2>
<ul class="policy">${policy.split('; ').map((directive) => html`<li><code>${directive}</code></li>`)}</ul>
${callbackForm()}
</div>`,
  };
}

function callbackForm(): Markup {
  return html`<form class="panel" method="get">
<h2>Ask for a call</h2>
<div class="field">
<label for="strict-name">Name</label>
<input id="strict-name" name="name" type="text" autocomplete="name">
</div>
<div class="field">
<label for="strict-topic">What is it about?</label>
<input id="strict-topic" name="topic" type="text" data-alongside="allow">
</div>
<p class="actions"><button class="button" type="submit">Send</button></p>
</form>`;
}
