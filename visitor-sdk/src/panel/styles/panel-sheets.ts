/** The panel's style sheets, in an order that does not depend on what is loaded first. */

import adaptions from './adaptions.css';
import forms from './forms.css';
import ground from './ground.css';
import talk from './talk.css';
import window from './window.css';

type LaterSheet = 'together' | 'closing';

export class PanelSheets {
  readonly #later = { together: new CSSStyleSheet(), closing: new CSSStyleSheet() };

  constructor(root: ShadowRoot) {
    const first = new CSSStyleSheet();
    first.replaceSync([ground, window, forms, talk].join('\n'));
    const last = new CSSStyleSheet();
    last.replaceSync(adaptions);
    const { together, closing } = this.#later;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, first, together, closing, last];
  }

  /** Rules of a part that came later; those for small screens and less motion still come last. */
  fill(sheet: LaterSheet, css: string): void {
    this.#later[sheet].replaceSync(css);
  }
}
