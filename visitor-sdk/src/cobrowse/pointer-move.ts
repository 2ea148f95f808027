/** Tells which recorded events only say where the visitor's pointer is: those may wait for the next ones. */

import { asRecord } from './masking/raw-record.js';

const INCREMENTAL = 3;
/** rrweb's numbers of positions of a mouse, of a finger, and of something that is dragged. */
const MOVES: ReadonlySet<unknown> = new Set([1, 6, 12]);

export function isPointerMove(event: unknown): boolean {
  const { type, data } = asRecord(event) ?? {};
  return type === INCREMENTAL && MOVES.has(asRecord(data)?.source);
}
