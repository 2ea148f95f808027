/**
 * The plain body inside the seal: what the payload is, how long it really is, and padding up to a bucket, so
 * that the length of a frame says little about what is in it.
 *
 * Layout: flags u8 · [part varint · parts varint] · plain length varint · payload length varint · payload ·
 * zeros. A message too long for one frame is cut into parts that follow one another.
 */

import type { Bytes } from './bytes.js';
import { concatBytes } from './bytes.js';
import { SEAL_BYTES } from './sealing.js';

const PARTED = 0x01;
const DEFLATED = 0x02;
const KNOWN_FLAGS = PARTED | DEFLATED;
const SMALL_BUCKET = 32;
/** Flags and four varints at their longest. */
const PREFIX_BYTES = 21;

export interface FrameBody {
  readonly deflated: boolean;
  readonly part: number;
  readonly parts: number;
  /** Length of the whole message once inflated. */
  readonly plainLength: number;
  readonly payload: Bytes;
}

/** A payload to be sent, and what it becomes when it is inflated. */
export interface Payload {
  readonly deflated: boolean;
  readonly plainLength: number;
  readonly bytes: Bytes;
}

/**
 * The length that a body of this length is padded to: steps of 32 bytes, and above those of Padmé (of the bits of a
 * length as many stay as its exponent has), which say no more of a length than its size and a few bits.
 */
export function paddedLength(length: number): number {
  const exponent = Math.floor(Math.log2(Math.max(length, 2)));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const step = Math.max(SMALL_BUCKET, 2 ** (exponent - kept));
  return Math.ceil(length / step) * step;
}

/** Cuts a payload into padded bodies for frames of at most `frameBytes` with `headerBytes` in front. */
export function writeBodies(payload: Payload, frameBytes: number, headerBytes: number): Bytes[] {
  const room = frameBytes - headerBytes - SEAL_BYTES;
  const share = room - PREFIX_BYTES;
  const parts = Math.max(1, Math.ceil(payload.bytes.byteLength / share));
  return Array.from({ length: parts }, (_, part) => pad(writePart(payload, { part, parts, share }), room));
}

function writePart(
  payload: Payload,
  cut: { readonly part: number; readonly parts: number; readonly share: number },
): Bytes {
  const slice = payload.bytes.subarray(cut.part * cut.share, (cut.part + 1) * cut.share);
  const flags = (cut.parts > 1 ? PARTED : 0) | (payload.deflated ? DEFLATED : 0);
  const prefix = [flags];
  if (cut.parts > 1) prefix.push(...varint(cut.part), ...varint(cut.parts));
  prefix.push(...varint(payload.plainLength), ...varint(slice.byteLength));
  return concatBytes(Uint8Array.from(prefix), slice);
}

function pad(body: Bytes, room: number): Bytes {
  const padded = new Uint8Array(Math.min(paddedLength(body.byteLength), room));
  padded.set(body);
  return padded;
}

/** Reads a plain body; undefined when it is malformed. */
export function readBody(bytes: Bytes): FrameBody | undefined {
  const flags = bytes[0];
  if (flags === undefined || (flags & ~KNOWN_FLAGS) !== 0) return undefined;
  const numbers: number[] = [];
  let at = 1;
  for (let wanted = (flags & PARTED) === 0 ? 2 : 4; wanted > 0; wanted -= 1) {
    const read = readVarint(bytes, at);
    if (read === undefined) return undefined;
    numbers.push(read.value);
    at = read.next;
  }
  const [plainLength = 0, payloadLength = 0] = numbers.slice(-2);
  const [part = 0, parts = 1] = numbers.length === 4 ? numbers : [];
  if (at + payloadLength > bytes.byteLength || part >= parts) return undefined;
  const payload = bytes.subarray(at, at + payloadLength);
  return { deflated: (flags & DEFLATED) !== 0, part, parts, plainLength, payload };
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}

function readVarint(bytes: Bytes, from: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let at = from, scale = 1; at < from + 5; at += 1, scale *= 0x80) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, next: at + 1 };
  }
  return undefined;
}
