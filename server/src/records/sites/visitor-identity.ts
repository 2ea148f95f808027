/**
 * Checks what a customer's own server has signed about who a visitor is, with the key that an officer has named: an
 * ES256 JWT of at most five minutes, good for the one engagement that it names, so that it cannot be used again.
 */

import { createPublicKey, type KeyObject } from 'node:crypto';
import { EngagementId, limits, personName } from '@alongside/protocol';
import jwt from 'jsonwebtoken';
import * as v from 'valibot';
import type { SiteRow } from '../entities/site-entity.js';

const TYPE = 'alongside-identity+jwt';

const Second = v.pipe(v.number(), v.integer(), v.minValue(0));
const Claims = v.object({
  /** The site's public key. */
  aud: v.string(),
  /** Whom agents are told of, in the customer's words: a name, a number, or both. */
  sub: personName(limits.confirmedAsLength),
  /** The engagement that is about to begin. */
  jti: EngagementId,
  iat: Second,
  exp: Second,
});
type Claims = v.InferOutput<typeof Claims>;

/** Clocks of two machines may differ by this much. */
const LEEWAY_S = 30;

export interface IdentityAsked {
  readonly site: Pick<SiteRow, 'siteKey' | 'identityKey'>;
  readonly engagementId: string;
  readonly now: number;
}

/** Whom the token is about; undefined where it is not this site's, not of this engagement, or not in time. */
export function readIdentity(token: string, asked: IdentityAsked): string | undefined {
  const { site, engagementId, now } = asked;
  if (site.identityKey === null) return undefined;
  const claims = verified(token, site.identityKey, Math.floor(now / 1000));
  if (claims === undefined || claims.aud !== site.siteKey || claims.jti !== engagementId) return undefined;
  const livesLong = claims.exp - claims.iat > limits.identityTokenMs / 1000;
  const isEarly = claims.iat > now / 1000 + LEEWAY_S;
  return livesLong || isEarly ? undefined : claims.sub;
}

function verified(token: string, pem: string, clockTimestamp: number): Claims | undefined {
  try {
    const key = publicKeyOf(pem);
    if (key === undefined) return undefined;
    const { header, payload } = jwt.verify(token, key, {
      algorithms: ['ES256'],
      clockTimestamp,
      clockTolerance: LEEWAY_S,
      complete: true,
    });
    if (header.typ !== TYPE) return undefined;
    const parsed = v.safeParse(Claims, payload);
    return parsed.success ? parsed.output : undefined;
  } catch {
    // Forged, damaged and late tokens are all answered alike.
    return undefined;
  }
}

/** A public key and no private one: a customer who pastes the wrong file keeps their secret. */
export function isIdentityKey(pem: string): boolean {
  return publicKeyOf(pem) !== undefined;
}

function publicKeyOf(pem: string): KeyObject | undefined {
  if (!/^-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----$/.test(pem.trim()))
    return undefined;
  try {
    const key = createPublicKey(pem.trim());
    const isP256 = key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
    return key.asymmetricKeyType === 'ec' && isP256 ? key : undefined;
  } catch {
    return undefined;
  }
}
