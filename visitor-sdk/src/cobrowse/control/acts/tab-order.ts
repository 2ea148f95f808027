/** Which element the focus goes to next, in the order a browser goes: through shadow roots, past what is not there. */

const CANDIDATES =
  'a[href],area[href],button,input,select,textarea,summary,[tabindex],[contenteditable]:not([contenteditable="false"])';

export interface TabOrderDeps {
  /** Where nobody but the visitor goes. */
  isExcluded(element: Element): boolean;
}

/** Undefined when the focus would leave the page. */
export function besideInTabOrder(
  from: Element,
  step: 1 | -1,
  { isExcluded }: TabOrderDeps,
): HTMLElement | undefined {
  const root = topmostRoot(from);
  const order = tabbable(root).filter((element) => !isExcluded(element));
  const place = order.indexOf(from as HTMLElement);
  if (place >= 0) return order[place + step];
  // What has the focus is not in the order itself: the next after it, as it stands on the page.
  const after = order.findIndex(
    (element) => (from.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  return step === 1 ? order[after] : order[(after === -1 ? order.length : after) - 1];
}

/** An open modal dialog keeps the focus to itself. */
function topmostRoot(from: Element): Document | Element {
  return from.closest(':modal') ?? from.ownerDocument;
}

function tabbable(root: Document | Element | ShadowRoot): readonly HTMLElement[] {
  const found: { readonly element: HTMLElement; readonly index: number }[] = [];
  const collect = (within: Document | Element | ShadowRoot): void => {
    for (const element of within.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot !== null) collect(element.shadowRoot);
      else if (element.matches(CANDIDATES) && isReachable(element)) {
        found.push({ element, index: element.tabIndex });
      }
    }
  };
  collect(root);
  const first = found.filter(({ index }) => index > 0).sort((a, b) => a.index - b.index);
  const rest = found.filter(({ index }) => index === 0);
  return [...first, ...rest].map(({ element }) => element).filter(isFirstOfRadios);
}

function isReachable(element: HTMLElement): boolean {
  if (element.tabIndex < 0 || element.matches(':disabled,[inert],[inert] *')) return false;
  return element.checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0;
}

/** Of radio buttons with one name, the chosen one is the only stop, or the first where none is. */
function isFirstOfRadios(element: HTMLElement, _place: number, order: readonly HTMLElement[]): boolean {
  if (!element.matches('input[type="radio"]')) return true;
  const radio = element as HTMLInputElement;
  const group = order.filter((each) => isSameGroup(each, radio)) as HTMLInputElement[];
  const checked = group.find((each) => each.checked);
  return radio === (checked ?? group[0]);
}

export function isSameGroup(element: Element, radio: HTMLInputElement): boolean {
  if (!element.matches('input[type="radio"]')) return false;
  const other = element as HTMLInputElement;
  if (other === radio) return true;
  return radio.name !== '' && other.name === radio.name && other.form === radio.form;
}
