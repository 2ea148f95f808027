/** One policy of a site, made ready for the page at hand: what it says of pages, elements and texts. */

import type { MaskingPolicy } from '@alongside/protocol';
import type { PagePattern } from './page-pattern.js';
import { pagePattern } from './page-pattern.js';
import type { PristineDom } from './pristine-dom.js';

/** From the strictest to the loosest. */
export const exposures = [
  /** Alongside's own: as if it were not on the page. */
  'excluded',
  /** An empty box. */
  'blocked',
  /** Masked by a rule of the site that nothing inside can lift again. */
  'forced',
  'masked',
  /** Nothing was said: structure only. */
  'default',
  /** Texts are shown, values not. */
  'texts',
  'allowed',
] as const;
export type Exposure = (typeof exposures)[number];

export const MARK_ATTRIBUTE = 'data-alongside';

export function stricter(one: Exposure, other: Exposure): Exposure {
  return exposures.indexOf(one) < exposures.indexOf(other) ? one : other;
}

export interface SelectorJudge {
  readonly dom: PristineDom;
  /** Whether the browser understands a selector. */
  isSelector(selector: string): boolean;
}

export class SiteRules {
  readonly #dom: PristineDom;
  readonly #shows: boolean;
  readonly #mask: string;
  readonly #block: string;
  readonly #allow: string;
  readonly #maskPages: readonly PagePattern[];
  readonly #blockPages: readonly PagePattern[];
  readonly #showPages: readonly PagePattern[];
  /** A rule that hides something is not understood, so that nothing can be shown. */
  readonly #locked: boolean;

  constructor(policy: MaskingPolicy, judge: SelectorJudge) {
    const isSelector = (selector: string) => judge.isSelector(selector);
    const hiding = [...(policy.maskPages ?? []), ...(policy.blockPages ?? [])];
    const isPattern = (text: string) => pagePattern(text, { strict: false }) !== undefined;
    this.#dom = judge.dom;
    this.#shows = policy.text === 'shown';
    this.#locked =
      ![...policy.maskSelectors, ...policy.blockSelectors].every(isSelector) || !hiding.every(isPattern);
    this.#block = this.#locked ? '' : policy.blockSelectors.join(',');
    this.#mask = this.#locked ? '' : policy.maskSelectors.join(',');
    this.#allow = policy.allowSelectors.filter(isSelector).join(',');
    this.#maskPages = patterns(policy.maskPages, false);
    this.#blockPages = patterns(policy.blockPages, false);
    this.#showPages = patterns(policy.showPages, true);
  }

  get blockSelector(): string {
    return this.#block;
  }

  /** What holds for a whole document at this address, inside one that has this exposure. */
  ofPage(address: string, inherited: Exposure): Exposure {
    const isOneOf = (list: readonly PagePattern[]) => list.some((matches) => matches(address));
    if (inherited === 'excluded' || inherited === 'blocked') return inherited;
    if (isOneOf(this.#blockPages)) return 'blocked';
    if (inherited === 'forced' || isOneOf(this.#maskPages)) return 'forced';
    if (this.#locked) return 'masked';
    return inherited === 'default' && isOneOf(this.#showPages) ? 'texts' : inherited;
  }

  /** Where no page and no element says anything. */
  get atTop(): Exposure {
    if (this.#locked) return 'masked';
    return this.#shows ? 'texts' : 'default';
  }

  ofElement(element: Element, inherited: Exposure): Exposure {
    if (inherited === 'excluded') return inherited;
    const mark = this.#dom.attribute(element, MARK_ATTRIBUTE)?.trim().toLowerCase();
    if (inherited === 'blocked' || mark === 'block' || this.#matches(element, this.#block)) return 'blocked';
    if (inherited === 'forced' || this.#matches(element, this.#mask)) return 'forced';
    if (this.#locked) return 'masked';
    if (mark === 'allow') return 'allowed';
    // A mark that is none of ours was meant to hide something.
    if (mark !== undefined && mark !== '') return 'masked';
    return this.#matches(element, this.#allow) ? 'allowed' : inherited;
  }

  #matches(element: Element, selector: string): boolean {
    return selector !== '' && this.#dom.matches(element, selector);
  }
}

function patterns(list: readonly string[] | undefined, strict: boolean): readonly PagePattern[] {
  return (list ?? []).map((text) => pagePattern(text, { strict })).filter((made) => made !== undefined);
}
