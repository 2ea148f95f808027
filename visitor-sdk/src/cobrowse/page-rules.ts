/** The rules of a site for the page at hand; Alongside's own elements are no part of it. */

import type { MaskingPolicy } from '@alongside/protocol';
import type { PristineDom } from './masking/pristine-dom.js';
import { PrivacyRules } from './masking/privacy-rules.js';

type Realm = Window & typeof globalThis;

/** Whether the browser understands a selector. */
export function selectorTest(window: Realm): (selector: string) => boolean {
  const probe = window.document.createDocumentFragment();
  return (selector) => {
    try {
      probe.querySelector(selector);
      return true;
    } catch {
      return false;
    }
  };
}

export function privacyRulesFor(
  window: Realm,
  dom: PristineDom,
  site: {
    readonly policy: MaskingPolicy | readonly MaskingPolicy[];
    readonly excluded: readonly Element[];
  },
): PrivacyRules {
  const rules = new PrivacyRules(site.policy, {
    dom,
    document: window.document,
    isSelector: selectorTest(window),
  });
  for (const element of site.excluded) rules.exclude(element);
  return rules;
}

/** What is in a frame of another origin is masked there; but what covers its element here covers all of it. */
export function mayShowInside(rules: PrivacyRules, element: Node | undefined): boolean {
  if (element === undefined) return false;
  rules.forget();
  const { exposure } = rules.verdictOf(element);
  return exposure === 'default' || exposure === 'texts' || exposure === 'allowed';
}
