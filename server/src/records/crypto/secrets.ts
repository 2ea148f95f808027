/** Random secrets that are handed out once, and the hashes that are kept of them. */

import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, base64url. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A secret of full entropy needs no salt and no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'ascii').digest('base64url');
}
