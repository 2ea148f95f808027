/** Signs tickets as `records` does, and wrongly where a test wants that. */

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { RecordsHello } from '@alongside/engagement';
import { limits, TICKET_ISSUER, TICKET_TYPE } from '@alongside/protocol';
import jsonwebtoken from 'jsonwebtoken';

export interface SignOptions {
  readonly audience: string;
  readonly now: number;
  readonly claims: object;
  readonly header?: Readonly<Record<string, unknown>>;
}

export class TicketSigner {
  readonly kid: string = randomUUID();
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  get ticketKeys(): RecordsHello['ticketKeys'] {
    const jwk = this.#keys.publicKey.export({ format: 'jwk' });
    return [{ kid: this.kid, jwk: { ...jwk } }];
  }

  /** The public key as PEM, for attacks that use it as an HMAC secret. */
  get publicPem(): string {
    return this.#keys.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  }

  sign({ audience, now, claims, header = {} }: SignOptions): string {
    const iat = Math.floor(now / 1000);
    const payload = {
      iss: TICKET_ISSUER,
      aud: audience,
      jti: randomUUID(),
      iat,
      nbf: iat,
      exp: iat + limits.ticketMs / 1000,
      ...claims,
    };
    // A claim that a test leaves out as undefined is not there at all.
    const claimsOnly = JSON.parse(JSON.stringify(payload)) as object;
    return jsonwebtoken.sign(claimsOnly, this.#keys.privateKey, {
      algorithm: 'ES256',
      keyid: this.kid,
      header: { alg: 'ES256', typ: TICKET_TYPE, ...header },
    });
  }
}
