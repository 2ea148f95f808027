/** How a refusal travels in the close of the frames' WebSocket. */

import type { RefusalCode } from './refusal.js';
import { refusals } from './refusal.js';

/** The WebSocket close code that carries a refusal; the code's name is the close reason. */
export function frameCloseCode(code: RefusalCode): number {
  return 4000 + refusals[code].status;
}

/** The refusal in a close, or undefined when the connection was lost for another cause. */
export function readFrameClose(closeCode: number, reason: string): RefusalCode | undefined {
  if (!Object.hasOwn(refusals, reason)) return undefined;
  const code = reason as RefusalCode;
  return frameCloseCode(code) === closeCode ? code : undefined;
}
