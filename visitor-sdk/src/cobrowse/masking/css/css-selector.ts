/** Reads selectors: what they name is learnt, and what is no selector is refused. */

import type { CssToken } from './css-tokenizer.js';
import type { AttributeOperator, CssVocabulary } from './css-vocabulary.js';

const operators = new Set<string>(['', '=', '~=', '|=', '^=', '$=', '*=']);
const allowedDelimiters = new Set([...'.:,>+~*()[]=^$|&-']);
/** Longer attribute values in a selector are data, not names. */
const LONGEST_LITERAL = 64;

/** The selector as text after learning its names, or undefined when it is not one. */
export function maskSelector(tokens: readonly CssToken[], vocabulary: CssVocabulary): string | undefined {
  if (tokens.length === 0 || !tokens.every(isAllowed)) return undefined;
  let inAttribute = false;
  for (const [index, token] of tokens.entries()) {
    if (token.text === '[') {
      inAttribute = true;
      if (!learnAttribute(tokens, index, vocabulary)) return undefined;
    } else if (token.text === ']') {
      inAttribute = false;
    } else if (!inAttribute) {
      if (token.kind === 'string') return undefined;
      learnName(token, tokens[index - 1], vocabulary);
    }
  }
  return tokens
    .map((token) => (token.kind === 'space' ? ' ' : token.text))
    .join('')
    .trim();
}

function isAllowed(token: CssToken): boolean {
  if (token.kind === 'delimiter') return allowedDelimiters.has(token.text);
  return token.kind !== 'bad' && token.kind !== 'url' && token.kind !== 'at';
}

function learnName(token: CssToken, before: CssToken | undefined, vocabulary: CssVocabulary): void {
  if (token.kind === 'hash') vocabulary.learn(`#${token.value}`);
  if (token.kind !== 'ident') return;
  if (before?.text === '.') vocabulary.learn(`.${token.value}`);
  else if (before?.text !== ':') vocabulary.learn(`<${token.value.toLowerCase()}`);
}

/** Reads `[name op "literal" i]` from its bracket on. */
function learnAttribute(tokens: readonly CssToken[], open: number, vocabulary: CssVocabulary): boolean {
  const close = tokens.findIndex((token, index) => index > open && token.text === ']');
  if (close === -1) return false;
  const inner = tokens.slice(open + 1, close).filter((token) => token.kind !== 'space');
  const name = inner[0];
  if (name?.kind !== 'ident') return true;
  const operator = inner
    .filter((token) => token.kind === 'delimiter')
    .map((token) => token.text)
    .join('');
  const words = inner.slice(1).filter((token) => token.kind !== 'delimiter');
  const literal = words[0]?.value ?? '';
  if (!isOperator(operator) || literal.length > LONGEST_LITERAL) return false;
  const ignoreCase = words[1]?.value.toLowerCase() === 'i';
  vocabulary.learnAttribute(name.value, { operator, literal, ignoreCase });
  return true;
}

function isOperator(text: string): text is AttributeOperator {
  return operators.has(text);
}
