/** Tells clicks that the visitor is asked about first: those that send, pay, delete or lead away. */

type Realm = Window & typeof globalThis;

export type ConfirmReason = 'submit' | 'payment' | 'deletion' | 'leaving';

export interface ConfirmRequest {
  readonly reason: ConfirmReason;
  /** What the button or link says, for the visitor's own eyes. */
  readonly label: string;
}

/** Word starts in the languages of the panel and its neighbours; too many asks harm nobody. */
const paying =
  /\b(?:pay|buy|purchase|order|checkout|check out|subscribe|donate|bid|transfer|book now|place|zahl|bezahl|kauf|bestell|acheter|payer|comprar|pagar|maksa|osta|tilaa|betala|köp|beställ)/iu;
const deleting =
  /\b(?:delete|remove|erase|cancel (?:my|your|the|order|account|subscription)|close (?:my|your) account|unsubscribe|deactivate|lösch|entfern|kündig|supprimer|eliminar|borrar|poista|peruuta tilaus|ta bort|radera|avsluta)/iu;
const LONGEST_LABEL = 120;

/** What has to be confirmed before a click on this element, or undefined when nothing has. */
export function confirmationFor(hit: Element): ConfirmRequest | undefined {
  const view = hit.ownerDocument.defaultView as Realm | null;
  const acting = closestAcross(
    hit,
    'a[href],area[href],button,input,[role="button"],[role="link"],summary,label',
  );
  if (view === null || acting === undefined) return undefined;
  const label = labelOf(acting, view);
  const reason = reasonFor(acting, label, view);
  return reason === undefined ? undefined : { reason, label };
}

function reasonFor(element: Element, label: string, view: Realm): ConfirmReason | undefined {
  const isLink = element instanceof view.HTMLAnchorElement || element instanceof view.HTMLAreaElement;
  if (isLink && leadsAway(element, view)) return 'leaving';
  if (paying.test(label)) return 'payment';
  if (deleting.test(label)) return 'deletion';
  const sends = element instanceof view.HTMLButtonElement || element instanceof view.HTMLInputElement;
  return sends && /^(?:submit|image|reset)$/.test(element.type) && sendsForm(element) ? 'submit' : undefined;
}

/** A form that only closes its dialog sends nothing. Attributes are read, since a field's name may hide a property. */
function sendsForm(button: HTMLButtonElement | HTMLInputElement): boolean {
  const { form } = button;
  if (form === null) return false;
  const method = button.getAttribute('formmethod') ?? form.getAttribute('method') ?? '';
  return button.type === 'reset' || method.trim().toLowerCase() !== 'dialog';
}

function leadsAway(link: HTMLAnchorElement | HTMLAreaElement, view: Realm): boolean {
  const isHere = link.origin === view.location.origin && /^https?:$/.test(link.protocol);
  return !isHere || link.hasAttribute('download') || (link.target !== '' && link.target !== '_self');
}

function labelOf(element: Element, view: Realm): string {
  const value = element instanceof view.HTMLInputElement ? element.value : '';
  const texts = [
    element.getAttribute('aria-label'),
    element.textContent,
    value,
    element.getAttribute('title'),
  ];
  const label = texts.map((text) => text?.trim().replace(/\s+/g, ' ') ?? '').find((text) => text !== '');
  return (label ?? '').slice(0, LONGEST_LABEL);
}

/** `closest` through shadow roots: the button around a slotted icon may be in the component's own tree. */
function closestAcross(element: Element, selector: string): Element | undefined {
  let at: Element | null = element;
  while (at !== null) {
    const found: Element | null = at.closest(selector);
    if (found !== null) return found;
    const root: Node = at.getRootNode();
    at = at.assignedSlot ?? ('host' in root ? (root as ShadowRoot).host : null);
  }
  return undefined;
}
