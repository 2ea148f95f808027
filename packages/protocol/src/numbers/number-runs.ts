/** Finds runs of signs that people part into groups, and reads them without what parts them. */

/** What is found, in signs of the text. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** What may stand between two signs of one number. */
export const GAP = '[ .-]{0,3}';
const gap = /[ .-]/;

/** A run without what parts it, and where each of its signs stands in the text. */
export interface SignRun {
  readonly signs: string;
  readonly places: readonly number[];
}

export function signRun(text: string, span: TextSpan): SignRun {
  const places: number[] = [];
  let signs = '';
  for (let at = span.start; at < span.end; at += 1) {
    const sign = text.charAt(at);
    if (gap.test(sign)) continue;
    signs += sign;
    places.push(at);
  }
  return { signs, places };
}

/** The part of a run in signs of the text. */
export function spanIn(run: SignRun, start: number, length: number): TextSpan {
  return { start: run.places[start] ?? 0, end: (run.places[start + length - 1] ?? -1) + 1 };
}

/**
 * Every place where a pattern matches, also within an earlier match: what begins like one number may hold
 * another. The pattern must be global.
 */
export function* matchesOf(text: string, pattern: RegExp): Generator<TextSpan> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    yield { start: match.index, end: match.index + match[0].length };
    pattern.lastIndex = match.index + 1;
  }
}
