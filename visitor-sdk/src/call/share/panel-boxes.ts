/** Where the panel itself is drawn: in a call's picture of the page it is covered. */

/** Its wrappers take no room; what is in them does. */
export function panelBoxes(root: ShadowRoot, apart: Element): readonly DOMRect[] {
  return [...root.children].filter((child) => child !== apart).flatMap(boxesIn);
}

function boxesIn(element: Element): DOMRect[] {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 ? [box] : [...element.children].flatMap(boxesIn);
}
