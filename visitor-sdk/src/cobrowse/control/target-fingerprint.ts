/** Writes down what an element is when an agent is shown it, and tells whether it still is that. */

import type { IntentTarget } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
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
    const { left, top, width, height } = this.#geometry.boxOf(element);
    const box = { left: round(left), top: round(top), width: round(width), height: round(height) };
    return {
      id,
      tag: element.localName.toLowerCase().slice(0, 64),
      role: roleOf(element),
      label: this.#labelOf(element),
      box,
    };
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

  /** The texts in the element that the agent can read; masked ones say nothing, so they are left out. */
  #labelOf(element: Element): string {
    const words: string[] = [];
    const walker = element.ownerDocument.createTreeWalker(element, TEXT);
    for (let count = 0; count < MAX_TEXTS; count += 1) {
      const text = walker.nextNode();
      if (text === null) break;
      const verdict = this.#rules.verdictOf(text);
      const content = text.nodeValue?.trim().replace(/\s+/g, ' ') ?? '';
      const isShown = this.#rules.isTextShown(verdict) && (!verdict.typed || isValueShown(verdict));
      if (isShown && content !== '' && !this.#rules.isCaught(text)) words.push(content);
    }
    const label = words.join(' ').slice(0, intentLimits.labelLength);
    return this.#rules.catches(label) ? '' : label;
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
