/** Tells a word of the CSS language from a name that somebody made up, by asking the browser's own parser. */

import { words } from '../word-set.js';

/** `CSS.supports` of the page, taken before it is used; a table in unit tests. */
export type CssSupports = (property: string, value: string) => boolean;

/** The same of a whole condition. */
export type CssFits = (condition: string) => boolean;

/** What a condition begins with in a style sheet; `CSS.supports` takes a bare declaration as well. */
const CONDITION = /^(?:\(|not\s|[a-z-]+\()/i;

/** A name no language has: a property that accepts it accepts any name. */
const MADE_UP = 'alongside-made-up';

/**
 * Properties with a closed list of words each. A word that one of them accepts is a word of the language;
 * properties that take names of the author's (animation-name, grid-area, every custom property) are not here.
 */
const closedProperties = [
  ...words(`
    color display position text-align font-weight border-top-style cursor justify-content align-items
    flex-direction flex-wrap white-space overflow text-transform visibility float font-style
    background-repeat background-size background-position box-sizing transition-timing-function
    animation-direction animation-fill-mode animation-play-state animation-iteration-count mix-blend-mode
    object-fit text-decoration-line vertical-align width grid-auto-flow font-size border-top-width
    isolation pointer-events user-select resize table-layout overflow-wrap word-break text-overflow
    touch-action appearance font-variant`),
];

/** Words of properties that take names as well. */
const otherWords = words('light dark only');

export const genericFamilies = words(`
  serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace ui-rounded
  math emoji`);

export class CssJudge {
  readonly #supports: CssSupports;
  readonly #fits: CssFits;
  readonly #valid = new Map<string, boolean>();
  readonly #words = new Map<string, boolean>();
  readonly #openProperties = new Map<string, boolean>();

  constructor(supports: CssSupports, fits: CssFits) {
    this.#supports = supports;
    this.#fits = fits;
  }

  /** Whether the declaration is valid, so that every word in it is one that the property's list has. */
  isValid(property: string, value: string): boolean {
    return remembered(this.#valid, `${property}:${value}`, () => this.#supports(property, value));
  }

  /** Whether the property takes any name at all, so that validity says nothing about its words. */
  takesAnyName(property: string): boolean {
    return remembered(this.#openProperties, property, () => this.#supports(property, MADE_UP));
  }

  /** Whether the visitor's browser can do what an `@supports` asks. */
  isMet(condition: string): boolean {
    return CONDITION.test(condition) && this.#fits(condition);
  }

  isWord(word: string): boolean {
    return remembered(this.#words, word, () => this.#looksUp(word));
  }

  #looksUp(word: string): boolean {
    const lower = word.toLowerCase();
    if (genericFamilies.has(lower) || otherWords.has(lower)) return true;
    if (closedProperties.some((property) => this.#supports(property, word))) return true;
    // `transition: opacity` and `will-change: transform` name properties.
    return this.#supports(word, 'inherit');
  }
}

/** The page decides how many words it asks about; the memory is emptied rather than grown without end. */
const MAX_REMEMBERED = 20_000;

function remembered(memory: Map<string, boolean>, key: string, answer: () => boolean): boolean {
  const known = memory.get(key);
  if (known !== undefined) return known;
  if (memory.size >= MAX_REMEMBERED) memory.clear();
  const value = answer();
  memory.set(key, value);
  return value;
}
