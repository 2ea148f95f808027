/** Shows a font's rule only with a source that the replay can load: without one it would change nothing. */

import { words } from '../word-set.js';
import type { CssEnvironment } from './css-declaration.js';
import type { CssToken } from './css-tokenizer.js';

export interface RawDeclaration {
  readonly name: string;
  readonly value: readonly CssToken[];
}

const descriptors = words(`
  font-weight font-style font-stretch font-display ascent-override descent-override line-gap-override
  size-adjust`);
const LONGEST_FAMILY = 64;

/** The rule as text, or undefined when there is nothing to load. */
export function maskFontFace(
  declarations: readonly RawDeclaration[],
  environment: CssEnvironment,
): string | undefined {
  const shown = new Map<string, string>();
  for (const { name, value } of declarations) {
    const text = shownDescriptor(name, value, environment);
    if (text !== undefined) shown.set(name, text);
  }
  if (!shown.has('src')) return undefined;
  return `@font-face{${[...shown].map(([name, text]) => `${name}:${text};`).join('')}}`;
}

function shownDescriptor(
  name: string,
  value: readonly CssToken[],
  environment: CssEnvironment,
): string | undefined {
  const text = value
    .map((token) => token.text)
    .join('')
    .trim();
  if (name === 'src') return shownSource(value, environment);
  if (name === 'font-family') {
    const quoted = value.find((token) => token.kind === 'string')?.value;
    return JSON.stringify((quoted ?? text).slice(0, LONGEST_FAMILY));
  }
  if (name === 'unicode-range') return /^[U\da-f+?, -]+$/i.test(text) ? text : undefined;
  return descriptors.has(name) && /^[\w\s.%-]{1,40}$/.test(text) ? text : undefined;
}

function shownSource(value: readonly CssToken[], environment: CssEnvironment): string | undefined {
  for (const [index, token] of value.entries()) {
    if (token.kind !== 'url' && !isQuotedAddress(value, index)) continue;
    const reference = environment.asset(token.value, 'font');
    if (reference !== undefined) return `url("${reference}")`;
  }
  return undefined;
}

function isQuotedAddress(value: readonly CssToken[], index: number): boolean {
  const before = value.findLast((token, at) => at < index && token.kind !== 'space');
  return value[index]?.kind === 'string' && before?.kind === 'function' && /^url$/i.test(before.value);
}
