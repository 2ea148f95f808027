/** Reads what strace writes of a call: its strings as the bytes they were, and what a descriptor leads to. */

export interface QuotedBytes {
  /** What stands between the string before and this one. */
  readonly before: string;
  readonly bytes: Buffer;
  /** Longer than strace was told to write down. */
  readonly cut: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NAMED: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, a: 7, b: 8, e: 27 };
const OCTAL = /[0-7]{1,3}/y;
const HEX = /x([0-9a-f]{2})/y;

/** All of them in order: the pieces of a scattered write follow each other so. */
export function quotedStrings(text: string): readonly QuotedBytes[] {
  const found: QuotedBytes[] = [];
  let from = 0;
  for (let at = openingQuote(text, from); at !== -1; at = openingQuote(text, from)) {
    const { bytes, end } = readString(text, at + 1);
    found.push({ before: text.slice(from, at), bytes, cut: text.startsWith('...', end) });
    from = end;
  }
  return found;
}

/** A quote within the name of a file, where a descriptor leads to, is an escaped one. */
function openingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at > from && text.charCodeAt(at - 1) === BACKSLASH) at = text.indexOf('"', at + 1);
  return at;
}

/** `at` is behind the opening quote, `end` behind the closing one. */
function readString(text: string, at: number): { bytes: Buffer; end: number } {
  const bytes = Buffer.alloc(text.length - at);
  let length = 0;
  let next = at;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    if (code === QUOTE) return { bytes: bytes.subarray(0, length), end: next + 1 };
    if (code === BACKSLASH) {
      const escaped = readEscape(text, next + 1);
      bytes[length] = escaped.byte;
      next = escaped.end;
    } else {
      bytes[length] = code;
      next += 1;
    }
    length += 1;
  }
  return { bytes: bytes.subarray(0, length), end: next };
}

function readEscape(text: string, at: number): { byte: number; end: number } {
  OCTAL.lastIndex = at;
  const octal = OCTAL.exec(text)?.[0];
  if (octal !== undefined) return { byte: Number.parseInt(octal, 8) & 0xff, end: at + octal.length };
  HEX.lastIndex = at;
  const hex = HEX.exec(text)?.[1];
  if (hex !== undefined) return { byte: Number.parseInt(hex, 16), end: at + 3 };
  return { byte: NAMED[text.charAt(at)] ?? text.charCodeAt(at), end: at + 1 };
}

/** A descriptor as `-yy` shows it: `5</a/file>`, `7<TCP:[127.0.0.1:1->127.0.0.1:2]>`, `1</dev/null<char 1:3>>`. */
const DESCRIPTOR =
  /(-?\d+|AT_FDCWD)<((?:[A-Z][A-Za-z0-9-]*:\[[^<>]*(?:->[^<>]*)?\](?=>))|[^<>]*(?:<[^<>]*>)?)>(\(deleted\))?/;

/** Of the first argument that is a descriptor: what it leads to, and the rest of the text behind it. */
export function firstTarget(text: string): { readonly target: string; readonly rest: string } {
  const match = DESCRIPTOR.exec(text);
  if (match === null) return { target: '', rest: text };
  return { target: pathOf(match[2] ?? ''), rest: text.slice(match.index + match[0].length) };
}

/** Of each descriptor of the text, in order. */
export function targets(text: string): readonly string[] {
  return [...text.matchAll(new RegExp(DESCRIPTOR, 'g'))].map((match) => pathOf(match[2] ?? ''));
}

/** Without what strace says about the file; its name as text, with the characters that strace escapes in it. */
function pathOf(target: string): string {
  const path = target.replace(/<[^<>]*>$/, '');
  return path.startsWith('/') && path.includes('\\') ? unescaped(path) : path;
}

function unescaped(path: string): string {
  return quotedStrings(`"${path}"`)[0]?.bytes.toString('utf8') ?? path;
}

export interface SocketEnds {
  readonly localPort: number;
  readonly remotePort: number;
}

const ENDS = /^TCP(?:v6)?:\[.*:(\d+)->.*:(\d+)\]$/;

export function socketEnds(target: string): SocketEnds | undefined {
  const ends = ENDS.exec(target);
  return ends === null ? undefined : { localPort: Number(ends[1]), remotePort: Number(ends[2]) };
}
