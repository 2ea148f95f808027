/**
 * Sealing and opening one frame: AES-256-GCM under a key that one sender holds for one epoch.
 *
 * The IV is made of lane, epoch and sequence and is never sent. It is unique because a key belongs to one
 * sender and one epoch, and each lane counts upwards. The additional data is the clear header, who sealed and
 * the engagement, so that no relay can move a frame to another place, slot, sender or engagement.
 */

import type { FrameHeader, FrameLane, Party } from '@alongside/protocol';
import { FRAME_HEADER_BYTES, frameLane, INTENT_HEADER_BYTES, readFrameHeader } from '@alongside/protocol';
import type { Bytes } from './bytes.js';
import { concatBytes, utf8 } from './bytes.js';

/** Bytes that sealing adds to a body. */
export const SEAL_BYTES = 16;
export const RAW_KEY_BYTES = 32;

/** Who sealed, and for which engagement. */
export interface SealContext {
  readonly engagement: string;
  readonly sender: Party;
}

const laneCodes = { stream: 1, direct: 2, none: 3 } as const satisfies Record<FrameLane, number>;
const senderCodes = { visitor: 1, agent: 2 } as const satisfies Record<Party, number>;

/** Takes a raw 256-bit key into WebCrypto; it cannot be read out again. */
export function importSealingKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** The whole frame: the header's bytes and the sealed body. */
export async function sealFrame(
  key: CryptoKey,
  parts: { readonly header: Bytes; readonly plain: Bytes },
  context: SealContext,
): Promise<Bytes> {
  const sealed = await crypto.subtle.encrypt(parameters(parts.header, context), key, parts.plain);
  return concatBytes(parts.header, new Uint8Array(sealed));
}

/** The plain body, or undefined when the frame is not authentic in this context. */
export async function openFrame(
  key: CryptoKey,
  frame: Bytes,
  context: SealContext,
): Promise<Bytes | undefined> {
  const header = readFrameHeader(frame);
  if (header === undefined) return undefined;
  const length = headerLength(header);
  if (frame.byteLength < length + SEAL_BYTES) return undefined;
  try {
    const algorithm = parameters(frame.subarray(0, length), context);
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, frame.subarray(length)));
  } catch {
    // WebCrypto says only that it failed, which here has one meaning: not sealed by this sender for this place.
    return undefined;
  }
}

function headerLength(header: FrameHeader): number {
  return header.kind === 'intent' ? INTENT_HEADER_BYTES : FRAME_HEADER_BYTES;
}

function parameters(headerBytes: Bytes, context: SealContext): AesGcmParams {
  const header = readFrameHeader(headerBytes);
  if (header === undefined) throw new TypeError('Only a frame with a header can be sealed.');
  return {
    name: 'AES-GCM',
    iv: ivOf(header),
    additionalData: concatBytes(
      asSealed(headerBytes, header),
      Uint8Array.of(senderCodes[context.sender]),
      utf8(context.engagement),
    ),
  };
}

function ivOf(header: FrameHeader): Bytes {
  const iv = new Uint8Array(12);
  const view = new DataView(iv.buffer);
  view.setUint8(0, laneCodes[frameLane(header.kind)]);
  view.setUint32(4, header.epoch);
  view.setUint32(8, header.sequence);
  return iv;
}

/** A frame of the ring was sealed for everybody: its flag and its new address came later and are not covered. */
function asSealed(headerBytes: Bytes, header: FrameHeader): Bytes {
  if (!header.resend) return headerBytes;
  const original = headerBytes.slice();
  original[1] = 0;
  original[2] = 0;
  original[3] = 0;
  return original;
}
