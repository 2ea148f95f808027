/** One image, font or style of the visitor's page on its way to an agent, named by the hash of its bytes. */

import type { Bytes } from './bytes.js';
import { concatBytes, equalBytes, fromBase64url, fromJson, sha256, utf8 } from './bytes.js';
import { HASH_BYTES } from './key-agreement.js';

export interface PageAsset {
  /** SHA-256 of the bytes, base64url. */
  readonly hash: string;
  readonly contentType: string;
  /** Without bytes the asset is not to be had, and asking again is of no use. */
  readonly bytes: Bytes | undefined;
}

const CONTENT_TYPE = /^[a-z]+\/[a-z0-9.+-]{1,60}$/;

/** Length of the description u16 · description in JSON · bytes. */
export function writeAsset(asset: PageAsset): Bytes {
  const missing = asset.bytes === undefined ? { missing: true } : {};
  const description = utf8(JSON.stringify({ hash: asset.hash, type: asset.contentType, ...missing }));
  const length = Uint8Array.of(description.byteLength >> 8, description.byteLength & 0xff);
  return concatBytes(length, description, asset.bytes ?? new Uint8Array(0));
}

/** Reads an asset and checks that it is the one it says; undefined when it is not. */
export async function readAsset(plain: Bytes): Promise<PageAsset | undefined> {
  const length = ((plain[0] ?? 0) << 8) | (plain[1] ?? 0);
  const description = fromJson(plain.subarray(2, 2 + length));
  if (typeof description !== 'object' || description === null) return undefined;
  const { hash, type, missing } = description as Record<string, unknown>;
  const expected = fromBase64url(hash, HASH_BYTES);
  if (expected === undefined || typeof hash !== 'string') return undefined;
  if (typeof type !== 'string' || !CONTENT_TYPE.test(type)) return undefined;
  if (missing === true) return { hash, contentType: type, bytes: undefined };
  const bytes = plain.slice(2 + length);
  return equalBytes(await sha256(bytes), expected) ? { hash, contentType: type, bytes } : undefined;
}
