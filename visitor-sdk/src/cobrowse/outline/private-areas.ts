/** Finds what on the visible part of the page agents do not see, and where it is drawn. */

import { isClosedToUs } from '../masking/closed-content.js';
import { mayBeClosed } from '../masking/element-tags.js';
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
const pictures = new Set(['img', 'svg']);
/** Shown only where values are. */
const moving = new Set(['video', 'canvas', 'audio']);
const ELEMENT = 1;
const TEXT = 3;

/** Where the document that is looked into begins, and what of it is in view, both within the page. */
interface Pane {
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
const NOWHERE: Pane = { x: 0, y: 0, left: 0, top: 0, right: 0, bottom: 0 };

export interface AreaDeps {
  readonly window: Window & typeof globalThis;
  readonly dom: PristineDom;
  readonly rules: PrivacyRules;
  /** Whether a frame of another origin shows itself to agents. */
  isFrameShown(frame: Element): boolean;
}

export class PrivateAreas {
  readonly #window: Window & typeof globalThis;
  readonly #dom: PristineDom;
  readonly #rules: PrivacyRules;
  readonly #isFrameShown: (frame: Element) => boolean;
  #areas: PrivateArea[] = [];
  #left = 0;
  #pane: Pane = NOWHERE;

  constructor(deps: AreaDeps) {
    this.#window = deps.window;
    this.#dom = deps.dom;
    this.#rules = deps.rules;
    this.#isFrameShown = deps.isFrameShown;
  }

  find(): readonly PrivateArea[] {
    this.#rules.forget();
    this.#areas = [];
    this.#left = MOST_ELEMENTS;
    const { document, innerWidth, innerHeight } = this.#window;
    const { body } = document;
    this.#pane = { ...NOWHERE, right: innerWidth, bottom: innerHeight };
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
    if (this.#dom.localName(element) === 'iframe') this.#visitFrame(element as HTMLIFrameElement);
    const shadow = this.#dom.shadowRoot(element);
    this.#visitIn(element);
    if (shadow !== null) this.#visitIn(shadow);
  }

  #visitFrame(frame: HTMLIFrameElement): void {
    const body = frame.contentDocument?.body ?? null;
    if (body === null) return;
    const around = this.#pane;
    const { left, top } = this.#dom.box(frame);
    const [x, y] = [around.x + left + frame.clientLeft, around.y + top + frame.clientTop];
    this.#pane = {
      ...{ x, y, left: Math.max(x, around.left), top: Math.max(y, around.top) },
      right: Math.min(x + frame.clientWidth, around.right),
      bottom: Math.min(y + frame.clientHeight, around.bottom),
    };
    this.#visit(body);
    this.#pane = around;
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
    if (verdict.exposure === 'blocked' || this.#isClosed(element, tag)) return 'block';
    if (tag === 'iframe') return this.#rules.isTextShown(verdict) ? undefined : 'block';
    const isShownValue = isValueShown(verdict);
    if (fields.has(tag)) return isShownValue && !this.#isCaughtIn(element) ? undefined : 'field';
    if (moving.has(tag)) return isShownValue ? undefined : 'picture';
    const isShown = verdict.typed ? isValueShown(verdict) : this.#rules.isTextShown(verdict);
    if (isShown) return undefined;
    if (pictures.has(tag)) return tag === 'svg' && verdict.exposure === 'default' ? undefined : 'picture';
    return this.#hasText(element) ? (verdict.typed ? 'field' : 'text') : undefined;
  }

  /** Its content is given to nobody, as in the form of a payment service: agents see a grey box. */
  #isClosed(element: Element, tag: string): boolean {
    return (
      mayBeClosed(tag) &&
      isClosedToUs(element, this.#dom, this.#window) &&
      !(tag === 'iframe' && this.#isFrameShown(element))
    );
  }

  #isCaughtIn(field: Element): boolean {
    const { value } = field as HTMLInputElement;
    return typeof value === 'string' && this.#rules.catchesValue(value);
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

  #addBox(kind: AreaKind, box: DOMRect): void {
    const { x, y, ...pane } = this.#pane;
    const [left, top] = [Math.max(x + box.left, pane.left), Math.max(y + box.top, pane.top)];
    const width = Math.min(x + box.right, pane.right) - left;
    const height = Math.min(y + box.bottom, pane.bottom) - top;
    if (width < SMALLEST_PX || height < SMALLEST_PX) return;
    this.#areas.push({ kind, left, top, width, height });
  }
}
