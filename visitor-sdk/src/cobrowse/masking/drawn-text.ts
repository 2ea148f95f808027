/**
 * Texts in a drawing, and the places of their letters: where each of them stands, or how long all of them are together,
 * tells of a text that is not shown nearly what it says.
 */

import { isDrawnText } from './element-tags.js';
import type { PristineDom } from './pristine-dom.js';

const ELEMENT = 1;
const TEXT = 3;
/** In one text; of more nothing is said. */
const MOST_NODES = 400;

/** Attributes that may hold such places. */
export const letterPlaces = ['x', 'y', 'dx', 'dy', 'rotate', 'textLength', 'startOffset'] as const;

export interface DrawnTextDeps {
  readonly dom: PristineDom;
  /** Whether what a text node says is shown. */
  isShown(text: Node): boolean;
}

/** The drawn texts that a node is, or is part of: a list in any of them places its letters. */
export function drawnTextsAround(node: Node, dom: PristineDom): readonly Element[] {
  const found: Element[] = [];
  let at: Node | null = dom.nodeType(node) === ELEMENT ? node : dom.parentNode(node);
  for (; at !== null && dom.nodeType(at) === ELEMENT && isPartOfText(dom, at); at = dom.parentNode(at)) {
    if (isDrawnText(dom.localName(at as Element).toLowerCase())) found.push(at as Element);
  }
  return found;
}

/** How many letters a drawn text shows; none if any of what it says is not shown. */
export function lettersShownIn(text: Element, { dom, isShown }: DrawnTextDeps): number {
  let letters = 0;
  const open: (Node | null)[] = [dom.firstChild(text)];
  for (let steps = 0; open.length > 0; steps += 1) {
    if (steps === MOST_NODES) return 0;
    const at = open.pop() ?? null;
    if (at === null) continue;
    open.push(dom.nextSibling(at));
    if (dom.nodeType(at) === TEXT) {
      if (!isShown(at)) return 0;
      letters += dom.textContent(at)?.length ?? 0;
    } else if (dom.nodeType(at) === ELEMENT && isPartOfText(dom, at)) open.push(dom.firstChild(at));
  }
  return letters;
}

/** Nothing else in a drawn text is drawn as part of it. */
function isPartOfText(dom: PristineDom, node: Node): boolean {
  const tag = dom.localName(node as Element).toLowerCase();
  return tag === 'a' || isDrawnText(tag);
}
