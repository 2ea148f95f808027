/** Does on the page what was decided: the last step, without any check of its own. */

import type { IntentRefusal } from '@alongside/protocol';
import { parseAddress } from '../page-address.js';
import type { PagePoint } from './page-geometry.js';

type Realm = Window & typeof globalThis;

/** Clicks with coordinates, which `element.click()` would leave out. */
export function clickAt(element: Element, point: PagePoint): void {
  const view = element.ownerDocument.defaultView as Realm | null;
  if (view === null) return;
  const mouse = {
    bubbles: true,
    cancelable: true,
    composed: true,
    view,
    clientX: point.x,
    clientY: point.y,
    button: 0,
    detail: 1,
  };
  const pointer = { ...mouse, pointerId: 1, pointerType: 'mouse', isPrimary: true };
  element.dispatchEvent(new view.PointerEvent('pointerdown', { ...pointer, buttons: 1 }));
  const mayFocus = element.dispatchEvent(new view.MouseEvent('mousedown', { ...mouse, buttons: 1 }));
  if (mayFocus) focusFrom(element, view);
  element.dispatchEvent(new view.PointerEvent('pointerup', pointer));
  element.dispatchEvent(new view.MouseEvent('mouseup', mouse));
  element.dispatchEvent(new view.MouseEvent('click', mouse));
}

/** A press moves the focus to what can have it, as the visitor's own would. */
function focusFrom(element: Element, view: Realm): void {
  const focusable = element.closest(
    'a[href],button,input,select,textarea,summary,[tabindex],[contenteditable]',
  );
  if (focusable instanceof view.HTMLElement) focusable.focus({ preventScroll: true });
}

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
