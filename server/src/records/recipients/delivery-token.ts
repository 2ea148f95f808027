/** Says to a store who sends, to whom, what and when: a signature over the request, which nothing else can use. */

import { createHash, randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { SigningKey } from '../crypto/signing-keys.js';

export const DELIVERY_TYPE = 'alongside-delivery+jwt';
const TOKEN_S = 60;

export interface Delivered {
  readonly method: string;
  readonly endpoint: string;
  readonly path: string;
  readonly body: string | undefined;
  readonly tenantId: string;
}

export interface DeliveryIssuer {
  readonly issuer: string;
  readonly key: SigningKey;
  /** Of the machine: the store judges the times by its own. */
  readonly clock: () => number;
}

export function deliveryToken(delivered: Delivered, { issuer, key, clock }: DeliveryIssuer): string {
  const { method, endpoint, path, body, tenantId } = delivered;
  const issuedAt = Math.floor(clock() / 1000);
  const payload = {
    iss: issuer,
    aud: endpoint,
    sub: tenantId,
    iat: issuedAt,
    exp: issuedAt + TOKEN_S,
    jti: randomUUID(),
    htm: method,
    htu: `${endpoint.replace(/\/$/, '')}${path.split('?')[0] ?? ''}`,
    bodySha256: createHash('sha256')
      .update(body ?? '', 'utf8')
      .digest('base64url'),
  };
  const header = { alg: 'ES256', typ: DELIVERY_TYPE } as const;
  return jwt.sign(payload, key.privateKey, { algorithm: 'ES256', keyid: key.kid, header });
}
