/** Finds what a click at a place presses: buttons and links around it, through slots, shadow roots and labels. */

import type { PristineDom } from '../masking/pristine-dom.js';
import { flatParent } from '../masking/pristine-dom.js';

export const PRESSED =
  'a,area,button,input,summary,[role="button"],[role="link"],[role="menuitem"],[type="submit"]';
/** A longer text is a paragraph that somebody clicked in, and not what a makeshift button says. */
const LONGEST_BARE_LABEL = 60;

/** From the innermost outwards: a button inside a component, then the component that sends the form. */
export function pressedAt(dom: PristineDom, hit: Element): readonly Element[] {
  const pressed: Element[] = [];
  for (let at: Node | null = hit; at !== null; at = flatParent(dom, at)) {
    if (dom.nodeType(at) !== 1) continue;
    const element = at as Element;
    const control = dom.localName(element) === 'label' ? (element as HTMLLabelElement).control : null;
    if (control !== null) pressed.push(control);
    // A component that sends a form need not say so: its name is looked at as well.
    if (dom.matches(element, PRESSED) || dom.localName(element).includes('-')) pressed.push(element);
  }
  if (pressed.some((element) => dom.matches(element, PRESSED))) return pressed;
  const isBare = (dom.textContent(hit) ?? '').trim().length <= LONGEST_BARE_LABEL;
  return isBare ? [hit, ...pressed] : pressed;
}

/** Everything an element says of itself: what is written, read out or shown as a hint. */
export function labelsOf(dom: PristineDom, element: Element): readonly string[] {
  const isInput = dom.localName(element) === 'input';
  const pictures = [...element.querySelectorAll('img[alt],[aria-label],[title]')].slice(0, 8);
  const texts = [
    dom.attribute(element, 'aria-label'),
    dom.textContent(element),
    isInput ? (element as HTMLInputElement).value : null,
    dom.attribute(element, 'alt'),
    dom.attribute(element, 'title'),
    ...pictures.flatMap((inner) => ['alt', 'aria-label', 'title'].map((name) => dom.attribute(inner, name))),
  ];
  return texts.map((text) => text?.trim().replace(/\s+/g, ' ') ?? '').filter((text) => text !== '');
}

export function isLink(dom: PristineDom, element: Element): element is HTMLAnchorElement | HTMLAreaElement {
  return dom.matches(element, 'a[href]:not([role="button"]),area[href]:not([role="button"])');
}
