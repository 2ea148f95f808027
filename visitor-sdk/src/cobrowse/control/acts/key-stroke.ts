/** One key going down and up, with what a browser says of it. */

import { type Realm, realmOf } from './realm.js';

export interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly shiftKey?: boolean;
  readonly ctrlKey?: boolean;
}

const named: Readonly<Record<string, readonly [code: string, keyCode: number]>> = {
  Tab: ['Tab', 9],
  Enter: ['Enter', 13],
  Escape: ['Escape', 27],
  ' ': ['Space', 32],
  End: ['End', 35],
  Home: ['Home', 36],
  ArrowLeft: ['ArrowLeft', 37],
  ArrowUp: ['ArrowUp', 38],
  ArrowRight: ['ArrowRight', 39],
  ArrowDown: ['ArrowDown', 40],
  Delete: ['Delete', 46],
  Backspace: ['Backspace', 8],
};

/** Places of signs on a keyboard of the United States, which is what pages that look at codes expect. */
const signs = new Map<string, readonly [code: string, keyCode: number, shift: boolean]>(
  (
    [
      [';:', 'Semicolon', 186],
      ['=+', 'Equal', 187],
      [',<', 'Comma', 188],
      ['-_', 'Minus', 189],
      ['.>', 'Period', 190],
      ['/?', 'Slash', 191],
      ['`~', 'Backquote', 192],
      ['[{', 'BracketLeft', 219],
      ['\\|', 'Backslash', 220],
      [']}', 'BracketRight', 221],
      ['\'"', 'Quote', 222],
    ] as const
  ).flatMap(([pair, code, keyCode]) =>
    [...pair].map((sign, place) => [sign, [code, keyCode, place === 1] as const] as const),
  ),
);
const overDigits = ')!@#$%^&*(';

/** The key that writes a character, or that has this name. */
export function strokeOf(key: string): Stroke {
  const known = named[key];
  if (known !== undefined) return { key, code: known[0], keyCode: known[1] };
  const letter = key.toUpperCase();
  if (/^[A-Z]$/.test(letter)) {
    return { key, code: `Key${letter}`, keyCode: letter.charCodeAt(0), shiftKey: key === letter };
  }
  const digit = /^\d$/.test(key) ? Number(key) : overDigits.indexOf(key);
  if (digit >= 0) return { key, code: `Digit${digit}`, keyCode: 48 + digit, shiftKey: !/^\d$/.test(key) };
  const sign = signs.get(key);
  if (sign !== undefined) return { key, code: sign[0], keyCode: sign[1], shiftKey: sign[2] };
  // Written with a key that other keyboards have: browsers then give no place.
  return { key, code: '', keyCode: 0 };
}

/** Whether the page lets the key do what it does. */
export function keyDown(element: Element, stroke: Stroke): boolean {
  return dispatch(element, 'keydown', stroke);
}

/** Whether the page lets the key write what it writes. */
export function keyPress(element: Element, stroke: Stroke): boolean {
  const charCode = stroke.key === 'Enter' ? 13 : (stroke.key.codePointAt(0) ?? 0);
  return dispatch(element, 'keypress', { ...stroke, keyCode: charCode }, charCode);
}

export function keyUp(element: Element, stroke: Stroke): void {
  dispatch(element, 'keyup', stroke);
}

function dispatch(element: Element, name: string, stroke: Stroke, charCode = 0): boolean {
  const view: Realm | undefined = realmOf(element);
  if (view === undefined || !element.isConnected) return false;
  const { key, code, keyCode, shiftKey = false, ctrlKey = false } = stroke;
  const init = { bubbles: true, cancelable: true, composed: true, view, key, code, shiftKey, ctrlKey };
  // Old pages look at these alone; browsers take them here though the type does not say so.
  const old = { keyCode, charCode, which: keyCode };
  return element.dispatchEvent(new view.KeyboardEvent(name, { ...init, ...old } as KeyboardEventInit));
}
