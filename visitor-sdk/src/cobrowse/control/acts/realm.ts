/** The window an element lives in, with its constructors: an iframe's events and setters are its own. */

export type Realm = Window & typeof globalThis;

export function realmOf(element: Element): Realm | undefined {
  return (element.ownerDocument.defaultView as Realm | null) ?? undefined;
}

/** The element that contains this one as the visitor sees it, through shadow roots. */
export function parentOf(element: Element): Element | undefined {
  if (element.assignedSlot !== null) return element.assignedSlot;
  if (element.parentElement !== null) return element.parentElement;
  const root = element.getRootNode();
  return 'host' in root ? (root as ShadowRoot).host : undefined;
}

export function ancestorsOf(element: Element): readonly Element[] {
  const found: Element[] = [];
  for (let at: Element | undefined = element; at !== undefined; at = parentOf(at)) found.push(at);
  return found;
}

/** What has the focus, inside shadow roots as well. */
export function focusedIn(document: Document): Element | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active ?? undefined;
}
