/** The page for an address that the shop does not have. */
import { html } from '../html.js';
import type { Answer } from '../visit.js';

export function notFoundPage(): Answer {
  return {
    kind: 'page',
    status: 404,
    title: 'Nothing here',
    body: html`<section class="narrow">
<h1>There is nothing here</h1>
<p>The address may be old. Everything we have is on the front page.</p>
<p class="actions"><a class="button" href="/">To the shop</a></p>
</section>`,
  };
}
