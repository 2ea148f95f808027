/**
 * The arithmetic of agreeing on keys: a pair per page load, a commitment, the code people may compare, and the
 * keys that follow from it all.
 *
 * The commitment covers a fresh nonce next to the key, and the answer carries another. Without them a relay
 * that has seen a page's key once (with an earlier agent, or before a reconnection) could search a key of its
 * own that gives the same six digits, in a second or so.
 */

import type { Bytes } from './bytes.js';
import { concatBytes, randomBytes, sha256, utf8 } from './bytes.js';

export const PUBLIC_KEY_BYTES = 65;
export const NONCE_BYTES = 16;
export const HASH_BYTES = 32;

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const NAME = 'alongside/frames/1';

/** One page load's pair; the private half cannot be read out, and lives as long as the page. */
export interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: Bytes;
}

export async function createKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { privateKey: pair.privateKey, publicKey };
}

export function createNonce(): Bytes {
  return randomBytes(NONCE_BYTES);
}

/** What the visitor sends first: it fixes the key and the nonce without telling either. */
export function commitTo(publicKey: Bytes, nonce: Bytes, engagement: string): Promise<Bytes> {
  return sha256(concatBytes(utf8(`${NAME} commit`), publicKey, nonce, utf8(engagement)));
}

/** Between whom, and what the keys are for where it is not the frames. */
export interface AgreementPlace {
  readonly engagement: string;
  readonly slot: number;
  readonly label?: string;
}

/** Everything both sides have said when an agreement is complete. */
export interface Transcript {
  readonly engagement: string;
  readonly slot: number;
  readonly visitorKey: Bytes;
  readonly visitorNonce: Bytes;
  readonly agentKey: Bytes;
  readonly agentNonce: Bytes;
}

export function hashTranscript(transcript: Transcript): Promise<Bytes> {
  return sha256(
    concatBytes(
      utf8(`${NAME} transcript`),
      Uint8Array.of(transcript.slot >> 8, transcript.slot & 0xff),
      spoken(transcript),
    ),
  );
}

/** Six digits over both keys, both nonces and the engagement, the same on both sides if nobody is between. */
export async function compareCode(transcript: Transcript): Promise<string> {
  const hash = await sha256(concatBytes(utf8(`${NAME} code`), spoken(transcript)));
  const view = new DataView(hash.buffer);
  const number = view.getUint32(0) * 0x10000 + view.getUint16(4);
  return String(number % 1_000_000).padStart(6, '0');
}

function spoken(transcript: Transcript): Bytes {
  return concatBytes(
    transcript.visitorKey,
    transcript.visitorNonce,
    transcript.agentKey,
    transcript.agentNonce,
    utf8(transcript.engagement),
  );
}

/** What one agreement yields: a wrapping key for each direction, and the secret that the next page proves. */
export interface AgreedKeys {
  readonly visitorWraps: CryptoKey;
  readonly agentWraps: CryptoKey;
  readonly continuitySecret: Bytes;
}

/** Undefined when the other side's bytes are no point of the curve. What they are for has a label of its own. */
export async function agreeKeys(
  own: CryptoKey,
  theirs: Bytes,
  transcriptHash: Bytes,
  label: string = NAME,
): Promise<AgreedKeys | undefined> {
  const shared = await sharedSecret(own, theirs);
  if (shared === undefined) return undefined;
  const derivation = (purpose: string): HkdfParams => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: transcriptHash,
    info: utf8(`${label} ${purpose}`),
  });
  const wrapping = (purpose: string): Promise<CryptoKey> =>
    crypto.subtle.deriveKey(derivation(purpose), shared, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
  const continuity = await crypto.subtle.deriveBits(derivation('continuity'), shared, 256);
  return {
    visitorWraps: await wrapping('wrap visitor to agent'),
    agentWraps: await wrapping('wrap agent to visitor'),
    continuitySecret: new Uint8Array(continuity),
  };
}

async function sharedSecret(own: CryptoKey, theirs: Bytes): Promise<CryptoKey | undefined> {
  let publicKey: CryptoKey;
  try {
    publicKey = await crypto.subtle.importKey('raw', theirs, CURVE, false, []);
  } catch {
    // A point that is not on the curve; the peer's bytes are at fault, not this code.
    return undefined;
  }
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, own, 256);
  return crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey', 'deriveBits']);
}
