/**
 * Sealing and opening by RFC 9605 with its suite 5, AES-256-GCM with keys derived by HKDF-SHA-512: the header, then
 * what is sealed, then 16 bytes that show any change, of the header and of what stands in the clear as well.
 */

import type { Bytes } from '../bytes.js';
import { concatBytes, utf8 } from '../bytes.js';
import { readSframeHeader, writeSframeHeader } from './sframe-header.js';

const SUITE = 5;
const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** Of one epoch: where the keys of all senders come from. It cannot be read out. */
export function importBaseKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey', 'deriveBits']);
}

/** Of one sender and one of its sources. */
export class SframeKey {
  readonly #keyId: number;
  readonly #key: CryptoKey;
  readonly #salt: Bytes;

  private constructor(keyId: number, key: CryptoKey, salt: Bytes) {
    this.#keyId = keyId;
    this.#key = key;
    this.#salt = salt;
  }

  static async derive(base: CryptoKey, keyId: number): Promise<SframeKey> {
    const gcm = { name: 'AES-GCM', length: 256 };
    const key = await crypto.subtle.deriveKey(derivation('key', keyId), base, gcm, false, [
      'encrypt',
      'decrypt',
    ]);
    const salt = await crypto.subtle.deriveBits(derivation('salt', keyId), base, NONCE_BYTES * 8);
    return new SframeKey(keyId, key, new Uint8Array(salt));
  }

  async seal(counter: number, plain: Bytes, metadata: Bytes): Promise<Bytes> {
    const header = writeSframeHeader(this.#keyId, counter);
    const sealed = await crypto.subtle.encrypt(
      this.#parameters(counter, concatBytes(header, metadata)),
      this.#key,
      plain,
    );
    return concatBytes(header, new Uint8Array(sealed));
  }

  /** Undefined when it is not what the sender sealed. */
  async open(sealed: Bytes, metadata: Bytes): Promise<Bytes | undefined> {
    const header = readSframeHeader(sealed);
    if (header?.keyId !== this.#keyId || sealed.byteLength < header.length + TAG_BYTES) return undefined;
    const covered = concatBytes(sealed.subarray(0, header.length), metadata);
    try {
      const parameters = this.#parameters(header.counter, covered);
      return new Uint8Array(
        await crypto.subtle.decrypt(parameters, this.#key, sealed.subarray(header.length)),
      );
    } catch {
      // WebCrypto says only that it failed, which here has one meaning.
      return undefined;
    }
  }

  #parameters(counter: number, additionalData: Bytes): AesGcmParams {
    const iv = this.#salt.slice();
    const view = new DataView(iv.buffer);
    view.setUint32(4, view.getUint32(4) ^ Math.floor(counter / 2 ** 32));
    view.setUint32(8, view.getUint32(8) ^ (counter % 2 ** 32));
    return { name: 'AES-GCM', iv, additionalData };
  }
}

function derivation(purpose: 'key' | 'salt', keyId: number): HkdfParams {
  const numbers = new DataView(new ArrayBuffer(10));
  numbers.setBigUint64(0, BigInt(keyId));
  numbers.setUint16(8, SUITE);
  const label = utf8(`SFrame 1.0 Secret ${purpose} `);
  const info = concatBytes(label, new Uint8Array(numbers.buffer));
  return { name: 'HKDF', hash: 'SHA-512', salt: new Uint8Array(), info };
}
