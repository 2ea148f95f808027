/** Which elements take text from an agent, and which way of entering it each of them has. */

import type { IntentRefusal } from '@alongside/protocol';
import { chooseByText } from './acts/choose-option.js';
import { isTextField, isWholeField } from './acts/field-value.js';
import { realmOf } from './acts/realm.js';
import { setWholeValue } from './acts/slider.js';
import { typeIntoEditable, typeIntoField } from './acts/text-entry.js';

/** Why no text can be put into the element, or undefined when it can. */
export function refusalToType(element: Element): IntentRefusal | undefined {
  const view = realmOf(element);
  if (view === undefined) return 'targetGone';
  if (isTextField(element, view) || isWholeField(element, view)) {
    return element.readOnly && element.type !== 'range' && element.type !== 'color' ? 'readonly' : undefined;
  }
  if (element instanceof view.HTMLSelectElement) return element.multiple ? 'notTypable' : undefined;
  return element instanceof view.HTMLElement && element.isContentEditable ? undefined : 'notTypable';
}

/** Replaces what is there; the page is told as if somebody had typed, though its events are not trusted ones. */
export function typeInto(element: Element, text: string): IntentRefusal | undefined {
  const view = realmOf(element);
  if (view === undefined) return 'targetGone';
  if (element instanceof view.HTMLSelectElement) return chooseByText(element, text);
  if (isTextField(element, view)) return typeIntoField(element, text);
  if (isWholeField(element, view)) {
    element.focus({ preventScroll: true });
    return setWholeValue(element, text);
  }
  return element instanceof view.HTMLElement ? typeIntoEditable(element, text) : 'notTypable';
}
