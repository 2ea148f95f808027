/**
 * Finds where on the visible part of the page there is anything that agents do not see. It covers more than the
 * recorder hides, as a picture shows what no rule was asked about: what draws unseen is covered whole.
 */

import type { CoverBox } from '@alongside/engagement';
import { isClosedToUs } from '../../cobrowse/masking/closed-content.js';
import type { PristineDom } from '../../cobrowse/masking/pristine-dom.js';
import type { PrivacyRules, Verdict } from '../../cobrowse/masking/privacy-rules.js';
import { isValueShown } from '../../cobrowse/masking/privacy-rules.js';
import { isHeldInBox, isUndrawn, mayBeClosed } from './closed-in-picture.js';
import { drawsAttribute, drawsElsewhere, drawsPicture, shadowReach } from './drawn-by-style.js';

export interface CoveredDeps {
  readonly window: Window & typeof globalThis;
  readonly dom: PristineDom;
  readonly rules: PrivacyRules;
  /** What the panel draws of its own, which no rule knows of. */
  readonly ownBoxes: () => readonly DOMRect[];
}

/** Undefined where the page cannot be looked through: then none of it is shown. */
export type Covered = readonly CoverBox[] | undefined;

const MOST_ELEMENTS = 12_000;
const MOST_BOXES = 4000;
/** So far outside of what is in view boxes are kept: they may come into it before the next look. */
const OUTSIDE_PX = 400;
const ELEMENT = 1;
const TEXT = 3;
const fields = new Set(['input', 'select', 'textarea', 'progress', 'meter', 'option', 'output']);
const pictures = new Set(['img', 'picture', 'image', 'video', 'canvas']);
/** What is in them is drawn by somebody else, or cannot be looked into here. */
const foreign = new Set(['iframe', 'frame', 'object', 'embed', 'fencedframe', 'portal', 'applet']);
const unseen = new Set(['script', 'style', 'template', 'head', 'meta', 'link', 'title', 'noscript']);

export class CoveredElements {
  readonly #deps: CoveredDeps;
  readonly #ids = new WeakMap<object, number>();
  readonly #own: object[] = [];
  #lastId = 0;
  #boxes: CoverBox[] = [];
  #left = 0;
  /** Something private is drawn where nobody tells. */
  #isAstray = false;

  constructor(deps: CoveredDeps) {
    this.#deps = deps;
  }

  find(): Covered {
    const { window, rules, ownBoxes } = this.#deps;
    rules.forget();
    this.#boxes = [];
    this.#left = MOST_ELEMENTS;
    this.#isAstray = false;
    this.#visit(window.document.documentElement, false);
    for (const [index, box] of ownBoxes().entries()) this.#keep(this.#idOf(this.#ownKey(index)), box, 0);
    rules.forget();
    const isKnown = this.#left >= 0 && this.#boxes.length <= MOST_BOXES && !this.#isAstray;
    return isKnown ? this.#boxes : undefined;
  }

  #visit(element: Element, isCovered: boolean): void {
    this.#left -= 1;
    if (this.#left < 0 || this.#boxes.length > MOST_BOXES || this.#isAstray) return;
    const { dom, rules } = this.#deps;
    if (unseen.has(dom.localName(element))) return;
    const verdict = rules.verdictOf(element);
    // Our own: drawn in closed roots, and told by whoever draws there.
    if (verdict.exposure === 'excluded') return;
    const isClosed = this.#isClosed(element, verdict, isCovered);
    const covers = isCovered || isClosed || this.#isHidden(element, verdict);
    if (covers) this.#cover(element, isClosed);
    // What is inside may stick out.
    this.#visitIn(element, { isCovered: covers, verdict });
    const shadow = dom.shadowRoot(element);
    if (shadow !== null) this.#visitIn(shadow, { isCovered: covers, verdict });
  }

  #visitIn(
    parent: Node,
    { isCovered, verdict }: { readonly isCovered: boolean; readonly verdict: Verdict },
  ): void {
    const { dom, rules } = this.#deps;
    for (let at = dom.firstChild(parent); at !== null; at = dom.nextSibling(at)) {
      const type = dom.nodeType(at);
      if (type === ELEMENT) this.#visit(at as Element, isCovered);
      else if (type === TEXT && (isCovered || !rules.isTextShown(verdict) || rules.isCaught(at)))
        this.#coverText(at);
    }
  }

  #cover(element: Element, isClosed: boolean): void {
    const { dom, window } = this.#deps;
    this.#keep(this.#idOf(element), dom.box(element), 0);
    const isHeld = !isClosed || isHeldInBox(element, dom, window);
    if (isHeld && !drawsElsewhere(element, window)) return;
    if (!isUndrawn(element, dom, window)) this.#isAstray = true;
  }

  /** Whether there is, or may be, a closed root in it that draws what is not to be seen. */
  #isClosed(element: Element, verdict: Verdict, isCovered: boolean): boolean {
    const { dom, rules, window } = this.#deps;
    // What else stays closed is drawn within its box, as frames are, or has nodes of its own, as formulas have.
    if (!dom.localName(element).includes('-')) return false;
    if (isClosedToUs(element, dom, window)) return true;
    return (isCovered || !rules.isTextShown(verdict)) && mayBeClosed(element, dom);
  }

  /** Whether the element as a whole, and all that is in it, is not to be seen. */
  #isHidden(element: Element, verdict: Verdict): boolean {
    const { dom, rules, window } = this.#deps;
    const tag = dom.localName(element);
    if (verdict.exposure === 'blocked' || foreign.has(tag)) return true;
    if (fields.has(tag) || verdict.typed) return !isValueShown(verdict);
    if (tag === 'video' || tag === 'canvas') return !isValueShown(verdict);
    const isShown = rules.isTextShown(verdict);
    if (pictures.has(tag)) return !isShown;
    if (tag === 'use') return this.#usesText(element);
    if (drawsAttribute(element, { window, isShown })) return true;
    return !isShown && drawsPicture(element, window);
  }

  /** What a drawing takes from elsewhere has no nodes of its own here. */
  #usesText(element: Element): boolean {
    const { dom, window } = this.#deps;
    const target = dom.attribute(element, 'href') ?? dom.attribute(element, 'xlink:href') ?? '';
    if (!target.startsWith('#')) return false;
    const used = window.document.getElementById(target.slice(1));
    return (
      used !== null &&
      ((dom.textContent(used) ?? '').trim() !== '' || used.querySelector('image,foreignObject') !== null)
    );
  }

  #coverText(text: Node): void {
    const { dom, window } = this.#deps;
    if ((dom.textContent(text) ?? '').trim() === '') return;
    const range = window.document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    const parent = dom.parentNode(text);
    const isDrawn = box.width > 0 && parent !== null && dom.nodeType(parent) === ELEMENT;
    // Letters lean and swing out of their line, by a part of its height.
    const swingPx = Math.min(24, box.height / 8);
    this.#keep(this.#idOf(text), box, swingPx + (isDrawn ? shadowReach(parent as Element, window) : 0));
  }

  #keep(id: number, { left, top, right, bottom }: DOMRect, reachPx: number): void {
    if (!(right - left > 0 && bottom - top > 0)) return;
    const { innerWidth, innerHeight } = this.#deps.window;
    if (right < -OUTSIDE_PX || bottom < -OUTSIDE_PX) return;
    if (left > innerWidth + OUTSIDE_PX || top > innerHeight + OUTSIDE_PX) return;
    this.#boxes.push({
      id,
      left: left - reachPx,
      top: top - reachPx,
      right: right + reachPx,
      bottom: bottom + reachPx,
    });
  }

  #ownKey(index: number): object {
    const key = this.#own[index] ?? {};
    this.#own[index] = key;
    return key;
  }

  #idOf(of: object): number {
    const known = this.#ids.get(of);
    if (known !== undefined) return known;
    this.#lastId += 1;
    this.#ids.set(of, this.#lastId);
    return this.#lastId;
  }
}
