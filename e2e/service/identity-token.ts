/** What a customer's own server would have: a key pair, and a token for whoever has signed in with it. */

import { generateKeyPairSync, sign } from 'node:crypto';

export class IdentitySigner {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

  /** For the site's settings. */
  get publicKey(): string {
    return this.#keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  token(about: { readonly site: string; readonly engagementId: string; readonly who: string }): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ aud: about.site, sub: about.who, jti: about.engagementId },
      ...{ iat: now, exp: now + 60 },
    };
    const header = { alg: 'ES256', typ: 'alongside-identity+jwt' };
    const body = [header, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const key = { key: this.#keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`;
  }
}
