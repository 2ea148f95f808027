/** Tells which recorded events only say where the visitor's pointer is: those may wait for the next ones. */

import { eventType, isMove } from './masking/masked-event.js';
import { asRecord } from './masking/raw-record.js';

export function isPointerMove(event: unknown): boolean {
  const { type, data } = asRecord(event) ?? {};
  return type === eventType.incremental && isMove(asRecord(data)?.source);
}
