/** Names and passwords for a TURN server that knows a shared secret and no accounts. */

import { createHmac } from 'node:crypto';

/** They open an allocation for so long; one that is open goes on, and an ICE restart brings new ones. */
export const TURN_CREDENTIALS_MS = 600_000;

export interface TurnCredentials {
  readonly username: string;
  readonly credential: string;
}

/** `pseudonym` stands for an engagement: the relay counts by it and writes it down, so it is not the engagement's id. */
export function turnCredentials(secret: string, pseudonym: string, now: number): TurnCredentials {
  const username = `${Math.floor((now + TURN_CREDENTIALS_MS) / 1000)}:${pseudonym}`;
  // The relay's scheme fixes SHA-1, which is sound as a HMAC.
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
