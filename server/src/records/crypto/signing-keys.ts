/** The ES256 keys of tickets, of access tokens and of what is delivered: made once, kept in files that only this account may read. */

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicJwk: Readonly<Record<string, unknown>>;
}

/** Newest first: the first signs, all verify. */
export interface SigningKeys {
  readonly tickets: readonly [SigningKey, ...SigningKey[]];
  readonly accessTokens: readonly [SigningKey, ...SigningKey[]];
  readonly deliveries: readonly [SigningKey, ...SigningKey[]];
}

export function makeSigningKeys(): SigningKeys {
  return {
    tickets: [signingKey(makePrivateKey())],
    accessTokens: [signingKey(makePrivateKey())],
    deliveries: [signingKey(makePrivateKey())],
  };
}

/** Reads the keys of a private folder, and makes them where there are none yet. */
export async function provideSigningKeys(folder: string): Promise<SigningKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    tickets: [await provideKey(join(folder, 'ticket-key.pem'))],
    accessTokens: [await provideKey(join(folder, 'access-token-key.pem'))],
    deliveries: [await provideKey(join(folder, 'delivery-key.pem'))],
  };
}

async function provideKey(file: string): Promise<SigningKey> {
  const kept = await readKey(file);
  if (kept !== undefined) return kept;
  const made = `${file}.${process.pid}`;
  const pem = makePrivateKey().export({ type: 'pkcs8', format: 'pem' });
  await writeFile(made, pem, { mode: 0o600, flag: 'wx' });
  // Two processes may start at once on an empty folder: the first to link wins, and both read that one.
  await link(made, file).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  await rm(made);
  const key = await readKey(file);
  if (key === undefined) throw new Error('a signing key that was just written cannot be read');
  return key;
}

async function readKey(file: string): Promise<SigningKey | undefined> {
  try {
    return signingKey(createPrivateKey(await readFile(file)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function makePrivateKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function signingKey(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey);
  const publicJwk: Record<string, unknown> = { ...publicKey.export({ format: 'jwk' }) };
  const kid = createHash('sha256').update(JSON.stringify(publicJwk)).digest('base64url').slice(0, 16);
  return { kid, privateKey, publicKey, publicJwk };
}
