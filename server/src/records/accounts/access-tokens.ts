/** Access tokens: ES256 JWTs of ten minutes that say who asks, and nothing of what they may do. */

import { limits } from '@alongside/protocol';
import jwt from 'jsonwebtoken';
import * as v from 'valibot';
import type { SigningKeys } from '../crypto/signing-keys.js';

const TYPE = 'alongside-access+jwt';
const ISSUER = 'alongside-records';
const AUDIENCE = 'alongside-console';

const Claims = v.object({
  sub: v.pipe(v.string(), v.uuid()),
  tenantId: v.pipe(v.string(), v.uuid()),
  familyId: v.pipe(v.string(), v.uuid()),
  exp: v.number(),
});

export interface AccessClaims {
  readonly personId: string;
  readonly tenantId: string;
  readonly familyId: string;
}

export class AccessTokens {
  readonly #keys: SigningKeys['accessTokens'];
  readonly #clock: () => number;

  constructor(keys: SigningKeys['accessTokens'], clock: () => number) {
    this.#keys = keys;
    this.#clock = clock;
  }

  issue({ personId, tenantId, familyId }: AccessClaims): { accessToken: string; expiresAt: number } {
    const [key] = this.#keys;
    const issuedAt = Math.floor(this.#clock() / 1000);
    const expiresAt = issuedAt + limits.accessTokenMs / 1000;
    const accessToken = jwt.sign({ tenantId, familyId, iat: issuedAt, exp: expiresAt }, key.privateKey, {
      algorithm: 'ES256',
      keyid: key.kid,
      header: { alg: 'ES256', typ: TYPE },
      issuer: ISSUER,
      audience: AUDIENCE,
      subject: personId,
    });
    return { accessToken, expiresAt: expiresAt * 1000 };
  }

  /** Undefined for whatever is not a token of ours that holds now. */
  verify(token: string): AccessClaims | undefined {
    for (const key of this.#keys) {
      try {
        const { header, payload } = jwt.verify(token, key.publicKey, {
          algorithms: ['ES256'],
          issuer: ISSUER,
          audience: AUDIENCE,
          clockTimestamp: Math.floor(this.#clock() / 1000),
          complete: true,
        });
        const claims = v.safeParse(Claims, payload);
        if (header.typ !== TYPE || !claims.success) return undefined;
        const { sub, tenantId, familyId } = claims.output;
        return { personId: sub, tenantId, familyId };
      } catch {
        // Another key may have signed it. A signature of a wrong length is no error of the library's own kind, so
        // no kind is looked for: the keys are right, and whatever fails is the token's fault.
      }
    }
    return undefined;
  }
}
