/** The secret that lets a page come back to its engagement, and what the service is told of it. */

import type { EngagementId } from '@alongside/protocol';
import type { ReturnEntry } from '../../return/return-store.js';

const SECRET_BYTES = 32;

export function createReturnEntry(): ReturnEntry {
  return {
    // The page names the engagement itself, so that asking twice for the same one is harmless.
    engagementId: crypto.randomUUID() as EngagementId,
    secret: base64url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))),
  };
}

/** The service keeps this only: whoever reads its memory cannot come back in the visitor's place. */
export async function hashReturnSecret(secret: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
