/**
 * What stands in for masked text. Every token has the same length, in characters and in bytes; how wide it is
 * drawn depends on the node's number alone, so that neither tells anything of the text.
 */

const BLOCK = '\u2588';
/** Takes no room; fills the narrow tokens up to the common length. */
const WORD_JOINER = '\u2060';
const LENGTH = 9;
const widths = [3, 5, 7, 9] as const;

const tokens = widths.map((width) => ` ${BLOCK.repeat(width)}${WORD_JOINER.repeat(LENGTH - width)} `);

/** The value that a masked field is shown with, whether or not anything is in it. */
export const MASKED_VALUE = BLOCK.repeat(6);

/** The stand-in for the text of one node. Numbers are given in the order in which nodes are met. */
export function maskToken(nodeId: number): string {
  // A multiplicative hash: neighbours get different widths, so that masked text looks like text.
  const bucket = (Math.imul(nodeId, 0x9e3779b1) >>> 30) % tokens.length;
  return tokens[bucket] ?? BLOCK;
}
