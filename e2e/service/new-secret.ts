/** Secrets of 256 bits, as a page makes them. */

import { randomBytes } from 'node:crypto';

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
