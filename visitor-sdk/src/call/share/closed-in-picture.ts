/**
 * What is drawn in a closed shadow root is seen in a picture, other than in a recording. Whether an element has one
 * nobody tells, so one that may have one counts as having one.
 */

import type { PristineDom } from '../../cobrowse/masking/pristine-dom.js';
import { flatParent } from '../../cobrowse/masking/pristine-dom.js';

type Realm = Window & typeof globalThis;

const ELEMENT = 1;
/** What holds its content in its box and leaves none of it to a frame further out. */
const holding = /\b(?:strict|content|paint)\b/;

/** A custom element that runs and has no root that can be looked into. */
export function mayBeClosed(element: Element, dom: PristineDom): boolean {
  return (
    dom.localName(element).includes('-') &&
    dom.shadowRoot(element) === null &&
    dom.matches(element, ':defined')
  );
}

/** Whether covering its box covers all that it draws: what has no size, or clips nothing, may draw anywhere. */
export function isHeldInBox(element: Element, dom: PristineDom, window: Realm): boolean {
  const { width, height } = dom.box(element);
  if (!(width > 0 && height > 0)) return false;
  const { display, contain } = window.getComputedStyle(element);
  // Nothing is held in by what is drawn as a part of a line.
  return display !== 'inline' && display !== 'contents' && holding.test(contain ?? '');
}

/** Whether it, and with it all that is in it, is not drawn at all. */
export function isUndrawn(element: Element, dom: PristineDom, window: Realm): boolean {
  const { display } = window.getComputedStyle(element);
  if (display === 'none' || display === '') return true;
  if (display !== 'contents') return element.getClientRects().length === 0;
  // Without a box of its own it is drawn where its parent is.
  const parent = flatParent(dom, element);
  return parent !== null && dom.nodeType(parent) === ELEMENT && isUndrawn(parent as Element, dom, window);
}
