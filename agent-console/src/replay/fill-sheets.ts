/** Goes through every style sheet of the replayed page, nested ones and those of shadow roots, to fill in assets. */

import { replaceAssets } from '../engagement/player/asset-reference.js';

type AddressOf = (hash: string) => string | undefined;

export function fillSheets(document: Document | undefined, addressOf: AddressOf): void {
  if (document === undefined) return;
  for (const root of rootsOf(document)) {
    for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets])
      fillRules(rulesOf(sheet), addressOf);
  }
}

/** The document, every open shadow root in it, and the documents of its frames. */
export function* rootsOf(document: Document): Generator<Document | ShadowRoot> {
  const waiting: (Document | ShadowRoot)[] = [document];
  for (let root = waiting.pop(); root !== undefined; root = waiting.pop()) {
    yield root;
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot !== null) waiting.push(element.shadowRoot);
      const inner = element.localName === 'iframe' ? (element as HTMLIFrameElement).contentDocument : null;
      if (inner !== null) waiting.push(inner);
    }
  }
}

function fillRules(rules: CSSRuleList | undefined, addressOf: AddressOf): void {
  for (const rule of rules ?? []) {
    const { style, cssRules } = rule as { style?: CSSStyleDeclaration; cssRules?: CSSRuleList };
    if (style !== undefined) fillStyle(style, addressOf);
    if (cssRules !== undefined) fillRules(cssRules, addressOf);
  }
}

/**
 * All declarations at once: a shorthand with a variable in it, as `background: var(--wash) url(…)`, is kept as one
 * piece by the browser, and none of its longhands has a value that could be read and replaced.
 */
function fillStyle(style: CSSStyleDeclaration, addressOf: AddressOf): void {
  const { cssText } = style;
  const filled = replaceAssets(cssText, addressOf);
  if (filled !== cssText) style.cssText = filled;
}

function rulesOf(sheet: CSSStyleSheet): CSSRuleList | undefined {
  try {
    return sheet.cssRules;
  } catch {
    // A sheet that may not be read has nothing of ours in it.
    return undefined;
  }
}
