/** Who a visitor is said to be counts only if the site's own key has signed it, for this engagement and just now. */

import { createHmac, generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { isIdentityKey, readIdentity } from './visitor-identity.js';

const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const now = Date.UTC(2026, 10, 22);
const second = now / 1000;
const engagementId = '11111111-1111-4111-8111-111111111111';
const siteKey = 'site_0123456789abcdefghijkl';
const claims = { aud: siteKey, sub: 'Mira Virtanen, 4711', jti: engagementId, iat: second, exp: second + 60 };
const header = { typ: 'alongside-identity+jwt', alg: 'ES256' } as const;

const sign = (changed: object = {}, { key = pair.privateKey, typ = header.typ as string } = {}) =>
  jwt.sign({ ...claims, ...changed }, key, { algorithm: 'ES256', header: { ...header, typ } });
const read = (token: string, identityKey: string | null = pem) =>
  readIdentity(token, { site: { siteKey, identityKey }, engagementId, now });
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

it('tells whom the customer has signed in', () => {
  expect(read(sign())).toBe('Mira Virtanen, 4711');
  expect(read(sign({ iat: second - 250, exp: second + 40 }))).toBe('Mira Virtanen, 4711');
  expect(read(sign({ more: 'claims of their own' }))).toBe('Mira Virtanen, 4711');
});

describe('a token tells nothing', () => {
  const unsigned = `${encoded({ ...header, alg: 'none' })}.${encoded(claims)}.`;
  const body = `${encoded({ ...header, alg: 'HS256' })}.${encoded(claims)}`;
  const confused = `${body}.${createHmac('sha256', pem).update(body).digest('base64url')}`;
  const [head = '', , signature = ''] = sign().split('.');
  it.each([
    ['of another key', sign({}, { key: other.privateKey })],
    ['without a signature', unsigned],
    ['that takes the public key for a secret', confused],
    ['whose claims were changed', `${head}.${encoded({ ...claims, sub: 'Somebody else' })}.${signature}`],
    ['of another site', sign({ aud: 'site_abcdefghijkl0123456789' })],
    ['of another engagement', sign({ jti: '22222222-2222-4222-8222-222222222222' })],
    ['of another kind', sign({}, { typ: 'JWT' })],
    ['that is over', sign({ iat: second - 120, exp: second - 60 })],
    ['that is not yet', sign({ iat: second + 60, exp: second + 120 })],
    ['that lives too long', sign({ exp: second + 301 })],
    ['about nobody', sign({ sub: ' ' })],
    ['about somebody with too long a name', sign({ sub: 'x'.repeat(121) })],
    ['that is none', 'abc'],
  ])('%s', (_what, token) => {
    expect(read(token)).toBeUndefined();
  });

  it('where the site has no key', () => {
    expect(read(sign(), null)).toBeUndefined();
  });
});

it('takes public keys of the one curve, and nothing else', () => {
  const edwards = generateKeyPairSync('ed25519');
  const big = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const spki = { type: 'spki', format: 'pem' } as const;
  const secret = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect([pem, ` ${pem}\n`].map(isIdentityKey)).toEqual([true, true]);
  const wrong = [secret, `${pem}${secret}`, '', 'a key', pem.slice(0, 60)];
  const others = [edwards, big].map(({ publicKey }) => publicKey.export(spki).toString());
  expect([...wrong, ...others].map(isIdentityKey)).toEqual(Array(7).fill(false));
});
