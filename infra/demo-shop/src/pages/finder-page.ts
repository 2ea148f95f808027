/** The shell of the single-page part: every address below `/finder` gets it, and the script draws the view. */
import { html } from '../html.js';
import type { Answer } from '../visit.js';

export function finderPage(): Answer {
  return {
    kind: 'page',
    title: 'Bicycle finder',
    body: html`<div class="narrow" data-finder>
<h1 tabindex="-1" data-finder-title>Bicycle finder</h1>
<p data-finder-lead>Three questions, then a bicycle.</p>
<div data-finder-view></div>
<noscript><p>The finder needs scripts. <a href="/">Here is everything we have.</a></p></noscript>
</div>`,
  };
}
