/** A modal made of a plain `div`, as many shops still have: the page's script keeps focus inside and closes it. */
import { html, type Markup } from '../html.js';

export function deliveryModal(): Markup {
  return html`<div id="delivery" class="overlay" hidden>
<div class="modal" role="dialog" aria-modal="true" aria-labelledby="delivery-title" tabindex="-1">
<h2 id="delivery-title">Delivery and returns</h2>
<p>A bicycle comes assembled, on a day you choose. The courier waits while you ride around the block.</p>
<p>You may send anything back within 60 days. We collect bicycles without charge.</p>
<p class="actions"><button type="button" class="button" data-closes="delivery">Close</button></p>
</div>
</div>`;
}
