/** Tells which elements draw something that the browser gives to nobody but its maker. */

import { isEmbeddedTag } from './element-tags.js';
import type { PristineDom } from './pristine-dom.js';

/** A smaller one draws nothing that could be missed. */
const SMALLEST_PX = 4;
const ELEMENT = 1;
const TEXT = 3;

/** Frames of other origins, embedded documents, and custom elements with a closed shadow root. */
export function isClosedToUs(
  element: Element,
  dom: PristineDom,
  window: Window & typeof globalThis,
): boolean {
  const tag = dom.localName(element);
  if (tag === 'iframe') return isForeignFrame(element as HTMLIFrameElement);
  if (isEmbeddedTag(tag)) return hasRoom(dom.box(element));
  return tag.includes('-') && drawsUnseen(element, dom, window);
}

function hasRoom({ width, height }: DOMRect): boolean {
  return width >= SMALLEST_PX && height >= SMALLEST_PX;
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
 * its own children, be it a text alone, or has a size although there is nothing in it.
 */
function drawsUnseen(element: Element, dom: PristineDom, window: Window & typeof globalThis): boolean {
  if (dom.shadowRoot(element) !== null || !dom.matches(element, ':defined')) return false;
  if (!hasRoom(dom.box(element))) return false;
  const children = childrenOf(element, dom);
  const told = children.find((node) => dom.nodeType(node) === TEXT && dom.textContent(node)?.trim() !== '');
  if (told !== undefined) return dom.assignedSlot(told) === null && !hasBox(boxOfText(told, window));
  const child = children.find((node) => dom.nodeType(node) === ELEMENT) as Element | undefined;
  if (child === undefined) return !isDrawnByStyle(element, window);
  return dom.assignedSlot(child) === null && isUndrawn(child, dom, window);
}

function childrenOf(element: Element, dom: PristineDom): readonly Node[] {
  const children: Node[] = [];
  for (let at = dom.firstChild(element); at !== null; at = dom.nextSibling(at)) children.push(at);
  return children;
}

function boxOfText(text: Node, window: Window): DOMRect {
  const range = window.document.createRange();
  range.selectNodeContents(text);
  return range.getBoundingClientRect();
}

function hasBox({ x, y, width, height }: DOMRect): boolean {
  return [x, y, width, height].some((each) => each !== 0);
}

/** What is not in the drawn tree has no box whatever its style says, and in some browsers no style at all. */
function isUndrawn(child: Element, dom: PristineDom, window: Window & typeof globalThis): boolean {
  const { display } = window.getComputedStyle(child);
  return display === '' || (!hasBox(dom.box(child)) && display !== 'none' && display !== 'contents');
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
