/**
 * Decides whether an agent may act on an element now: it must be the agent's business (not masked, not secret,
 * not excluded by the customer, not Alongside's own) and plainly there for the visitor to see.
 */

import type { IntentRefusal, MaskingPolicy } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import type { PristineDom } from '../masking/pristine-dom.js';
import { flatParent } from '../masking/pristine-dom.js';
import type { PrivacyRules } from '../masking/privacy-rules.js';
import { isValueShown } from '../masking/privacy-rules.js';
import type { PageGeometry, PagePoint } from './page-geometry.js';

export const CONTROL_ATTRIBUTE = 'data-alongside-control';
export const CLICK_ATTRIBUTE = 'data-alongside-click';
/** Less than this cannot be seen. */
const FAINTEST_OPACITY = 0.1;
const fields = new Set(['input', 'select', 'textarea']);

export interface TargetCheckDeps {
  readonly dom: PristineDom;
  readonly rules: PrivacyRules;
  readonly geometry: PageGeometry;
  readonly policy: MaskingPolicy;
  isSelector(selector: string): boolean;
}

export class TargetCheck {
  readonly #deps: TargetCheckDeps;
  readonly #never: string;
  readonly #confirm: string;
  /** A rule that keeps agents away is not understood, so that they are kept away from everything. */
  readonly #locked: boolean;

  constructor(deps: TargetCheckDeps) {
    this.#deps = deps;
    const selectors = deps.policy.noControlSelectors;
    const listed = deps.policy.confirmSelectors ?? [];
    this.#locked = ![...selectors, ...listed].every((selector) => deps.isSelector(selector));
    this.#confirm = this.#locked ? '' : listed.join(',');
    this.#never = this.#locked ? '' : selectors.join(',');
  }

  /** Why the element may not be acted on at this point of the top viewport, or undefined when it may. */
  refusalAt(target: Element, point: PagePoint): IntentRefusal | undefined {
    const { geometry } = this.#deps;
    this.#deps.rules.forget();
    const untouchable = this.#untouchable(target);
    if (untouchable !== undefined) return untouchable;
    if (this.#isHidden(target)) return 'hidden';
    const { width, height } = geometry.boxOf(target);
    if (Math.min(width, height) < intentLimits.smallestSidePx) return 'tooSmall';
    if (!geometry.isOnScreen(point)) return 'offScreen';
    const hit = geometry.hitAt(point);
    if (hit === undefined || !geometry.isWithin(hit, target)) return 'covered';
    return this.#untouchable(hit) ?? this.#labelled(hit);
  }

  /** Why nobody but the visitor may press there, besides what keeps every act away. */
  refusalToClick(hit: Element): IntentRefusal | undefined {
    if (this.#deps.policy.clicks !== 'marked') return undefined;
    const { dom } = this.#deps;
    for (let at: Node | null = hit; at !== null; at = flatParent(dom, at)) {
      if (dom.nodeType(at) === 1 && dom.attribute(at as Element, CLICK_ATTRIBUTE) !== null) return undefined;
    }
    return 'notClickable';
  }

  /** Why the focus may not be moved away from the element: it is not read and not changed by that. */
  refusalToMoveOn(element: Element): IntentRefusal | undefined {
    const shown = this.refusalToShow(element);
    if (shown !== undefined) return shown;
    if (this.#isNever(element)) return 'excluded';
    return this.#isHidden(element) ? 'hidden' : undefined;
  }

  /** Why nothing in this frame of another origin may be done at this point, whatever the page in it says to it. */
  refusalInside(frame: Element, point: PagePoint | undefined): IntentRefusal | undefined {
    const shown = this.refusalToShow(frame);
    if (shown !== undefined) return shown;
    if (this.#isNever(frame)) return 'excluded';
    if (this.#isMarked(frame, 'payment')) return 'payment';
    if (this.#isDisabled(frame)) return 'disabled';
    if (this.#isHidden(frame)) return 'hidden';
    if (point === undefined) return undefined;
    if (!this.#deps.geometry.isOnScreen(point)) return 'offScreen';
    return this.#deps.geometry.hitAt(point) === frame ? undefined : 'covered';
  }

  /** Whether the site wants the visitor asked before the element does anything. */
  isListed(element: Element): boolean {
    if (this.#isMarked(element, 'confirm')) return true;
    return this.#confirm !== '' && this.#isMatched(element, this.#confirm);
  }

  /** Why the element, or the document it is the root of, may not be scrolled, or undefined when it may. */
  refusalToScroll(element: Element): IntentRefusal | undefined {
    const shown = this.refusalToShow(element);
    if (shown === 'ownPanel') return shown;
    const { dom } = this.#deps;
    const body = dom.ownerDocument(element)?.documentElement === element ? bodyOf(element) : null;
    if (this.#isNever(element) || (body !== null && this.#isNever(body))) return 'excluded';
    return shown ?? (this.#isHidden(element) ? 'hidden' : undefined);
  }

  /** Whether the customer keeps agents away from the element. */
  isExcluded(element: Element): boolean {
    return this.#isNever(element);
  }

  /** Whether the page says that the element pays. */
  isMarkedPayment(element: Element): boolean {
    return this.#isMarked(element, 'payment');
  }

  /** Why the element may not be shown a pointer, or undefined when it may. */
  refusalToShow(element: Element): IntentRefusal | undefined {
    this.#deps.rules.forget();
    const { exposure } = this.#deps.rules.verdictOf(element);
    if (exposure === 'excluded') return 'ownPanel';
    return exposure === 'blocked' ? 'blocked' : undefined;
  }

  #untouchable(element: Element): IntentRefusal | undefined {
    const { rules, dom } = this.#deps;
    const verdict = rules.verdictOf(element);
    if (verdict.exposure === 'excluded') return 'ownPanel';
    if (this.#isNever(element)) return 'excluded';
    if (this.#isMarked(element, 'payment')) return 'payment';
    if (verdict.exposure === 'blocked') return 'blocked';
    if (verdict.secret) return secretKind(element);
    const isField = verdict.typed || fields.has(dom.localName(element));
    if (isField ? !isValueShown(verdict) : !rules.isTextShown(verdict)) return 'masked';
    return this.#isDisabled(element) ? 'disabled' : undefined;
  }

  /** A click on a label is a click on its field. */
  #labelled(hit: Element): IntentRefusal | undefined {
    for (let at: Node | null = hit; at !== null; at = flatParent(this.#deps.dom, at)) {
      if (at.nodeType !== 1 || (at as Element).localName !== 'label') continue;
      const { control } = at as HTMLLabelElement;
      return control === null ? undefined : this.#untouchable(control);
    }
    return undefined;
  }

  #isNever(element: Element): boolean {
    if (this.#locked || this.#isMarked(element, 'never')) return true;
    return this.#never !== '' && this.#isMatched(element, this.#never);
  }

  #isMatched(element: Element, selectors: string): boolean {
    const { dom } = this.#deps;
    for (let at: Node | null = element; at !== null; at = flatParent(dom, at)) {
      if (dom.nodeType(at) === 1 && dom.matches(at as Element, selectors)) return true;
    }
    return false;
  }

  /** Whether the element or one around it carries this mark. */
  #isMarked(element: Element, mark: 'never' | 'payment' | 'confirm'): boolean {
    const { dom } = this.#deps;
    for (let at: Node | null = element; at !== null; at = flatParent(dom, at)) {
      const written = dom.nodeType(at) === 1 ? dom.attribute(at as Element, CONTROL_ATTRIBUTE) : null;
      if (written?.trim().toLowerCase() === mark) return true;
    }
    return false;
  }

  #isDisabled(element: Element): boolean {
    const { dom } = this.#deps;
    for (let at: Node | null = element; at !== null; at = flatParent(dom, at)) {
      if (dom.nodeType(at) !== 1) continue;
      const around = at as Element;
      if (dom.matches(around, ':disabled') || dom.attribute(around, 'inert') !== null) return true;
      if (dom.attribute(around, 'aria-disabled') === 'true') return true;
    }
    return false;
  }

  /** A visitor could not see it: not drawn, invisible, or so faint that it might as well be. */
  #isHidden(element: Element): boolean {
    const { dom } = this.#deps;
    let opacity = 1;
    for (let at: Node | null = element; at !== null; at = flatParent(dom, at)) {
      if (dom.nodeType(at) !== 1) continue;
      const style = dom.ownerDocument(at)?.defaultView?.getComputedStyle(at as Element);
      if (style === undefined || style.display === 'none') return true;
      if (at === element && style.visibility !== 'visible') return true;
      opacity *= Number.parseFloat(style.opacity);
      if (!(opacity >= FAINTEST_OPACITY)) return true;
    }
    return false;
  }
}

function secretKind(element: Element): 'passwordField' | 'fileField' | 'secretField' {
  if (element.localName !== 'input') return 'secretField';
  const { type } = element as HTMLInputElement;
  if (type === 'password') return 'passwordField';
  return type === 'file' ? 'fileField' : 'secretField';
}

function bodyOf(root: Element): Element | null {
  return root.ownerDocument.body as Element | null;
}
