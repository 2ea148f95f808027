/** Messages of STUN in bytes, as a client signs them (RFC 8489). */

import { createHmac, randomBytes } from 'node:crypto';

export type StunAttribute = readonly [type: number, value: Buffer];

const COOKIE = 0x2112_a442;
const INTEGRITY = 0x0008;
const SIGNATURE_BYTES = 20;

/** `transaction` as it lies in a header, behind the cookie that it begins with. */
export function stunMessage(
  method: number,
  attributes: readonly StunAttribute[],
  transaction?: Buffer,
): Buffer {
  const body = Buffer.concat(attributes.map(bytesOf));
  const header = Buffer.alloc(20);
  header.writeUInt16BE(method, 0);
  header.writeUInt16BE(body.length, 2);
  header.writeUInt32BE(COOKIE, 4);
  header.set(transaction?.subarray(4) ?? randomBytes(12), 8);
  return Buffer.concat([header, body]);
}

export function signedStun(message: Buffer, key: Buffer | string): Buffer {
  const sign = (before: Buffer) => createHmac('sha1', key).update(before).digest();
  return sealedStun(message, INTEGRITY, { bytes: SIGNATURE_BYTES, sealOf: sign });
}

/** With a last attribute that is made of everything before it, and of a length that counts it already. */
export function sealedStun(
  message: Buffer,
  type: number,
  { bytes, sealOf }: { readonly bytes: number; readonly sealOf: (before: Buffer) => Buffer },
): Buffer {
  const before = Buffer.from(message);
  before.writeUInt16BE(message.length - 20 + 4 + bytes, 2);
  return Buffer.concat([before, bytesOf([type, sealOf(before)])]);
}

function bytesOf([type, value]: StunAttribute): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  padded.set(value, 4);
  return padded;
}
