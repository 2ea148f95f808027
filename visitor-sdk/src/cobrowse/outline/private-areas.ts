/** Finds what on the visible part of the page agents do not see, and where it is drawn. */

import type { PristineDom } from '../masking/pristine-dom.js';
import type { PrivacyRules, Verdict } from '../masking/privacy-rules.js';
import { isValueShown } from '../masking/privacy-rules.js';

export const areaKinds = ['text', 'field', 'picture', 'block'] as const;
export type AreaKind = (typeof areaKinds)[number];

export interface PrivateArea {
  readonly kind: AreaKind;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A page of more elements is looked through to here; what comes after is hidden like the rest, and not outlined. */
const MOST_ELEMENTS = 8000;
const MOST_AREAS = 400;
const SMALLEST_PX = 3;
const fields = new Set(['input', 'select', 'textarea', 'progress', 'meter']);
const pictures = new Set(['img', 'video', 'canvas', 'svg']);
const ELEMENT = 1;
const TEXT = 3;

export interface AreaDeps {
  readonly window: Window & typeof globalThis;
  readonly dom: PristineDom;
  readonly rules: PrivacyRules;
}

export class PrivateAreas {
  readonly #window: Window & typeof globalThis;
  readonly #dom: PristineDom;
  readonly #rules: PrivacyRules;
  #areas: PrivateArea[] = [];
  #left = 0;

  constructor(deps: AreaDeps) {
    this.#window = deps.window;
    this.#dom = deps.dom;
    this.#rules = deps.rules;
  }

  /** Frames of the page are an area of their own when what is in them is hidden; else they are not looked into. */
  find(): readonly PrivateArea[] {
    this.#rules.forget();
    this.#areas = [];
    this.#left = MOST_ELEMENTS;
    const { body } = this.#window.document;
    if (body !== null) this.#visit(body);
    this.#rules.forget();
    return this.#areas;
  }

  #visit(element: Element): void {
    this.#left -= 1;
    if (this.#left < 0 || this.#areas.length >= MOST_AREAS) return;
    const verdict = this.#rules.verdictOf(element);
    if (verdict.exposure === 'excluded') return;
    const kind = this.#kindOf(element, verdict);
    if (kind !== undefined) {
      this.#add(kind, element);
      return;
    }
    const shadow = this.#dom.shadowRoot(element);
    this.#visitIn(element);
    if (shadow !== null) this.#visitIn(shadow);
  }

  #visitIn(parent: Node): void {
    for (let at = this.#dom.firstChild(parent); at !== null; at = this.#dom.nextSibling(at)) {
      const type = this.#dom.nodeType(at);
      if (type === ELEMENT) this.#visit(at as Element);
      else if (type === TEXT && this.#rules.isCaught(at)) this.#addText(at);
    }
  }

  /** What hides the whole element, or undefined where one has to look inside. */
  #kindOf(element: Element, verdict: Verdict): AreaKind | undefined {
    const tag = this.#dom.localName(element);
    if (verdict.exposure === 'blocked' || tag === 'iframe') {
      return verdict.exposure === 'blocked' || !this.#rules.isTextShown(verdict) ? 'block' : undefined;
    }
    if (fields.has(tag)) return isValueShown(verdict) ? undefined : 'field';
    const isShown = verdict.typed ? isValueShown(verdict) : this.#rules.isTextShown(verdict);
    if (isShown) return undefined;
    if (pictures.has(tag)) return tag === 'svg' && verdict.exposure === 'default' ? undefined : 'picture';
    return this.#hasText(element) ? (verdict.typed ? 'field' : 'text') : undefined;
  }

  #hasText(element: Element): boolean {
    for (let at = this.#dom.firstChild(element); at !== null; at = this.#dom.nextSibling(at)) {
      if (this.#dom.nodeType(at) === TEXT && (this.#dom.textContent(at) ?? '').trim() !== '') return true;
    }
    return false;
  }

  #add(kind: AreaKind, element: Element): void {
    this.#addBox(kind, this.#dom.box(element));
  }

  #addText(text: Node): void {
    const range = this.#window.document.createRange();
    range.selectNodeContents(text);
    this.#addBox('text', range.getBoundingClientRect());
  }

  #addBox(kind: AreaKind, { left, top, width, height }: DOMRect): void {
    if (width < SMALLEST_PX || height < SMALLEST_PX) return;
    if (left + width < 0 || top + height < 0) return;
    if (left > this.#window.innerWidth || top > this.#window.innerHeight) return;
    this.#areas.push({ kind, left, top, width, height });
  }
}
