/**
 * The names that the page's own style sheets use. A class, id or attribute value of an element leaves the page
 * only when a selector names it, and then as the selector writes it: what the customer published in a style
 * sheet for everybody says nothing of this visitor, while a class such as `user-4711` that no rule names might.
 */

import { words } from '../word-set.js';

export type AttributeOperator = '' | '=' | '~=' | '|=' | '^=' | '$=' | '*=';

export interface AttributePattern {
  readonly operator: AttributeOperator;
  readonly literal: string;
  readonly ignoreCase: boolean;
}

/** Beyond this a page generates names without end, and no more are learnt. */
const MAX_NAMES = 50_000;

/**
 * Attributes that a selector can never bring out: their values are content or addresses, and a page that
 * generates `[value^="a"]` rules while somebody types would spell the value out.
 */
const neverFromSelectors = words(`
  value checked selected href xlink:href src srcset srcdoc action formaction poster data content style
  id class title alt placeholder label name type`);

export class CssVocabulary {
  readonly #names = new Set<string>();
  readonly #patterns = new Map<string, AttributePattern[]>();
  #fresh: string[] = [];

  /** Learns a class, id, tag, or a name that two places of the style sheets share (`.x`, `#x`, `<x`, `@x`). */
  learn(name: string): void {
    if (this.#names.has(name) || this.#names.size >= MAX_NAMES) return;
    this.#names.add(name);
    this.#fresh.push(name);
  }

  learnAttribute(attribute: string, pattern: AttributePattern): void {
    const name = attribute.toLowerCase();
    if (neverFromSelectors.has(name) && name !== 'class' && name !== 'id') return;
    const key = `[${name}${pattern.operator}${pattern.literal}`;
    if (this.#names.has(key)) return;
    this.learn(key);
    const patterns = this.#patterns.get(name);
    if (patterns === undefined) this.#patterns.set(name, [pattern]);
    else patterns.push(pattern);
    this.#fresh.push(`[${name}`);
  }

  knows(name: string): boolean {
    return this.#names.has(name);
  }

  /** The class tokens that may be shown: those a selector names, and literals of matching patterns. */
  shownClasses(value: string): string {
    const tokens = value.split(/[ \t\n\r\f]+/).filter((token) => this.knows(`.${token}`));
    // Literals first: `[class^="icon-"]` must still match at the start.
    const literals = this.#matching('class', value).flatMap((literal) => literal.split(/[ \t\n\r\f]+/));
    return [...new Set([...literals, ...tokens])].filter((token) => token !== '').join(' ');
  }

  shownId(value: string): string | undefined {
    return this.knows(`#${value}`) ? value : this.#matching('id', value)[0];
  }

  /** What an attribute may be shown as, or undefined when no selector is about it. */
  shownAttribute(name: string, value: string): string | undefined {
    return this.#matching(name, value)[0];
  }

  /** The names learnt since the last call, so that elements which lacked them can be shown again. */
  takeFresh(): readonly string[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  /** Literals whose selector matches the value; an exact one comes first, as it is the whole value. */
  #matching(name: string, value: string): string[] {
    const patterns = this.#patterns.get(name);
    if (patterns === undefined) return [];
    const literals = patterns.filter((pattern) => matches(pattern, value));
    literals.sort((a, b) => rank(a) - rank(b));
    return literals.map((pattern) => pattern.literal);
  }
}

function rank(pattern: AttributePattern): number {
  if (pattern.operator === '=') return 0;
  return pattern.operator === '' ? 2 : 1;
}

function matches(pattern: AttributePattern, actual: string): boolean {
  const value = pattern.ignoreCase ? actual.toLowerCase() : actual;
  const literal = pattern.ignoreCase ? pattern.literal.toLowerCase() : pattern.literal;
  if (pattern.operator === '') return true;
  if (pattern.operator === '=') return value === literal;
  if (literal === '') return false;
  switch (pattern.operator) {
    case '~=':
      return value.split(/[ \t\n\r\f]+/).includes(literal);
    case '|=':
      return value === literal || value.startsWith(`${literal}-`);
    case '^=':
      return value.startsWith(literal);
    case '$=':
      return value.endsWith(literal);
    case '*=':
      return value.includes(literal);
    default:
      return pattern.operator satisfies never;
  }
}
