/** Writes down what an element is when an agent is shown it, and tells whether it still is that. */

import type { IntentTarget } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import { holdsValueText, isInertTag, treatTag } from '../masking/element-tags.js';
import type { PrivacyRules } from '../masking/privacy-rules.js';
import { isValueShown } from '../masking/privacy-rules.js';
import { roleOf } from './element-role.js';
import type { PageGeometry } from './page-geometry.js';

const TEXT = 4; // NodeFilter.SHOW_TEXT
/** Texts looked at for a label; what lies deeper says little of the element. */
const MAX_TEXTS = 40;

export class TargetFingerprint {
  readonly #rules: PrivacyRules;
  readonly #geometry: PageGeometry;

  constructor(rules: PrivacyRules, geometry: PageGeometry) {
    this.#rules = rules;
    this.#geometry = geometry;
  }

  describe(element: Element, id: number): IntentTarget {
    const isSvg = element.namespaceURI === 'http://www.w3.org/2000/svg';
    // A name that the view does not show says no more here.
    const { as: tag } = treatTag({ tag: element.localName, isSvg, isKnownCustom: false });
    const label = this.#labelOf(element);
    return { id, tag, role: roleOf(element), label, box: this.#boxOf(element) };
  }

  /** How wide masked text is drawn tells how long it is; nothing can be done to it anyway. */
  #boxOf(element: Element): IntentTarget['box'] {
    const verdict = this.#rules.verdictOf(element);
    const isField = /^(?:input|select|textarea)$/.test(element.localName);
    if (!isField && !this.#rules.isTextShown(verdict)) return { left: 0, top: 0, width: 0, height: 0 };
    const { left, top, width, height } = this.#geometry.boxOf(element);
    return { left: round(left), top: round(top), width: round(width), height: round(height) };
  }

  /** What is different from when the agent saw it; undefined when nothing is. */
  differenceFrom(element: Element, seen: IntentTarget): 'targetChanged' | 'moved' | undefined {
    const now = this.describe(element, seen.id);
    if (now.tag !== seen.tag || now.role !== seen.role || now.label !== seen.label) return 'targetChanged';
    const near = (a: number, b: number) => Math.abs(a - b) <= intentLimits.boxTolerancePx;
    const isThere =
      near(now.box.left, seen.box.left) &&
      near(now.box.top, seen.box.top) &&
      near(now.box.left + now.box.width, seen.box.left + seen.box.width) &&
      near(now.box.top + now.box.height, seen.box.top + seen.box.height);
    return isThere ? undefined : 'moved';
  }

  /** As the view shows it: what is no text of the page to a reader is none here. */
  #isShown(text: Node): boolean {
    const verdict = this.#rules.verdictOf(text);
    const isValue = verdict.typed || holdsValueText(text.parentElement?.localName.toLowerCase() ?? '');
    return !isInert(text) && (isValue ? isValueShown(verdict) : this.#rules.isTextShown(verdict));
  }

  /** The texts in the element that the agent can read; masked ones say nothing, so they are left out. */
  #labelOf(element: Element): string {
    const words: string[] = [];
    const walker = element.ownerDocument.createTreeWalker(element, TEXT);
    for (let count = 0; count < MAX_TEXTS; count += 1) {
      const text = walker.nextNode();
      if (text === null) break;
      const content = text.nodeValue?.trim().replace(/\s+/g, ' ') ?? '';
      if (this.#isShown(text) && content !== '' && !this.#rules.isCaught(text)) words.push(content);
    }
    const label = words.join(' ').slice(0, intentLimits.labelLength);
    return this.#rules.catches(label) ? '' : label;
  }
}

/** Code and data that stand in the page as text, and are drawn as nothing. */
function isInert(text: Node): boolean {
  for (let at = text.parentElement; at !== null; at = at.parentElement) {
    const tag = at.localName.toLowerCase();
    if (tag === 'style' || isInertTag(tag)) return true;
  }
  return false;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
