/** Cuts CSS text into tokens, as far as masking needs to tell structure from content. */

export type CssTokenKind =
  | 'space'
  | 'ident'
  /** An identifier and its opening parenthesis; `value` is the name alone. */
  | 'function'
  | 'at'
  | 'hash'
  /** `value` is the unescaped content. */
  | 'string'
  /** An unquoted address; `value` is the address. */
  | 'url'
  /** A number with its unit in `unit`, which is `%`, a name or empty. */
  | 'number'
  | 'delimiter'
  /** What no grammar allows: the declaration or rule around it is dropped. */
  | 'bad';

export interface CssToken {
  readonly kind: CssTokenKind;
  /** As written, comments apart. */
  readonly text: string;
  readonly value: string;
  readonly unit: string;
}

const comment = /\/\*[\s\S]*?(?:\*\/|$)/y;
const space = /[ \t\n\r\f]+/y;
const doubleQuoted = /"((?:[^"\\\n\r\f]|\\(?:\r\n|[\s\S]))*)"/y;
const singleQuoted = /'((?:[^'\\\n\r\f]|\\(?:\r\n|[\s\S]))*)'/y;
const unquotedUrl = /url\([ \t\n\r\f]*((?:[^"'()\\ \t\n\r\f]|\\[^\n\r\f])*)[ \t\n\r\f]*\)/iy;
const escapeSequence = '\\\\(?:[0-9A-Fa-f]{1,6}[ \\t\\n\\r\\f]?|[^\\n\\r\\f0-9A-Fa-f])';
const nameCharacters = `(?:[\\w\\u0080-\\uffff-]|${escapeSequence})`;
const identifier = new RegExp(
  `(?:--|-?(?:[A-Za-z_\\u0080-\\uffff]|${escapeSequence}))${nameCharacters}*`,
  'y',
);
const name = new RegExp(`${nameCharacters}+`, 'y');
const number = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;

/** Parentheses in each other: what nests deeper is no sheet that somebody wrote, and slow to read for every browser. */
export const DEEPEST_PARENTHESES = 32;

export function isTooDeep(tokens: readonly CssToken[]): boolean {
  let depth = 0;
  return tokens.some(({ kind, text }) => {
    if (kind === 'function' || text === '(') depth += 1;
    // One that closes nothing does not make room for others.
    else if (text === ')') depth = Math.max(0, depth - 1);
    return depth > DEEPEST_PARENTHESES;
  });
}

/** Resolves CSS escapes, so that `md\:flex` becomes the class the page's elements carry. */
export function unescapeCss(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:([0-9A-Fa-f]{1,6})(?:\r\n|[ \t\n\r\f])?|\r\n|([\s\S]))/g,
    (_whole, code: string | undefined, character: string | undefined) => {
      if (code === undefined) return character === undefined || character === '\n' ? '' : character;
      const point = Number.parseInt(code, 16);
      return point === 0 || point > 0x10ffff ? '�' : String.fromCodePoint(point);
    },
  );
}

/** The tokens of a text, in order; comments are left out. */
export function tokenizeCss(text: string): CssToken[] {
  const tokens: CssToken[] = [];
  let position = 0;
  while (position < text.length) {
    const isComment = text.charAt(position) === '/' && text.charAt(position + 1) === '*';
    const commentEnd = isComment ? matchEnd(comment, text, position) : undefined;
    if (commentEnd !== undefined) {
      position = commentEnd;
      continue;
    }
    const token = readToken(text, position);
    tokens.push(token);
    position += token.text.length;
  }
  return tokens;
}

/** Most characters stand for themselves; the first one tells which pattern is worth trying. */
const alone = new Set('{}()[]:;,>~*=|^$!&<%?/`');

function readToken(text: string, at: number): CssToken {
  const first = text.charAt(at);
  if (alone.has(first)) return make('delimiter', first);
  const spaces = first <= ' ' ? matched(space, text, at) : undefined;
  if (spaces !== undefined) return make('space', spaces);
  if (first === '"' || first === "'") return readString(text, at, first);
  if ((first === 'u' || first === 'U') && matchEnd(unquotedUrl, text, at) !== undefined)
    return readUrl(text, at);
  if (first === '#') return readPrefixed('hash', name, text, at);
  if (first === '@') return readPrefixed('at', identifier, text, at);
  const digits =
    (first >= '0' && first <= '9') || '+-.'.includes(first) ? matched(number, text, at) : undefined;
  if (digits !== undefined) return readNumber(text, at, digits);
  return readName(text, at) ?? (first === '\\' ? make('bad', first) : make('delimiter', first));
}

function readName(text: string, at: number): CssToken | undefined {
  const ident = matched(identifier, text, at);
  if (ident === undefined) return undefined;
  const called = text.charAt(at + ident.length) === '(';
  return called
    ? make('function', `${ident}(`, unescapeCss(ident))
    : make('ident', ident, unescapeCss(ident));
}

function readString(text: string, at: number, quote: string): CssToken {
  const pattern = quote === '"' ? doubleQuoted : singleQuoted;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  // A string that does not end takes the rest of the text with it: nothing after it can be trusted.
  return match === null ? make('bad', text.slice(at)) : make('string', match[0], unescapeCss(match[1] ?? ''));
}

function readUrl(text: string, at: number): CssToken {
  unquotedUrl.lastIndex = at;
  const match = unquotedUrl.exec(text);
  return match === null ? make('bad', text.slice(at)) : make('url', match[0], unescapeCss(match[1] ?? ''));
}

function readPrefixed(kind: 'hash' | 'at', pattern: RegExp, text: string, at: number): CssToken {
  const following = matched(pattern, text, at + 1);
  if (following === undefined) return make('delimiter', text.charAt(at));
  return make(kind, text.charAt(at) + following, unescapeCss(following));
}

function readNumber(text: string, at: number, digits: string): CssToken {
  const next = at + digits.length;
  const unit = text.charAt(next) === '%' ? '%' : (matched(identifier, text, next) ?? '');
  return { kind: 'number', text: digits + unit, value: digits, unit };
}

function make(kind: CssTokenKind, text: string, value = text): CssToken {
  return { kind, text, value, unit: '' };
}

function matched(pattern: RegExp, text: string, at: number): string | undefined {
  const end = matchEnd(pattern, text, at);
  return end === undefined ? undefined : text.slice(at, end);
}

function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) && pattern.lastIndex > at ? pattern.lastIndex : undefined;
}
