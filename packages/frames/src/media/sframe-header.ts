/**
 * The header of a sealed media frame as RFC 9605 writes it: which key, and which count of it.
 *
 * One byte of configuration, X KKK Y CCC: a number below 8 stands in its three bits, a larger one follows in the
 * fewest bytes that hold it, big-endian, and the three bits tell how many less one. Any other writing is refused, so
 * that a frame has one form only.
 */

import type { Bytes } from '../bytes.js';

/** Numbers stay exact in a double; a key seals far fewer frames. */
const MOST_BYTES = 6;

export interface SframeHeader {
  readonly keyId: number;
  readonly counter: number;
  readonly length: number;
}

export function writeSframeHeader(keyId: number, counter: number): Bytes {
  const key = fewestBytes(keyId);
  const count = fewestBytes(counter);
  return Uint8Array.of((configOf(keyId, key) << 4) | configOf(counter, count), ...key, ...count);
}

/** Undefined when no such header stands there. */
export function readSframeHeader(bytes: Uint8Array): SframeHeader | undefined {
  const config = bytes[0];
  if (config === undefined) return undefined;
  const key = readNumber(bytes, config >> 4, 1);
  const count = key && readNumber(bytes, config & 0x0f, key.end);
  return key && count && { keyId: key.value, counter: count.value, length: count.end };
}

function fewestBytes(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest > 0 && value > 7; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}

function configOf(value: number, bytes: readonly number[]): number {
  return bytes.length === 0 ? value : 0x08 | (bytes.length - 1);
}

function readNumber(
  bytes: Uint8Array,
  config: number,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  if ((config & 0x08) === 0) return { value: config, end: at };
  const end = at + (config & 0x07) + 1;
  if (end > bytes.byteLength || end - at > MOST_BYTES) return undefined;
  const value = bytes.subarray(at, end).reduce((sum, byte) => sum * 256 + byte, 0);
  return fewestBytes(value).length === end - at ? { value, end } : undefined;
}
