/** The first message of a DTLS handshake, as a browser begins one for media (RFC 6347, RFC 5764). */

import { randomBytes } from 'node:crypto';

const numbers = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value, at * 2);
  return bytes;
};
/** Behind its length in so many bytes. */
const counted = (lengthBytes: number, body: Buffer): Buffer => {
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(body.length, 0, lengthBytes);
  return Buffer.concat([length, body]);
};
const extension = (type: number, body: Buffer): Buffer => Buffer.concat([numbers(type), counted(2, body)]);

const VERSION = 0xfefd;
const CIPHERS = numbers(0xc02b, 0xc02f, 0xc02c, 0xc030);
const EXTENSIONS = Buffer.concat([
  // Curves, the shape of their points, signatures, and the ciphers of media that follow.
  extension(10, counted(2, numbers(0x001d, 0x0017))),
  extension(11, counted(1, Buffer.from([0]))),
  extension(13, counted(2, numbers(0x0403, 0x0804, 0x0401))),
  extension(14, Buffer.concat([counted(2, numbers(0x0007, 0x0008)), Buffer.from([0])])),
  extension(23, Buffer.alloc(0)),
]);

export function clientHello(): Buffer {
  const nothing = counted(1, Buffer.alloc(0));
  const body = Buffer.concat([
    ...[numbers(VERSION), randomBytes(32)],
    // No session to go on with and no cookie; one way to compress, which is none.
    ...[nothing, nothing, counted(2, CIPHERS), Buffer.from([1, 0]), counted(2, EXTENSIONS)],
  ]);
  const length = counted(3, body).subarray(0, 3);
  // The first message, whole: its number, where the fragment begins and how long it is.
  const message = Buffer.concat([Buffer.from([1]), length, numbers(0), Buffer.alloc(3), length, body]);
  return Buffer.concat([Buffer.from([22]), numbers(0xfeff), Buffer.alloc(8), counted(2, message)]);
}
