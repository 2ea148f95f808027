/** Puts values into fields the way a person's typing does: past the setters that frameworks put on elements. */

import { type Realm, realmOf } from './realm.js';

export type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Fields whose text is typed letter by letter; the others take a whole value. */
const typedLetterByLetter = new Set(['text', 'search', 'tel', 'url', 'email', 'number']);
const typedAsAWhole = new Set(['range', 'date', 'time', 'datetime-local', 'month', 'week', 'color']);

export function isTextField(element: Element, view: Realm): element is TextField {
  if (element instanceof view.HTMLTextAreaElement) return true;
  return element instanceof view.HTMLInputElement && typedLetterByLetter.has(element.type);
}

export function isWholeField(element: Element, view: Realm): element is HTMLInputElement {
  return element instanceof view.HTMLInputElement && typedAsAWhole.has(element.type);
}

/** Frameworks put setters of their own on elements; the prototype's is the one that a person's typing uses. */
export function setNatively(
  element: Element,
  property: 'value' | 'selectedIndex' | 'checked',
  value: string | number | boolean,
): void {
  const view = realmOf(element);
  const set = view && nativeSetter(element, property, view);
  if (set === undefined) Reflect.set(element, property, value);
  else Reflect.apply(set, element, [value]);
}

function nativeSetter(element: Element, property: string, view: Realm) {
  const prototypes = [view.HTMLInputElement, view.HTMLTextAreaElement, view.HTMLSelectElement];
  const of = prototypes.find((each) => element instanceof each);
  return of && Object.getOwnPropertyDescriptor(of.prototype, property)?.set;
}

/** What the field would make of a text: a browser empties one that cannot hold it, such as letters in a number. */
export function fittingValue(field: TextField | HTMLInputElement, text: string): string | undefined {
  const short = field.maxLength >= 0 ? text.slice(0, field.maxLength) : text;
  const probe = field.cloneNode(false) as TextField | HTMLInputElement;
  setNatively(probe, 'value', short);
  return probe.value === '' && short !== '' ? undefined : probe.value;
}

export function inputEvent(view: Realm, name: 'beforeinput' | 'input', more: InputEventInit): InputEvent {
  const cancelable = name === 'beforeinput' && more.inputType !== 'insertCompositionText';
  return new view.InputEvent(name, { bubbles: true, composed: true, cancelable, view, ...more });
}

export function changeEvent(view: Realm): Event {
  return new view.Event('change', { bubbles: true });
}
