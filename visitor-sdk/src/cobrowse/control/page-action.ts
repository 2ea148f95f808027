/** Scrolls, and tells where a path leads: the last steps, without any check of their own. */

import type { IntentRefusal } from '@alongside/protocol';
import { parseAddress } from '../page-address.js';

export function scrollNode(
  node: Node,
  to: { readonly left: number; readonly top: number },
): IntentRefusal | undefined {
  const document = node.nodeType === 9 ? (node as Document) : node.ownerDocument;
  const view = document?.defaultView;
  if (document === null || view === null || view === undefined) return 'targetGone';
  const options = { left: to.left, top: to.top, behavior: 'auto' as const };
  if (node === document || node === document.scrollingElement) {
    view.scrollTo(options);
    return undefined;
  }
  const element = node as Element;
  if (element.scrollHeight <= element.clientHeight && element.scrollWidth <= element.clientWidth) {
    return 'notScrollable';
  }
  element.scrollTo(options);
  return undefined;
}

/** The address of a path on this very origin, or undefined when it leads anywhere else. */
export function addressOf(path: string, location: { readonly origin: string }): string | undefined {
  if (!/^\/(?![/\\])/.test(path) || /[\t\n\r]/.test(path)) return undefined;
  if (!/^https?:/.test(location.origin)) return undefined;
  const address = parseAddress(path, location.origin);
  return address?.origin === location.origin ? address.href : undefined;
}
