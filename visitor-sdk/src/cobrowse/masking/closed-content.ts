/** Tells which elements draw something that the browser gives to nobody but its maker. */

import type { PristineDom } from './pristine-dom.js';

/** A smaller one draws nothing that could be missed. */
const SMALLEST_PX = 4;

/** Frames of other origins, embedded documents, and custom elements with a closed shadow root. */
export function isClosedToUs(
  element: Element,
  dom: PristineDom,
  window: Window & typeof globalThis,
): boolean {
  const tag = dom.localName(element);
  if (tag === 'iframe') return isForeignFrame(element as HTMLIFrameElement);
  return tag.includes('-') && drawsUnseen(element, dom, window);
}

function isForeignFrame(frame: HTMLIFrameElement): boolean {
  try {
    return frame.contentDocument === null && frame.contentWindow !== null;
  } catch {
    return true;
  }
}

/**
 * A closed root does not show itself. But its host is defined, has no root that we see, and either draws none of
 * its own children or has a size although there is nothing in it.
 */
function drawsUnseen(element: Element, dom: PristineDom, window: Window & typeof globalThis): boolean {
  if (dom.shadowRoot(element) !== null || !dom.matches(element, ':defined')) return false;
  const { width, height } = dom.box(element);
  if (width < SMALLEST_PX || height < SMALLEST_PX) return false;
  const child = firstElement(element, dom);
  if (child !== null) return dom.assignedSlot(child) === null && isUndrawn(child, dom, window);
  return (dom.textContent(element) ?? '').trim() === '' && !isDrawnByStyle(element, window);
}

function firstElement(element: Element, dom: PristineDom): Element | null {
  for (let at = dom.firstChild(element); at !== null; at = dom.nextSibling(at)) {
    if (dom.nodeType(at) === 1) return at as Element;
  }
  return null;
}

/** What is not in the drawn tree has no box whatever its style says, and in some browsers no style at all. */
function isUndrawn(child: Element, dom: PristineDom, window: Window & typeof globalThis): boolean {
  const { display } = window.getComputedStyle(child);
  const { x, y, width, height } = dom.box(child);
  const hasBox = [x, y, width, height].some((each) => each !== 0);
  return display === '' || (!hasBox && display !== 'none' && display !== 'contents');
}

/** An icon or a line that a style sheet draws on an empty element is seen as it is. */
function isDrawnByStyle(element: Element, window: Window & typeof globalThis): boolean {
  const style = window.getComputedStyle(element);
  const hasPart = ['::before', '::after'].some(
    (part) => !['none', 'normal', ''].includes(window.getComputedStyle(element, part).content),
  );
  return (
    hasPart ||
    style.backgroundImage !== 'none' ||
    style.maskImage !== 'none' ||
    !/^(?:rgba\(.*, 0\)|transparent)$/.test(style.backgroundColor) ||
    style.borderStyle !== 'none'
  );
}
