/** 256 random bits as text, for passes and sessions. A UUID is held as the twenty pieces it is put together of. */

import { randomBytes } from 'node:crypto';

export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
