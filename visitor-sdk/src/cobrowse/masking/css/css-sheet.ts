/**
 * Masks the text of a style sheet: keeps rules whose grammar is known, with their selectors and such
 * declarations as css-declaration.ts shows. A rule that is dropped leaves an empty one in its place, since
 * later changes of the sheet address rules by their number.
 */

import type { CssEnvironment } from './css-declaration.js';
import { maskDeclaration } from './css-declaration.js';
import type { RawDeclaration } from './css-font-face.js';
import { maskFontFace } from './css-font-face.js';
import { maskSelector } from './css-selector.js';
import type { CssToken } from './css-tokenizer.js';
import { isTooDeep, tokenizeCss } from './css-tokenizer.js';

/** A sheet beyond this is not shown: reading it would hold the page up. */
export const LONGEST_SHEET = 1024 * 1024;
const DEEPEST_NESTING = 16;
const EMPTY_RULE = '@media not all{}';

const groups = new Set(['media', 'supports', 'container', 'layer', 'scope', 'starting-style']);
const keyframes = new Set(['keyframes', '-webkit-keyframes']);
/** Statements that the object model has no numbered rule for, or that end with a semicolon. */
const unnumbered = new Set(['charset']);
const syntaxType =
  '<(?:length|number|percentage|length-percentage|color|image|integer|angle|time|resolution|transform-list)>[+#]?';
const propertyDescriptors = new Map([
  ['syntax', new RegExp(`^["'](?:\\*|${syntaxType}(?: ?\\| ?${syntaxType}){0,5})["']$`)],
  ['inherits', /^(?:true|false)$/],
  // No words: they could be anything.
  ['initial-value', /^(?:-?\d{0,4}\.?\d{1,4}[a-z%]{0,4}|#[\da-f]{3,8})$/i],
]);
/** The text that may be shown of a whole style sheet. */
export function maskStyleSheet(text: string, environment: CssEnvironment): string {
  if (text.length > LONGEST_SHEET) return '';
  const tokens = tokenizeCss(text);
  learnSharedNames(tokens, environment);
  return new SheetMasking(tokens, environment).sheet();
}

/** The text that may be shown of one rule; always one rule, so that the numbers of others stay right. */
export function maskRule(text: string, environment: CssEnvironment): string {
  return maskStyleSheet(text, environment) || EMPTY_RULE;
}

/** The declarations of a `style` attribute that may be shown. */
export function maskStyleAttribute(text: string, environment: CssEnvironment): string {
  return text.length > LONGEST_SHEET ? '' : new SheetMasking(tokenizeCss(text), environment).declarations();
}

/** The value that may be shown of one declaration. */
export function maskStyleProperty(
  property: string,
  value: string,
  environment: CssEnvironment,
): string | undefined {
  return value.length > LONGEST_SHEET
    ? undefined
    : maskDeclaration(property, tokenizeCss(value), environment);
}

/** Names that two places of a sheet share are names, not content: learnt before the values that use them. */
function learnSharedNames(tokens: readonly CssToken[], { vocabulary }: CssEnvironment): void {
  const words = tokens.filter((token) => token.kind !== 'space');
  for (const [index, token] of words.entries()) {
    const next = words[index + 1];
    const afterNext = words[index + 2];
    if (token.kind === 'ident' && token.text.startsWith('--')) vocabulary.learn(`@${token.value}`);
    if (token.kind === 'at' && next?.kind === 'ident') {
      const rule = token.value.toLowerCase();
      if (keyframes.has(rule) || rule === 'container' || rule === 'layer') vocabulary.learn(`@${next.value}`);
    } else if (token.kind === 'function' && /^counters?$/i.test(token.value) && next?.kind === 'ident') {
      vocabulary.learn(`@${next.value}`);
    } else if (next?.text === ':' && /^grid(?:-template(?:-(?:areas|columns|rows))?)?$/.test(token.value)) {
      const places = valueAfter(words, index).filter(({ kind }) => kind === 'string' || kind === 'ident');
      for (const { value } of places) for (const place of value.split(/\s+/)) vocabulary.learn(`@${place}`);
    } else if (next?.text === ':' && /^counter-(?:reset|set|increment)$/.test(token.value)) {
      const value = valueAfter(words, index);
      // What is counted from a variable may be any number of this visitor, drawn as text.
      const isTold = value.some(({ kind, text }) => kind === 'function' && text === 'var(');
      for (const { kind, value: name } of isTold ? value : [])
        if (kind === 'ident') vocabulary.learn(`told:${name}`);
    } else if (
      token.value.toLowerCase() === 'font-family' &&
      next?.text === ':' &&
      isInFontFace(words, index)
    ) {
      if (afterNext !== undefined) vocabulary.learn(`family:${afterNext.value.trim().toLowerCase()}`);
    }
  }
}

/** The words of a declaration's value. */
function valueAfter(words: readonly CssToken[], property: number): readonly CssToken[] {
  const value = words.slice(property + 2, property + 40);
  const end = value.findIndex(({ text }) => text === ';' || text === '}');
  return end === -1 ? value : value.slice(0, end);
}

function isInFontFace(words: readonly CssToken[], index: number): boolean {
  const open = words.findLastIndex((token, at) => at < index && (token.text === '{' || token.text === '}'));
  return words[open]?.text === '{' && words[open - 1]?.value.toLowerCase() === 'font-face';
}

class SheetMasking {
  readonly #tokens: readonly CssToken[];
  readonly #environment: CssEnvironment;
  #at = 0;

  constructor(tokens: readonly CssToken[], environment: CssEnvironment) {
    this.#tokens = tokens;
    this.#environment = environment;
  }

  /** All rules of the text; a brace that closes nothing is passed over. */
  sheet(): string {
    const out: string[] = [];
    while (this.#at < this.#tokens.length) {
      out.push(this.rules(0));
      this.#at += 1;
    }
    return out.join('');
  }

  /** Rules up to the end of the block or text. */
  rules(depth: number): string {
    const out: string[] = [];
    for (;;) {
      this.#skip((token) => token.kind === 'space' || token.text === ';');
      const token = this.#tokens[this.#at];
      if (token === undefined || token.text === '}') return out.join('');
      out.push(token.kind === 'at' ? this.#atRule(depth) : this.#styleRule(depth));
    }
  }

  /** Declarations and nested rules up to the end of the block or text. */
  declarations(depth = 0): string {
    const out: string[] = [];
    for (;;) {
      this.#skip((token) => token.kind === 'space' || token.text === ';');
      const token = this.#tokens[this.#at];
      if (token === undefined || token.text === '}') return out.join('');
      if (token.kind === 'at') out.push(this.#atRule(depth));
      else if (this.#isNestedRule()) out.push(this.#styleRule(depth));
      else out.push(this.#declaration());
    }
  }

  #styleRule(depth: number): string {
    const prelude = this.#prelude();
    const selector = maskSelector(prelude.tokens, this.#environment.vocabulary);
    if (!prelude.block) return '';
    if (selector === undefined || depth > DEEPEST_NESTING || isTooDeep(prelude.tokens))
      return this.#droppedBlock();
    return this.#block(`${selector}{`, () => this.declarations(depth + 1));
  }

  #atRule(depth: number): string {
    const name = (this.#tokens[this.#at]?.value ?? '').toLowerCase();
    this.#at += 1;
    const prelude = this.#prelude();
    if (!prelude.block) return this.#statement(name, prelude.tokens);
    const condition = name === 'supports' ? this.#met(prelude.tokens) : shownCondition(prelude.tokens);
    if (condition === undefined || depth > DEEPEST_NESTING || isTooDeep(prelude.tokens))
      return this.#droppedBlock();
    const head = `@${name}${condition === '' ? '' : ` ${condition}`}{`;
    if (keyframes.has(name)) return this.#block(head, () => this.#frames());
    if (name === 'font-face' && condition === '') return this.#fontFace();
    if (name === 'property' && condition.startsWith('--')) return this.#property(head);
    // Inside a style rule a group holds declarations as well; `declarations` reads both.
    if (groups.has(name)) {
      return this.#block(head, () => (depth === 0 ? this.rules(depth + 1) : this.declarations(depth + 1)));
    }
    return this.#droppedBlock();
  }

  /** What the visitor's browser can do is answered by it: the agent's may be another one. */
  #met(condition: readonly CssToken[]): string {
    const text = condition.map((token) => token.text).join('');
    return this.#environment.judge.isMet(text.trim()) ? '(color:red)' : 'not (color:red)';
  }

  #statement(name: string, tokens: readonly CssToken[]): string {
    if (unnumbered.has(name)) return '';
    const names = name === 'layer' ? shownCondition(tokens) : undefined;
    return names === undefined || names === '' ? EMPTY_RULE : `@layer ${names};`;
  }

  #frames(): string {
    const out: string[] = [];
    for (;;) {
      this.#skip((token) => token.kind === 'space' || token.text === ';');
      const token = this.#tokens[this.#at];
      if (token === undefined || token.text === '}') return out.join('');
      const prelude = this.#prelude();
      const steps = prelude.tokens
        .map((step) => step.text)
        .join('')
        .trim();
      if (!prelude.block) continue;
      const known = /^(?:from|to|[\d.]+%)(?:\s*,\s*(?:from|to|[\d.]+%))*$/i.test(steps);
      const frame = this.#block(`${steps}{`, () => this.declarations(DEEPEST_NESTING));
      if (known) out.push(frame);
    }
  }

  #fontFace(): string {
    const declarations: RawDeclaration[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip((token) => token.kind === 'space' || token.text === ';');
      const token = this.#tokens[this.#at];
      if (token === undefined || token.text === '}') break;
      declarations.push(this.#rawDeclaration());
    }
    this.#at += 1;
    return maskFontFace(declarations, this.#environment) ?? EMPTY_RULE;
  }

  /** How a custom property is read: without it, one that is set nowhere has no value. */
  #property(head: string): string {
    const shown: string[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip((token) => token.kind === 'space' || token.text === ';');
      const token = this.#tokens[this.#at];
      if (token === undefined || token.text === '}') break;
      const { name, value } = this.#rawDeclaration();
      const text = value
        .map((each) => each.text)
        .join('')
        .trim();
      if (propertyDescriptors.get(name)?.test(text) === true) shown.push(`${name}:${text};`);
    }
    this.#at += 1;
    return `${head}${shown.join('')}}`;
  }

  #declaration(): string {
    const { name, value } = this.#rawDeclaration();
    const shown = maskDeclaration(name, value, this.#environment);
    return shown === undefined ? '' : `${name}:${shown};`;
  }

  #rawDeclaration(): RawDeclaration {
    const start = this.#at;
    this.#skipBalanced((token) => token.text === ';' || token.text === '}');
    const tokens = this.#tokens.slice(start, this.#at);
    const colon = tokens.findIndex((token) => token.text === ':');
    const words = tokens.slice(0, Math.max(colon, 0)).filter((token) => token.kind !== 'space');
    const name = words.length === 1 && words[0]?.kind === 'ident' ? words[0].text : '';
    return { name: name.startsWith('--') ? name : name.toLowerCase(), value: tokens.slice(colon + 1) };
  }

  #prelude(): { tokens: readonly CssToken[]; block: boolean } {
    const start = this.#at;
    this.#skipBalanced((token) => token.text === '{' || token.text === ';' || token.text === '}');
    const tokens = this.#tokens.slice(start, this.#at);
    const end = this.#tokens[this.#at];
    if (end?.text === ';') this.#at += 1;
    return { tokens, block: end?.text === '{' };
  }

  #block(head: string, content: () => string): string {
    this.#at += 1;
    const inside = content();
    this.#at += 1;
    return `${head}${inside}}`;
  }

  #droppedBlock(): string {
    let depth = 0;
    do {
      const text = this.#tokens[this.#at]?.text;
      if (text === '{') depth += 1;
      if (text === '}') depth -= 1;
      this.#at += 1;
    } while (depth > 0 && this.#at < this.#tokens.length);
    return EMPTY_RULE;
  }

  /** Whether a block opens before the declaration at hand would end; `--x: {…}` is a declaration all the same. */
  #isNestedRule(): boolean {
    const before = this.#at;
    const first = this.#tokens[before];
    this.#skipBalanced((token) => token.text === '{' || token.text === ';' || token.text === '}');
    const opens = this.#tokens[this.#at]?.text === '{';
    this.#at = before;
    return opens && !(first?.kind === 'ident' && first.text.startsWith('--'));
  }

  #skip(isSkipped: (token: CssToken) => boolean): void {
    for (let token = this.#tokens[this.#at]; token !== undefined && isSkipped(token); ) {
      this.#at += 1;
      token = this.#tokens[this.#at];
    }
  }

  /** Goes on to a token outside parentheses and brackets, and outside braces that the skipped part opened. */
  #skipBalanced(isEnd: (token: CssToken) => boolean): void {
    let depth = 0;
    for (let token = this.#tokens[this.#at]; token !== undefined; token = this.#tokens[this.#at]) {
      if (depth === 0 && isEnd(token)) return;
      if (token.kind === 'function' || '([{'.includes(token.text)) depth += 1;
      if (depth > 0 && ')]}'.includes(token.text)) depth -= 1;
      this.#at += 1;
    }
  }
}

/** The condition of a group rule: words, numbers and comparisons, no text and no address. */
function shownCondition(tokens: readonly CssToken[]): string | undefined {
  const allowed = tokens.every(
    (token) =>
      token.kind === 'space' ||
      token.kind === 'ident' ||
      token.kind === 'number' ||
      token.kind === 'function' ||
      (token.kind === 'delimiter' && '():,/<>=.*>+~&[]#'.includes(token.text)) ||
      token.kind === 'hash',
  );
  return allowed
    ? tokens
        .map((token) => (token.kind === 'space' ? ' ' : token.text))
        .join('')
        .trim()
    : undefined;
}
