/**
 * Decides what of one CSS declaration may leave the page: words of the language, numbers, colours and known
 * functions stay; strings, addresses and made-up names do not, each with the few exceptions a page needs to
 * look right.
 */

import { words } from '../word-set.js';
import type { CssJudge } from './css-judge.js';
import { genericFamilies } from './css-judge.js';
import type { CssToken } from './css-tokenizer.js';
import { DEEPEST_PARENTHESES } from './css-tokenizer.js';
import type { CssVocabulary } from './css-vocabulary.js';
import { isKnownFamily } from './font-families.js';

export type CssAssetKind = 'image' | 'font';

export interface CssEnvironment {
  readonly judge: CssJudge;
  readonly vocabulary: CssVocabulary;
  /** What an address is replaced with: `alongside-asset:<hash>`, or undefined when there is nothing to show. */
  asset(url: string, kind: CssAssetKind): string | undefined;
  /** Whether a custom property of this name may be set here. */
  isCustomProperty(name: string): boolean;
  /** The id that stands for an element of the page which the CSS points at (`url(#shadow)`). */
  fragment(id: string): string;
}

const functions = words(`
  var env calc calc-size min max clamp round mod rem abs sign sin cos tan asin acos atan atan2 pow sqrt hypot log
  exp progress scroll view sibling-index sibling-count rgb rgba hsl hsla hwb lab lch oklab oklch color
  color-mix light-dark linear-gradient radial-gradient conic-gradient repeating-linear-gradient
  repeating-radial-gradient repeating-conic-gradient translate translatex translatey translatez
  translate3d scale scalex scaley scalez scale3d rotate rotatex rotatey rotatez rotate3d skew skewx
  skewy matrix matrix3d perspective blur brightness contrast drop-shadow grayscale hue-rotate invert
  opacity saturate sepia cubic-bezier steps linear minmax repeat fit-content counter counters inset
  circle ellipse polygon rect xywh anchor anchor-size`);

const units = words(`
  % px em rem ex ch cap ic lh rlh vw vh vmin vmax vi vb svw svh svmin svmax lvw lvh lvmin lvmax dvw dvh
  dvmin dvmax cm mm in pt pc q deg rad grad turn s ms hz khz dpi dpcm dppx x fr cqw cqh cqi cqb cqmin
  cqmax`);

const colourHash = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
/** Grid areas are names for places; a style sheet may draw them with words. */
const gridAreas = /^[\w .\t\n-]*$/;
const gridProperties = new Set(['grid', 'grid-template', 'grid-template-areas']);
/** Axes and features of fonts have names of four signs. */
const axes = words(`wght wdth slnt ital opsz fill grad rond liga kern calt tnum lnum onum pnum zero frac smcp
  ss01 ss02 ss03 cv01 cv02 cv05 cv11`);
const fontProperties = new Set(['font', 'font-family']);
/** Numbers in CSS are at most what layout can hold; more digits could spell something else. */
const LARGEST = 2 ** 31;
/** What counters count is read as text: items and pages, but no amount. */
const LARGEST_COUNT = 999;
/** In custom properties, which need not be about layout. */
const MOST_DIGITS = 6;
/** In the place of what is counted from a number that a script may have put there. */
const MASKED_COUNT = '"\u2588\u2588\u2588"';
const LONGEST_VALUE = 4000;

/** The value that may be shown, with its priority, or undefined when the declaration is dropped. */
export function maskDeclaration(
  name: string,
  value: readonly CssToken[],
  environment: CssEnvironment,
): string | undefined {
  const property = name.startsWith('--') ? name : name.toLowerCase();
  if (!/^-{0,2}[A-Za-z_][\w-]*$/.test(property) || property === 'quotes') return undefined;
  if (property.startsWith('--') && !environment.isCustomProperty(property)) return undefined;
  const { tokens, important } = splitPriority(value);
  const text = new DeclarationMasking(property, tokens, environment).run()?.trim();
  if (text === undefined || text === '' || text.length > LONGEST_VALUE) return undefined;
  // A custom property takes anything; every other declaration must be one the browser knows.
  if (!property.startsWith('--') && !environment.judge.isValid(property, text)) return undefined;
  return important ? `${text} !important` : text;
}

function splitPriority(value: readonly CssToken[]): { tokens: readonly CssToken[]; important: boolean } {
  const last = value.findLastIndex((token) => token.kind !== 'space');
  const word = value[last];
  const bang = value.findLastIndex((token, index) => index < last && token.kind !== 'space');
  const important =
    word?.kind === 'ident' && word.value.toLowerCase() === 'important' && value[bang]?.text === '!';
  return important ? { tokens: value.slice(0, bang), important } : { tokens: value, important };
}

class DeclarationMasking {
  readonly #property: string;
  readonly #tokens: readonly CssToken[];
  readonly #environment: CssEnvironment;
  /** Whether the browser's parser vouches for the words; else each has to be known by itself. */
  readonly #strict: boolean;
  /** A font that nobody knows can be any other; a custom property that ends like a list of fonts is one. */
  readonly #isFonts: boolean;
  readonly #open: string[] = [];
  readonly #out: string[] = [];

  constructor(property: string, tokens: readonly CssToken[], environment: CssEnvironment) {
    this.#property = property;
    this.#tokens = tokens;
    this.#environment = environment;
    const last = tokens.findLast((token) => token.kind !== 'space')?.value.toLowerCase() ?? '';
    this.#isFonts = fontProperties.has(property) || (property.startsWith('--') && genericFamilies.has(last));
    this.#strict =
      property.startsWith('--') ||
      tokens.some((token) => token.kind === 'function' && /^(?:var|env)$/i.test(token.value)) ||
      // The lines of a grid may have any name.
      tokens.some((token) => token.text === '[') ||
      environment.judge.takesAnyName(property);
  }

  run(): string | undefined {
    for (let index = 0; index < this.#tokens.length; index += 1) {
      const token = this.#tokens[index];
      if (token === undefined) break;
      const skipTo = token.kind === 'function' ? this.#replacedFunction(index, token) : undefined;
      if (skipTo !== undefined) {
        index = skipTo;
        continue;
      }
      const shown = this.#shown(token);
      if (shown === undefined) return undefined;
      this.#out.push(shown);
    }
    return this.#open.length === 0 ? this.#out.join('') : undefined;
  }

  #shown(token: CssToken): string | undefined {
    switch (token.kind) {
      case 'space':
        return ' ';
      case 'number':
        return this.#shownNumber(token);
      case 'hash':
        return colourHash.test(token.text) ? token.text : undefined;
      case 'ident':
        return this.#shownIdent(token.value);
      case 'string':
        return this.#shownString(token.value);
      case 'url':
        return this.#shownAddress(token.value);
      case 'function':
        return this.#opened(token.value);
      case 'delimiter':
        return this.#shownDelimiter(token.text);
      default:
        return undefined;
    }
  }

  #shownIdent(word: string): string | undefined {
    if (!/^-{0,2}[A-Za-z_][\w-]*$/.test(word)) return undefined;
    if (word.startsWith('--')) return this.#open.at(-1) === 'var' ? word : undefined;
    if (!this.#strict) return word;
    const { judge, vocabulary } = this.#environment;
    if (vocabulary.knows(`@${word}`) || judge.isWord(word) || isKnownFamily(word, vocabulary)) return word;
    return this.#isFonts ? this.#unknownFamily() : undefined;
  }

  #shownString(content: string): string | undefined {
    if (this.#property === 'content') return isSymbol(content) ? JSON.stringify(content) : '""';
    if (gridProperties.has(this.#property) && this.#areAreas(content)) return JSON.stringify(content);
    if (/^font-(?:variation|feature)-settings$/.test(this.#property))
      return axes.has(content.toLowerCase()) ? JSON.stringify(content) : undefined;
    if (isKnownFamily(content, this.#environment.vocabulary)) return JSON.stringify(content);
    return this.#isFonts ? this.#unknownFamily() : undefined;
  }

  #areAreas(content: string): boolean {
    const { vocabulary } = this.#environment;
    const areas = content.split(/\s+/).filter((area) => !/^\.*$/.test(area));
    return gridAreas.test(content) && areas.every((area) => vocabulary.knows(`@${area}`));
  }

  #shownNumber(token: CssToken): string | undefined {
    const value = Number(token.value);
    if (!Number.isFinite(value) || Math.abs(value) > LARGEST) return undefined;
    if (token.unit !== '' && !units.has(token.unit.toLowerCase())) return undefined;
    if (this.#property.startsWith('counter-') && Math.abs(value) > LARGEST_COUNT) return undefined;
    const sign = token.value.startsWith('+') ? '+' : '';
    const digits = this.#property.startsWith('--') ? MOST_DIGITS : 10;
    return `${sign}${Number(value.toPrecision(digits))}${token.unit}`;
  }

  /** A font that is not known by name is one more sans-serif; two in a row (unquoted words) are one. */
  #unknownFamily(): string {
    const last = this.#out.findLast((text) => text.trim() !== '');
    return last === 'sans-serif' ? '' : 'sans-serif';
  }

  #shownAddress(url: string): string | undefined {
    const fragment = /^#([A-Za-z_][\w-]*)$/.exec(url)?.[1];
    if (fragment !== undefined) return `url("#${this.#environment.fragment(fragment)}")`;
    const shown = this.#environment.asset(url, 'image');
    if (shown !== undefined) return `url("${shown}")`;
    if (this.#property === 'content') return '""';
    return /^(?:background|list-style|mask|border-image|-webkit-mask)/.test(this.#property)
      ? 'none'
      : undefined;
  }

  #opened(name: string): string | undefined {
    const lower = name.toLowerCase();
    // What is counted from a variable or a sum may be any number of this visitor's, which a sheet of before may draw.
    if (!functions.has(lower) || this.#property.startsWith('counter-')) return undefined;
    return this.#deeper(lower) ? `${lower}(` : undefined;
  }

  #deeper(name: string): boolean {
    return this.#open.push(name) <= DEEPEST_PARENTHESES;
  }

  #shownDelimiter(text: string): string | undefined {
    if (text === ')') return this.#open.pop() === undefined ? undefined : ')';
    if (text === '(') {
      return this.#deeper('(') ? '(' : undefined;
    }
    return ',/+-*[]'.includes(text) ? text : undefined;
  }

  /** `url("…")`, `attr(…)` and what counts something private are replaced whole; answers where they close. */
  #replacedFunction(index: number, token: CssToken): number | undefined {
    const close = this.#tokens.findIndex((other, at) => at > index && other.text === ')');
    const inside = this.#tokens.slice(index + 1, close);
    const shown = close === -1 ? undefined : this.#replacement(token.value.toLowerCase(), inside);
    if (shown === undefined) return undefined;
    this.#out.push(shown);
    return close;
  }

  #replacement(name: string, inside: readonly CssToken[]): string | undefined {
    if (name === 'url') return this.#shownAddress(inside.find(({ kind }) => kind === 'string')?.value ?? '');
    if (this.#property !== 'content') return undefined;
    if (name === 'attr') return '""';
    const counter = /^counters?$/.test(name) ? inside.find(({ kind }) => kind === 'ident') : undefined;
    const isTold = counter !== undefined && this.#environment.vocabulary.knows(`told:${counter.value}`);
    return isTold ? MASKED_COUNT : undefined;
  }
}

/** Generated content is kept when it can only be a sign: an icon font's code point, an arrow, a bullet. */
function isSymbol(content: string): boolean {
  return content.length <= 4 && !/[\p{L}\p{N}]/u.test(content);
}
