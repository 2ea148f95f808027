/** Where the panel itself is drawn: in a call's picture of the page it is covered, and on the page it covers. */

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Its wrappers take no room; what is in them does. */
export function panelBoxes(root: ShadowRoot, apart?: Element): readonly DOMRect[] {
  return [...root.children].filter((child) => child !== apart).flatMap(boxesIn);
}

export function overlap(a: Box, b: Box): boolean {
  const across = a.left < b.left + b.width && b.left < a.left + a.width;
  return across && a.top < b.top + b.height && b.top < a.top + a.height;
}

function boxesIn(element: Element): DOMRect[] {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 ? [box] : [...element.children].flatMap(boxesIn);
}
