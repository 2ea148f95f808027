/** Which elements take text from an agent, and how it is put into them so that the page notices. */

import type { IntentRefusal } from '@alongside/protocol';

type Realm = Window & typeof globalThis;

const typableInputs = new Set([
  'text',
  'search',
  'tel',
  'url',
  'email',
  'number',
  'range',
  'date',
  'time',
  'datetime-local',
  'month',
  'week',
  'color',
]);

/** Why no text can be put into the element, or undefined when it can. */
export function refusalToType(element: Element): IntentRefusal | undefined {
  const view = element.ownerDocument.defaultView as Realm | null;
  if (view === null) return 'targetGone';
  if (element instanceof view.HTMLInputElement) {
    if (!typableInputs.has(element.type)) return 'notTypable';
    return element.readOnly ? 'readonly' : undefined;
  }
  if (element instanceof view.HTMLTextAreaElement) return element.readOnly ? 'readonly' : undefined;
  if (element instanceof view.HTMLSelectElement) return element.multiple ? 'notTypable' : undefined;
  return element instanceof view.HTMLElement && element.isContentEditable ? undefined : 'notTypable';
}

/** Replaces the value; the page is told as if somebody had typed, though its events are not trusted ones. */
export function typeInto(element: Element, text: string): IntentRefusal | undefined {
  const view = element.ownerDocument.defaultView as Realm | null;
  if (view === null) return 'targetGone';
  if (element instanceof view.HTMLElement) element.focus({ preventScroll: true });
  if (element instanceof view.HTMLSelectElement) return choose(element, text, view);
  const isField = element instanceof view.HTMLInputElement || element instanceof view.HTMLTextAreaElement;
  if (!isField) {
    element.textContent = text;
    announceInput(element, text, view);
    return undefined;
  }
  const before = element.value;
  const fitting = element.maxLength >= 0 ? text.slice(0, element.maxLength) : text;
  setNatively(element, 'value', fitting);
  // The browser empties a field that cannot hold the text, such as letters in a number.
  if (element.value === '' && fitting !== '') {
    setNatively(element, 'value', before);
    return 'failed';
  }
  announceInput(element, fitting, view);
  element.dispatchEvent(new view.Event('change', { bubbles: true }));
  return undefined;
}

/** Chooses the option that reads like this. */
function choose(select: HTMLSelectElement, text: string, view: Realm): IntentRefusal | undefined {
  const wanted = text.trim();
  const index = [...select.options].findIndex((option) => option.label.trim() === wanted && !option.disabled);
  if (index === -1) return 'noSuchOption';
  setNatively(select, 'selectedIndex', index);
  announceInput(select, '', view);
  select.dispatchEvent(new view.Event('change', { bubbles: true }));
  return undefined;
}

/** Frameworks put setters of their own on elements; the prototype's is the one that a person's typing uses. */
function setNatively(element: Element, property: 'value' | 'selectedIndex', value: string | number): void {
  const prototype: object = Object.getPrototypeOf(element);
  const set = Object.getOwnPropertyDescriptor(prototype, property)?.set;
  if (set === undefined) Reflect.set(element, property, value);
  else Reflect.apply(set, element, [value]);
}

function announceInput(element: Element, data: string, view: Realm): void {
  const init = { bubbles: true, composed: true, inputType: 'insertReplacementText', data };
  element.dispatchEvent(new view.InputEvent('input', init));
}
