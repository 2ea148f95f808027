/** Reads an entry of Chromium's cache: a body that was sent compressed lies there as it was sent, without a mark. */

import { brotliDecompressSync, inflateRawSync } from 'node:zlib';

const HEAD = Buffer.from('305c72a71b6dfbfc', 'hex');
const END = Buffer.from('d8410d97456ffaf4', 'hex');
const HEAD_BYTES = 24;
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/** The body as it was before it was compressed; undefined for another file, or where a search sees it anyway. */
export function unpackedBody(file: Buffer): Buffer | undefined {
  if (!file.subarray(0, HEAD.length).equals(HEAD) || file.length < HEAD_BYTES) return undefined;
  const bodyAt = HEAD_BYTES + file.readUInt32LE(12);
  const bodyEnd = file.indexOf(END, bodyAt);
  if (bodyEnd === -1) return undefined;
  const coding = /content-encoding:\s*(br|deflate)/i.exec(file.toString('latin1', bodyEnd))?.[1];
  if (coding === undefined) return undefined;
  const unpack = coding.toLowerCase() === 'br' ? brotliDecompressSync : inflateRawSync;
  try {
    return unpack(file.subarray(bodyAt, bodyEnd), { maxOutputLength: BODY_LIMIT_BYTES });
  } catch {
    // Broken off, or zlib with a head of its own, which a search recognises.
    return undefined;
  }
}
