/** Watches whether elements are really seen: whole, on screen, and with nothing of the page over them. */

export interface Clarity {
  readonly element: Element;
  readonly clear: boolean;
}

const POLL_MS = 100;
/** The least delay the browser allows for telling what is painted over what. */
const OBSERVER_DELAY_MS = 100;

/** Returns how to stop. */
export function watchClarity(
  place: { readonly host: Element; readonly root: ShadowRoot },
  elements: readonly Element[],
  onSeen: (clarity: Clarity) => void,
): () => void {
  const painted = new Map<Element, boolean>();
  const tell = (element: Element): void => {
    const clear = painted.get(element) !== false && isOnTop(place, element);
    onSeen({ element, clear });
  };
  const observer = observePainting((element, clear) => {
    painted.set(element, clear);
    tell(element);
  });
  for (const element of elements) {
    if (observer !== undefined) painted.set(element, false);
    observer?.observe(element);
  }
  // What takes the pointer is looked at by itself: an observer says nothing between its turns.
  const timer = setInterval(() => elements.forEach(tell), POLL_MS);
  return () => {
    clearInterval(timer);
    observer?.disconnect();
  };
}

/** Whether a press in the middle and near the corners would reach the element. */
export function isOnTop(
  place: { readonly host: Element; readonly root: ShadowRoot },
  element: Element,
): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width < 8 || height < 8) return false;
  const inset = 4;
  const points = [
    [left + width / 2, top + height / 2],
    [left + inset, top + height / 2],
    [left + width - inset, top + height / 2],
    [left + width / 2, top + inset],
    [left + width / 2, top + height - inset],
  ] as const;
  return points.every(([x, y]) => {
    const inPage = (place.host.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y);
    const inPanel = place.root.elementFromPoint(x, y);
    return inPage === place.host && inPanel !== null && element.contains(inPanel);
  });
}

/** Only some browsers can tell what is painted over an element that lets the pointer through. */
function observePainting(
  onPainted: (element: Element, clear: boolean) => void,
): IntersectionObserver | undefined {
  if (
    typeof IntersectionObserverEntry === 'undefined' ||
    !('isVisible' in IntersectionObserverEntry.prototype)
  ) {
    return undefined;
  }
  // TypeScript's DOM does not know the second version of the interface.
  const options = {
    threshold: [0, 0.99],
    trackVisibility: true,
    delay: OBSERVER_DELAY_MS,
  } as IntersectionObserverInit;
  return new IntersectionObserver((entries) => {
    for (const entry of entries as (IntersectionObserverEntry & { isVisible: boolean })[]) {
      onPainted(entry.target, entry.isVisible && entry.intersectionRatio >= 0.99);
    }
  }, options);
}
