/**
 * Keeps style text from naming anything outside of the sealed stream. It reads the text token by token as a browser
 * does (CSS Syntax 4), since what is hidden by an escape, a comment or a missing end is an address all the same.
 * The replay's policy forbids every request as well.
 */

import { assetHashes } from './asset-reference.js';
import { eventLimits, GrammarError } from './event-limits.js';

/**
 * The tokens that matter; what lies between them is passed on. None of the alternatives can fail after it has begun,
 * so that the time is linear in the text whatever it holds.
 */
const TOKEN =
  /\/\*(?:.*?\*\/|.*)|"(?:[^"\\\r\n\f]|\\(?:\r\n|.))*["\\]?|'(?:[^'\\\r\n\f]|\\(?:\r\n|.))*['\\]?|@?(?:[-\w\u0080-\uffff]|\\(?:[0-9a-f]{1,6}(?:\r\n|[ \t\r\n\f])?|[^\r\n\f0-9a-f]))+\(?|[(){};]/gisy;
const NEXT = /["'@\w\-\u0080-\uffff\\(){};]|\/\*/g;
const ESCAPE = /\\(?:([0-9a-f]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|.))/gis;
const SAFE_ADDRESS =
  /^(?:alongside-asset:[A-Za-z0-9_-]{43}|#[\w-]*|data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,].*|data:font\/\S+)$/is;
/** Of what may stand as a bare string where an address could: the type of an image, or a word. */
const NO_ADDRESS = /^(?:image\/[a-z+]+|[^/:\\]*)$/;
/** No name that is looked for is longer, each of its letters escaped. */
const LONGEST_NAME = 256;
const SKIPPED_RULES = new Set(['@import', '@charset', '@namespace', '@-moz-document']);
/** Functions that take an address as a bare string. */
const TAKES_STRINGS = new Set(['image-set(', '-webkit-image-set(', 'image(', 'src(']);
/** Inside of those they would bring a string from elsewhere, where nobody took it for an address. */
const SUBSTITUTES = new Set(['var(', 'env(', 'attr(', 'if(']);

/** `found` is told every asset that the text asks for. */
export function safeCss(text: string, found: (hash: string) => void): string {
  if (text.length > eventLimits.styleLength) throw new GrammarError('tooLong');
  for (const hash of assetHashes(text)) found(hash);
  return new SafeCssReader(text).read();
}

class SafeCssReader {
  readonly #text: string;
  readonly #kept: string[] = [];
  /** Whether each open parenthesis is one in which strings are addresses. */
  readonly #open: boolean[] = [];
  #at = 0;
  #blocks = 0;
  /** While a rule is left out, how many parentheses were open before it. */
  #skipsFrom: number | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): string {
    while (this.#at < this.#text.length) {
      NEXT.lastIndex = this.#at;
      const next = NEXT.exec(this.#text)?.index ?? this.#text.length;
      this.#keep(this.#text.slice(this.#at, next));
      this.#at = next;
      TOKEN.lastIndex = next;
      const token = TOKEN.exec(this.#text)?.[0];
      // A backslash at the very end would escape what is put behind it.
      if (token === undefined)
        this.#keep(this.#take(1).replace(/\\$/, next + 1 < this.#text.length ? '\\' : ''));
      else this.#read(this.#take(token.length));
    }
    // What follows in another text of the same sheet must not be read as the inside of a function of this one.
    this.#endSkip();
    this.#keep(')'.repeat(this.#open.length));
    return this.#kept.join('');
  }

  #read(token: string): void {
    const first = token[0] ?? '';
    if (first === '"' || first === "'") this.#keep(this.#safeString(token));
    // What a comment says is drawn as nothing, and the replayer takes one of them for a command.
    else if (first === '/') this.#keep(token.length > 3 && token.endsWith('*/') ? '/**/' : '');
    else if (token === ';' || token === '{' || token === '}') this.#endOfPart(token);
    else if (token === ')') this.#close();
    else this.#readName(token);
  }

  #readName(token: string): void {
    const name = token.length > LONGEST_NAME ? '' : unescaped(token).toLowerCase();
    if (SKIPPED_RULES.has(name)) this.#skipRule();
    else if (name === 'url(') this.#keep(this.#safeUrl());
    else if (token.endsWith('(')) this.#openParenthesis(name, token);
    else this.#keep(token);
  }

  #skipRule(): void {
    // What stands before and behind it must not become one word.
    this.#keep('/**/');
    this.#skipsFrom ??= this.#open.length;
  }

  #openParenthesis(name: string, token: string): void {
    const isInside = this.#open.at(-1) === true;
    // An unknown function makes the browser leave out the whole declaration.
    this.#keep(isInside && SUBSTITUTES.has(name) ? 'withheld(' : token);
    this.#open.push(isInside || TAKES_STRINGS.has(name));
    this.#refuseDeep(this.#open.length);
  }

  #close(): void {
    // One that was open before a rule that is left out is not closed by what is in it.
    if (this.#open.length > (this.#skipsFrom ?? 0)) this.#open.pop();
    this.#keep(')');
  }

  /** A semicolon ends a rule that is left out, and goes with it; a block or its end does not. */
  #endOfPart(token: string): void {
    if (token === '{') this.#blocks += 1;
    if (token === '}') this.#blocks = Math.max(0, this.#blocks - 1);
    this.#refuseDeep(this.#blocks);
    const isSkipping = this.#skipsFrom !== undefined;
    const ends = token !== ';' || this.#open.length === this.#skipsFrom;
    if (isSkipping && ends) this.#endSkip();
    if (!isSkipping || token !== ';') this.#keep(token);
  }

  #refuseDeep(depth: number): void {
    if (depth > eventLimits.styleDepth) throw new GrammarError('tooDeep');
  }

  #endSkip(): void {
    if (this.#skipsFrom !== undefined) this.#open.length = this.#skipsFrom;
    this.#skipsFrom = undefined;
  }

  /** Of `url(` everything up to its end, as one of the two tokens that it may be. */
  #safeUrl(): string {
    const rest = /[ \t\r\n\f]*(?:"|')?/y;
    rest.lastIndex = this.#at;
    const isQuoted = /["']$/.test(rest.exec(this.#text)?.[0] ?? '');
    const from = this.#at;
    if (isQuoted) {
      this.#at = rest.lastIndex - 1;
      TOKEN.lastIndex = this.#at;
      this.#at += TOKEN.exec(this.#text)?.[0].length ?? 1;
    }
    const end = /(?:[^)\\]|\\(?:\r\n|.))*\)?/sy;
    end.lastIndex = this.#at;
    this.#at += end.exec(this.#text)?.[0].length ?? 0;
    const whole = this.#text.slice(from, this.#at);
    const isClosed = whole.endsWith(')') && backslashesBefore(whole, whole.length - 1) % 2 === 0;
    const inner = unescaped(whole.replace(/\)$/, '').trim());
    const quote = inner[0] === '"' || inner[0] === "'" ? inner[0] : '';
    const isEnded = isClosed && (quote === '' || (inner.length > 1 && inner.endsWith(quote)));
    const address = quote === '' ? inner : inner.slice(1, -1);
    return isEnded && SAFE_ADDRESS.test(address.trim()) ? `url(${whole}` : 'url("")';
  }

  #safeString(token: string): string {
    const quote = token[0] ?? '"';
    const isEscaped = backslashesBefore(token, token.length - 1) % 2 === 1;
    const isEnded = token.length > 1 && token.endsWith(quote) && !isEscaped;
    const inner = token.slice(1, isEnded ? -1 : undefined);
    const mayStay = this.#open.at(-1) !== true || isHarmless(unescaped(inner));
    if (!mayStay) return `${quote}${quote}`;
    if (isEnded) return token;
    // A backslash with nothing behind it would escape the end that is put there.
    const isOpen = backslashesBefore(token, token.length) % 2 === 1;
    return `${isOpen ? token.slice(0, -1) : token}${quote}`;
  }

  #take(length: number): string {
    const taken = this.#text.slice(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  #keep(text: string): void {
    if (this.#skipsFrom === undefined) this.#kept.push(text);
  }
}

function backslashesBefore(text: string, end: number): number {
  let count = 0;
  while (text[end - 1 - count] === '\\') count += 1;
  return count;
}

function isHarmless(text: string): boolean {
  return NO_ADDRESS.test(text) || SAFE_ADDRESS.test(text.trim());
}

/** An escaped letter is the letter (CSS Syntax 4.3.7). */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (_, code?: string, one?: string) => {
    if (code === undefined) return one === undefined || /^[\r\n\f]/.test(one) ? '' : one;
    const point = Number.parseInt(code, 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  });
}
