/** Tells acts that the visitor is asked about first: what sends, orders, deletes, signs out or leads elsewhere. */

import type { PristineDom } from '../masking/pristine-dom.js';
import { deleting, ordering, signingOut } from './act-words.js';
import { isLink, labelsOf, PRESSED, pressedAt } from './pressed-elements.js';

type Realm = Window & typeof globalThis;

export const confirmReasons = ['submit', 'order', 'deletion', 'leaving', 'navigation', 'listed'] as const;
export type ConfirmReason = (typeof confirmReasons)[number];

export interface ConfirmRequest {
  readonly reason: ConfirmReason;
  /** What the button or link says, or the path to be opened, for the visitor's own eyes. */
  readonly label: string;
  /** Whose act it is, where there are several. */
  readonly agent?: string;
}

const LONGEST_LABEL = 120;

export interface ConfirmationDeps {
  readonly dom: PristineDom;
  /** Whether the site wants the visitor asked. */
  isListed(element: Element): boolean;
}

/** What has to be confirmed before a click on this element, or undefined when nothing has. */
export function confirmationFor(
  { dom, isListed }: ConfirmationDeps,
  hit: Element,
): ConfirmRequest | undefined {
  const view = hit.ownerDocument.defaultView as Realm | null;
  if (view === null) return undefined;
  for (const element of pressedAt(dom, hit)) {
    const labels = labelsOf(dom, element);
    const reason = reasonFor(dom, element, labels);
    if (reason !== undefined) return { reason, label: asLabel(labels[0] ?? '') };
  }
  if (isListed(hit)) return { reason: 'listed', label: asLabel(labelsOf(dom, hit)[0] ?? '') };
  return undefined;
}

export function asLabel(text: string): string {
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
}

function reasonFor(dom: PristineDom, element: Element, labels: readonly string[]): ConfirmReason | undefined {
  const leads = isLink(dom, element);
  if (leads && leadsAway(element)) return 'leaving';
  if (sendsForm(dom, element)) return labels.some((label) => deleting.test(label)) ? 'deletion' : 'submit';
  // A component around the page has the whole page for a label, and a choice is not yet an act.
  if (!isPressed(dom, element)) return undefined;
  if (labels.some((label) => deleting.test(label))) return 'deletion';
  if (labels.some((label) => signingOut.test(label))) return 'leaving';
  const isOrder = !leads && dom.matches(element, PRESSED) && labels.some((label) => ordering.test(label));
  return isOrder ? 'order' : undefined;
}

function isPressed(dom: PristineDom, element: Element): boolean {
  if (dom.localName(element) === 'input') {
    return /^(?:submit|image|button|reset)$/.test((element as HTMLInputElement).type);
  }
  return !dom.localName(element).includes('-') || dom.matches(element, '[role="button"],[type="submit"]');
}

/** A form that only closes its dialog sends nothing. Attributes are read, since a field's name may hide a property. */
function sendsForm(dom: PristineDom, element: Element): boolean {
  const tag = dom.localName(element);
  if (tag !== 'button' && tag !== 'input') {
    return dom.matches(element, '[type="submit"]') && tag.includes('-');
  }
  const button = element as HTMLButtonElement | HTMLInputElement;
  if (!/^(?:submit|image|reset)$/.test(button.type) || button.form === null) return false;
  const method = dom.attribute(button, 'formmethod') ?? dom.attribute(button.form, 'method') ?? '';
  return button.type === 'reset' || method.trim().toLowerCase() !== 'dialog';
}

function leadsAway(link: HTMLAnchorElement | HTMLAreaElement): boolean {
  const { location } = link.ownerDocument.defaultView ?? {};
  const isHere = link.origin === location?.origin && /^https?:$/.test(link.protocol);
  return !isHere || link.hasAttribute('download') || (link.target !== '' && link.target !== '_self');
}
