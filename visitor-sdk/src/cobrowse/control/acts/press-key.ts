/** Presses one key on an element: the page hears it first, and what a browser does with the key comes after. */

import type { IntentKey } from '@alongside/protocol';
import { chooseBeside, chooseEnd } from './choose-option.js';
import { changeEvent, inputEvent, isTextField, isWholeField, setNatively } from './field-value.js';
import { keyDown, keyPress, keyUp, strokeOf } from './key-stroke.js';
import { focusedIn, type Realm, realmOf } from './realm.js';
import { besideInTabOrder, isSameGroup } from './tab-order.js';

export interface KeyDeps {
  isExcluded(element: Element): boolean;
}

const BUTTON_LIKE =
  'button,summary,input[type="button"],input[type="submit"],input[type="reset"],input[type="image"]';
const CHECKS = 'input[type="checkbox"],input[type="radio"]';

export function pressKey(element: Element, key: IntentKey, deps: KeyDeps): void {
  const view = realmOf(element);
  if (view === undefined || !(element instanceof view.HTMLElement)) return;
  const shiftKey = key === 'Shift+Tab';
  const stroke = { ...strokeOf(keyName(key)), shiftKey };
  if (element.ownerDocument.activeElement !== element) element.focus({ preventScroll: true });
  let goesOn = keyDown(element, stroke);
  if (goesOn && (key === 'Enter' || key === 'Space')) goesOn = keyPress(element, stroke);
  if (goesOn) beforeRelease({ element, view, key, deps });
  // The key comes up where the focus has gone.
  keyUp(focusedIn(element.ownerDocument) ?? element, stroke);
  // A button is pressed by the space bar when the key comes up.
  if (goesOn && key === 'Space' && element.isConnected) releaseSpace(element);
}

function keyName(key: IntentKey): string {
  if (key === 'Shift+Tab') return 'Tab';
  return key === 'Space' ? ' ' : key;
}

interface Pressed {
  readonly element: HTMLElement;
  readonly view: Realm;
  readonly key: IntentKey;
  readonly deps: KeyDeps;
}

function beforeRelease(pressed: Pressed): void {
  const { element, key, deps } = pressed;
  switch (key) {
    case 'Tab':
    case 'Shift+Tab': {
      const next = besideInTabOrder(element, key === 'Tab' ? 1 : -1, deps);
      if (next === undefined) element.blur();
      else next.focus();
      return;
    }
    case 'Enter':
      enter(pressed);
      return;
    case 'Backspace':
    case 'Delete':
      erase(pressed);
      return;
    case 'Escape':
    case 'Space':
      return;
    default:
      move(pressed);
  }
}

/** Sends a form as the browser would, through its first button that sends; held elsewhere until the visitor agrees. */
function enter({ element, view }: Pressed): void {
  if (element.matches(`${BUTTON_LIKE},a[href],area[href]`)) {
    element.click();
    return;
  }
  if (element instanceof view.HTMLTextAreaElement || element.isContentEditable) {
    const data = null;
    const inputType = 'insertLineBreak';
    if (!element.dispatchEvent(inputEvent(view, 'beforeinput', { inputType, data }))) return;
    if (element instanceof view.HTMLTextAreaElement) setNatively(element, 'value', `${element.value}\n`);
    else element.append(view.document.createElement('br'));
    element.dispatchEvent(inputEvent(view, 'input', { inputType, data }));
    return;
  }
  const form = formOf(element);
  if (form === undefined) return;
  const button = defaultButtonOf(form);
  if (button === undefined) form.requestSubmit();
  else if (!button.matches(':disabled')) button.click();
}

export function formOf(element: Element): HTMLFormElement | undefined {
  return (element as Partial<HTMLInputElement>).form ?? element.closest('form') ?? undefined;
}

export function defaultButtonOf(form: HTMLFormElement): HTMLElement | undefined {
  const sends = 'button:not([type="button"]):not([type="reset"]),input[type="submit"],input[type="image"]';
  return [...form.elements].find((each) => each.matches(sends)) as HTMLElement | undefined;
}

function erase({ element, view, key }: Pressed): void {
  if (!isTextField(element, view) || element.readOnly || element.value === '') return;
  const inputType = key === 'Delete' ? 'deleteContentForward' : 'deleteContentBackward';
  if (!element.dispatchEvent(inputEvent(view, 'beforeinput', { inputType, data: null }))) return;
  setNatively(element, 'value', [...element.value].slice(0, -1).join(''));
  element.dispatchEvent(inputEvent(view, 'input', { inputType, data: null }));
}

function move({ element, view, key }: Pressed): void {
  const step = key === 'ArrowUp' || key === 'ArrowLeft' ? -1 : 1;
  const isEnd = key === 'Home' || key === 'End';
  if (element instanceof view.HTMLSelectElement) {
    if (isEnd) chooseEnd(element, key === 'Home' ? 'first' : 'last');
    else chooseBeside(element, step);
  } else if (element.matches('input[type="radio"]') && !isEnd) chooseRadio(element as HTMLInputElement, step);
  else if (isWholeField(element, view) && element.type === 'range') stepRange(element, { view, key });
  else if (element.matches('input[type="number"]') && (key === 'ArrowUp' || key === 'ArrowDown')) {
    stepNumber(element as HTMLInputElement, view, key === 'ArrowUp');
  }
}

function chooseRadio(radio: HTMLInputElement, step: 1 | -1): void {
  const root = radio.getRootNode() as Document | ShadowRoot;
  const group = [...root.querySelectorAll<HTMLInputElement>('input[type="radio"]')].filter(
    (each) => isSameGroup(each, radio) && !each.disabled,
  );
  const next = group.at((group.indexOf(radio) + step) % group.length);
  next?.focus();
  next?.click();
}

function stepRange(slider: HTMLInputElement, { view, key }: { view: Realm; key: IntentKey }): void {
  const before = slider.value;
  if (key === 'Home' || key === 'End') {
    setNatively(slider, 'value', key === 'Home' ? slider.min || '0' : slider.max || '100');
  } else if (key === 'ArrowUp' || key === 'ArrowRight') slider.stepUp();
  else slider.stepDown();
  tellChange(slider, before, view);
}

function stepNumber(field: HTMLInputElement, view: Realm, up: boolean): void {
  if (field.readOnly) return;
  const before = field.value;
  const probe = field.cloneNode(false) as HTMLInputElement;
  setNatively(probe, 'value', before);
  if (up) probe.stepUp();
  else probe.stepDown();
  const { value: data } = probe;
  const replaces = { inputType: 'insertText', data };
  if (data === before || !field.dispatchEvent(inputEvent(view, 'beforeinput', replaces))) return;
  setNatively(field, 'value', data);
  tellChange(field, before, view);
}

function tellChange(field: HTMLInputElement, before: string, view: Realm): void {
  if (field.value === before) return;
  field.dispatchEvent(new view.Event('input', { bubbles: true, composed: true }));
  field.dispatchEvent(changeEvent(view));
}

function releaseSpace(element: HTMLElement): void {
  if (element.matches(`${BUTTON_LIKE},${CHECKS}`)) element.click();
}
