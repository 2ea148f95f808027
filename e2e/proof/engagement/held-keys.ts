/**
 * Shows that the keys which were heard are the ones that senders sealed under, and that what was registered is what
 * they sealed: every sealed frame has to open under one of them.
 */

import type { SealContext } from '../../../packages/frames/src/sealing.js';
import { importSealingKey, openFrame } from '../../../packages/frames/src/sealing.js';
import type { SealedFrame } from './wire-tap.js';

export interface KeysHeld {
  /** How many keys have opened something; each belongs to one sender and one epoch. */
  readonly epochs: number;
  /** Sender and epoch of frames that none of the keys opens. */
  readonly unheld: readonly string[];
}

export async function holdKeys(
  frames: readonly SealedFrame[],
  keys: readonly Uint8Array<ArrayBuffer>[],
  engagement: string,
): Promise<KeysHeld> {
  const imported = await Promise.all(keys.map((key) => importSealingKey(key)));
  const used = new Set<CryptoKey>();
  const unheld = new Set<string>();
  for (const { bytes, body } of frames) {
    // A wrapped key opens under what two browsers have agreed on, which never is a raw key anywhere.
    if (body.kind === 'key') continue;
    const opening = await findOpening(imported, bytes, { engagement, sender: body.from });
    if (opening === undefined) {
      unheld.add(`${body.from} in epoch ${body.epoch}`);
      continue;
    }
    used.add(opening);
    // Frames of one epoch come together, so that the key of the one before fits nearly always.
    imported.unshift(...imported.splice(imported.indexOf(opening), 1));
  }
  return { epochs: used.size, unheld: [...unheld] };
}

async function findOpening(
  keys: readonly CryptoKey[],
  bytes: Uint8Array<ArrayBuffer>,
  context: SealContext,
): Promise<CryptoKey | undefined> {
  for (const key of keys) if ((await openFrame(key, bytes, context)) !== undefined) return key;
  return undefined;
}
