/** Keeps style text from naming anything outside of the sealed stream. The replay's policy forbids it as well. */

import { assetHashes } from './asset-reference.js';
import { eventLimits, GrammarError } from './event-limits.js';

const IMPORT = /@(?:import|charset|namespace|-moz-document)\b[^;{}]*;?/gi;
const ADDRESS = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))\s*\)/gi;
const SAFE_ADDRESS =
  /^(?:alongside-asset:[A-Za-z0-9_-]{43}|#[\w-]*|data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,].*|data:font\/\S+)$/is;
/** Functions that take an address as a bare string. */
const TAKES_STRINGS = /\b(?:-webkit-)?image-set\(|\bsrc\(/i;
/** An escaped letter is the letter (CSS Syntax 4.3.7): what may not be named may not be named in this way either. */
const ESCAPED_LETTER =
  /\\\\|\\(?:0{0,4}([46][1-9a-f]|[57][0-9a])(?:\r\n|[ \t\r\n\f]|(?![0-9a-f]))|([g-z]))/gi;
const STRING = /(["'])((?:\\.|(?!\1)[^\\])*)\1/gs;
const NO_ADDRESS = /^(?:image\/[a-z+]+|[^/:\\]*)$/;

/** `found` is told every asset that the text asks for. */
export function safeCss(text: string, found: (hash: string) => void): string {
  if (text.length > eventLimits.styleLength) throw new GrammarError('tooLong');
  for (const hash of assetHashes(text)) found(hash);
  const named = text
    .replace(ESCAPED_LETTER, unescapeLetter)
    .replace(IMPORT, '')
    .replace(ADDRESS, (whole, double?: string, single?: string, bare?: string) =>
      SAFE_ADDRESS.test((double ?? single ?? bare ?? '').trim()) ? whole : 'url("")',
    );
  return TAKES_STRINGS.test(named) ? named.replace(STRING, safeString) : named;
}

function unescapeLetter(whole: string, code?: string, letter?: string): string {
  return letter ?? (code === undefined ? whole : String.fromCharCode(Number.parseInt(code, 16)));
}

function safeString(whole: string, _quote: string, inner: string): string {
  return NO_ADDRESS.test(inner) || SAFE_ADDRESS.test(inner.trim()) ? whole : '""';
}
