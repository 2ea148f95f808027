/**
 * Fills in a text as a person does: all of what is there is selected, then keys write, a script that needs it is
 * composed, and a long text comes as a paste. The page may refuse each step, as it may refuse a person's.
 */

import type { IntentRefusal } from '@alongside/protocol';
import type { TextField } from './field-value.js';
import { changeEvent, fittingValue, inputEvent, setNatively } from './field-value.js';
import { keyDown, keyPress, keyUp, type Stroke, strokeOf } from './key-stroke.js';
import { type Realm, realmOf } from './realm.js';

/** More than this nobody types by hand while another waits. */
const LONGEST_TYPED = 120;
/** Scripts that are written through a composition, not key by key. */
const composed = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Signs that no key writes: they come from a palette, without keys. */
const unkeyed = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/** Where text goes: a field, or an element that is edited as it stands. */
interface Paper {
  readonly element: HTMLElement;
  /** Selects what is there, so that the first thing written replaces it. */
  selectAll(): void;
  /** What is written so far. */
  readonly written: string;
  write(piece: string): void;
  /** Takes away what is selected. */
  erase(): void;
}

export function typeIntoField(field: TextField, text: string): IntentRefusal | undefined {
  const view = realmOf(field);
  if (view === undefined) return 'targetGone';
  const fitting = fittingValue(field, text);
  if (fitting === undefined) return 'failed';
  const paper = new FieldPaper(field);
  // A number is normalised by the field: what was meant is what is written.
  const wanted = field.type === 'number' ? text.slice(0, LONGEST_TYPED) : fitting;
  const before = field.value;
  if (!enter(paper, wanted, view)) return field.value === before ? 'failed' : undefined;
  // A browser tells of the change when the field is left. The agent's text is whole at once.
  if (field.value !== before && field.isConnected) field.dispatchEvent(changeEvent(view));
  return undefined;
}

export function typeIntoEditable(element: HTMLElement, text: string): IntentRefusal | undefined {
  const view = realmOf(element);
  if (view === undefined) return 'targetGone';
  return enter(new EditablePaper(element, view), text, view) ? undefined : 'failed';
}

/** Whether anything of it was taken by the page. */
function enter(paper: Paper, text: string, view: Realm): boolean {
  const { element } = paper;
  element.focus({ preventScroll: true });
  paper.selectAll();
  if (text === '') return clear(paper, view);
  if (text.length > LONGEST_TYPED) return insert(paper, { data: text, inputType: 'insertFromPaste' }, view);
  let taken = false;
  for (const piece of piecesOf(text)) {
    if (!element.isConnected) return taken;
    if (composed.test(piece)) taken = compose(paper, piece, view) || taken;
    else if (unkeyed.test(piece))
      taken = insert(paper, { data: piece, inputType: 'insertText' }, view) || taken;
    else taken = typeKey(paper, piece, view) || taken;
  }
  return taken;
}

/** Letters one by one, and runs that are composed as one. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let run = '';
  for (const letter of graphemes(text)) {
    if (composed.test(letter)) run += letter;
    else {
      if (run !== '') pieces.push(run);
      run = '';
      pieces.push(letter);
    }
  }
  return run === '' ? pieces : [...pieces, run];
}

function graphemes(text: string): Iterable<string> {
  if (typeof Intl.Segmenter !== 'function') return text;
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  );
}

function typeKey(paper: Paper, letter: string, view: Realm): boolean {
  const { element } = paper;
  const stroke = letter === '\n' ? strokeOf('Enter') : strokeOf(letter);
  const { shiftKey = false } = stroke;
  const shift: Stroke = { key: 'Shift', code: 'ShiftLeft', keyCode: 16, shiftKey };
  if (shiftKey) keyDown(element, shift);
  let taken = false;
  if (keyDown(element, stroke) && keyPress(element, stroke)) {
    const inputType = letter === '\n' ? 'insertLineBreak' : 'insertText';
    taken = insert(paper, { data: letter, inputType }, view);
  }
  keyUp(element, stroke);
  if (shiftKey) keyUp(element, { ...shift, shiftKey: false });
  return taken;
}

interface Insertion {
  readonly data: string;
  readonly inputType: 'insertText' | 'insertLineBreak' | 'insertFromPaste';
}

function insert(paper: Paper, { data, inputType }: Insertion, view: Realm): boolean {
  const { element } = paper;
  const told = inputType === 'insertLineBreak' ? null : data;
  if (!element.dispatchEvent(inputEvent(view, 'beforeinput', { inputType, data: told }))) return true;
  paper.write(data);
  element.dispatchEvent(inputEvent(view, 'input', { inputType, data: told }));
  return true;
}

/** As an input method does it: the text grows under composition and is settled at its end. */
function compose(paper: Paper, run: string, view: Realm): boolean {
  const { element } = paper;
  const inputType = 'insertCompositionText';
  const isComposing = true;
  const tell = (name: string, data: string) =>
    element.dispatchEvent(
      new view.CompositionEvent(name, { bubbles: true, cancelable: true, composed: true, view, data }),
    );
  const inputMethod: Stroke = { key: 'Process', code: '', keyCode: 229 };
  keyDown(element, inputMethod);
  tell('compositionstart', '');
  element.dispatchEvent(inputEvent(view, 'beforeinput', { inputType, data: run, isComposing }));
  tell('compositionupdate', run);
  paper.write(run);
  element.dispatchEvent(inputEvent(view, 'input', { inputType, data: run, isComposing }));
  tell('compositionend', run);
  keyUp(element, inputMethod);
  return true;
}

function clear(paper: Paper, view: Realm): boolean {
  const { element } = paper;
  if (paper.written === '') return true;
  const stroke = strokeOf('Backspace');
  const inputType = 'deleteContentBackward';
  if (keyDown(element, stroke)) {
    if (element.dispatchEvent(inputEvent(view, 'beforeinput', { inputType, data: null }))) {
      paper.erase();
      element.dispatchEvent(inputEvent(view, 'input', { inputType, data: null }));
    }
  }
  keyUp(element, stroke);
  return true;
}

/** What is selected is replaced by the first piece; what follows is added. */
class FieldPaper implements Paper {
  readonly element: TextField;
  #own = '';
  #selected = false;

  constructor(field: TextField) {
    this.element = field;
  }

  get written(): string {
    return this.element.value;
  }

  selectAll(): void {
    this.#selected = true;
    this.#own = '';
    this.element.select();
  }

  write(piece: string): void {
    // A page that formats while one types has the say: what it made of it is what is typed on.
    const before = this.#selected ? '' : this.element.type === 'number' ? this.#own : this.element.value;
    this.#selected = false;
    this.#own = before + piece;
    const { maxLength } = this.element;
    const next = maxLength >= 0 ? this.#own.slice(0, maxLength) : this.#own;
    setNatively(this.element, 'value', next);
  }

  erase(): void {
    this.#own = '';
    setNatively(this.element, 'value', '');
  }
}

class EditablePaper implements Paper {
  readonly element: HTMLElement;
  readonly #view: Realm;

  constructor(element: HTMLElement, view: Realm) {
    this.element = element;
    this.#view = view;
  }

  get written(): string {
    return this.element.textContent;
  }

  selectAll(): void {
    this.#selection()?.selectAllChildren(this.element);
  }

  write(piece: string): void {
    const selection = this.#selection();
    const { document } = this.#view;
    const node = piece === '\n' ? document.createElement('br') : document.createTextNode(piece);
    const range = this.#rangeIn(selection);
    range.deleteContents();
    const before = range.startContainer;
    // Letters join the text they follow, so that a word is one node, as a browser leaves it.
    if (node.nodeType === 3 && before.nodeType === 3 && range.startOffset === before.nodeValue?.length) {
      (before as Text).appendData(piece);
      range.setStart(before, before.nodeValue.length);
    } else {
      range.insertNode(node);
      if (node.nodeType === 3) range.setStart(node, piece.length);
      else range.setStartAfter(node);
    }
    range.collapse(true);
    selection?.removeAllRanges();
    selection?.addRange(range);
  }

  erase(): void {
    this.#rangeIn(this.#selection()).deleteContents();
  }

  #selection(): Selection | null {
    const root = this.element.getRootNode() as Document & { getSelection?(): Selection | null };
    return root.getSelection?.() ?? this.#view.getSelection();
  }

  /** Where the caret is, or the end of the element where it is elsewhere. */
  #rangeIn(selection: Selection | null): Range {
    const range = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
    if (range !== undefined && this.element.contains(range.commonAncestorContainer)) return range;
    const end = this.#view.document.createRange();
    end.selectNodeContents(this.element);
    end.collapse(false);
    return end;
  }
}
