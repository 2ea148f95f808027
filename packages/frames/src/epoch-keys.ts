/**
 * The visitor's epochs: the key, table of shapes and compression context that are in use, the key that is already made for the
 * next one, and the keys of epochs whose frames are still in the ring.
 */

import type { FrameHeader, FrameKind } from '@alongside/protocol';
import { writeFrameHeader } from '@alongside/protocol';
import type { Bytes } from './bytes.js';
import { randomBytes } from './bytes.js';
import { DeflateStream } from './deflate.js';
import { EventPacker } from './event-packing.js';
import type { EpochGrant } from './key-frame.js';
import { importSealingKey, RAW_KEY_BYTES } from './sealing.js';

interface FreshKey {
  readonly raw: Bytes;
  readonly key: CryptoKey;
}

/** The epoch that frames are sealed under at the moment. */
export class OpenEpoch {
  readonly number: number;
  readonly key: CryptoKey;
  readonly packer = new EventPacker();
  readonly deflate = new DeflateStream();
  #streamFrames = 0;
  #directFrames = 0;

  constructor(number: number, key: CryptoKey) {
    this.number = number;
    this.key = key;
  }

  get streamFrames(): number {
    return this.#streamFrames;
  }

  /** The header of the next frame of the kind; each call takes a sequence, so each header is used once. */
  nextHeader(kind: FrameKind & ('data' | 'snapshot' | 'asset' | 'answer'), slot: number): Bytes {
    const sequence = kind === 'data' ? this.#streamFrames++ : this.#directFrames++;
    const header: FrameHeader = { kind, resend: false, slot, epoch: this.number, sequence };
    return writeFrameHeader(header);
  }
}

export class EpochKeys {
  #prepared = freshKey();
  #open: OpenEpoch | undefined;
  #grants = new Map<number, Omit<EpochGrant, 'snapshot'>>();

  get open(): OpenEpoch | undefined {
    return this.#open;
  }

  /** Closes the epoch in use and opens the next; its key was made beforehand, so this waits for nothing. */
  async begin(number: number): Promise<void> {
    const { raw, key } = await this.#prepared;
    this.#prepared = freshKey();
    this.#grants.set(number, {
      key: raw,
      previousEpoch: this.#open?.number ?? 0,
      previousFrames: this.#open?.streamFrames ?? 0,
    });
    this.#open = new OpenEpoch(number, key);
  }

  /** What an agent is told of an epoch that is open or still in the ring. */
  grant(number: number): Omit<EpochGrant, 'snapshot'> | undefined {
    return this.#grants.get(number);
  }

  /** Forgets the raw keys of all epochs before this one. */
  forgetBefore(number: number): void {
    for (const [epoch, grant] of this.#grants) {
      if (epoch >= number) continue;
      grant.key.fill(0);
      this.#grants.delete(epoch);
    }
  }

  close(): void {
    for (const grant of this.#grants.values()) grant.key.fill(0);
    this.#grants.clear();
    this.#open = undefined;
  }
}

async function freshKey(): Promise<FreshKey> {
  const raw = randomBytes(RAW_KEY_BYTES);
  return { raw, key: await importSealingKey(raw) };
}
