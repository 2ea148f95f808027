/** The keys of a call as one side holds them: under which it seals, which it opens, and what it has let through. */

import type { Party } from '@alongside/protocol';
import type { Bytes } from '../bytes.js';
import { concatBytes } from '../bytes.js';
import type { SealedSource } from './media-key-id.js';
import { EPOCHS, mediaKeyId, readMediaKeyId, VISITOR_SLOT } from './media-key-id.js';
import { ReplayWindow } from './replay-window.js';
import { readSframeHeader } from './sframe-header.js';
import { importBaseKey, SframeKey } from './sframe-key.js';

/** A sender stops before its counter could come round; a new epoch would have to come first. */
export const LAST_COUNTER = 2 ** 32 - 1;
/** What the media server has to read of a picture: whether it is a whole one, and then its size. */
const VP8_KEY_FRAME_BYTES = 10;
const VP8_DELTA_FRAME_BYTES = 1;

/** Why a frame was not played. */
export type MediaFault =
  /** No such header, or no such key number. */
  | 'malformed'
  /** Sealed under an epoch that this side does not hold, as yet or any more. */
  | 'unknownKey'
  /** From another side, of another source, or one's own thrown back. */
  | 'misplaced'
  | 'replayed'
  /** Authentic, but put into another place of the stream than it was sent at. */
  | 'reordered'
  | 'notAuthentic';

export interface EpochKeys {
  readonly epoch: number;
  readonly secret: Bytes;
  readonly ownSlot: number;
}

/** Where a frame came from, and the time that its packets bear. */
export interface ReceivedFrame {
  readonly data: Bytes;
  readonly source: SealedSource;
  readonly party: Party;
  readonly timestamp: number | undefined;
}

interface Epoch {
  readonly base: Promise<CryptoKey>;
  readonly ownSlot: number;
  readonly keys: Map<number, Promise<SframeKey>>;
  readonly received: Map<number, { readonly window: ReplayWindow; newestAt: number | undefined }>;
  readonly counters: Map<number, number>;
}

export type Opened = { readonly plain: Bytes } | { readonly fault: MediaFault };

export class MediaKeyring {
  readonly #epochs = new Map<number, Epoch>();
  readonly #firstCounter: number;
  #sending: number | undefined;

  /** Counts begin elsewhere only to try the last ones, which nobody could wait for. */
  constructor(firstCounter = 0) {
    this.#firstCounter = firstCounter;
  }

  hold({ epoch, secret, ownSlot }: EpochKeys): void {
    const base = importBaseKey(secret);
    const maps = { keys: new Map(), received: new Map(), counters: new Map() };
    this.#epochs.set(epoch % EPOCHS, { base, ownSlot, ...maps });
    secret.fill(0);
  }

  /** From now on this side seals under it. */
  sealUnder(epoch: number): void {
    if (this.#epochs.has(epoch % EPOCHS)) this.#sending = epoch % EPOCHS;
  }

  keepOnly(epoch: number): void {
    for (const held of this.#epochs.keys()) if (held !== epoch % EPOCHS) this.#epochs.delete(held);
    if (this.#sending !== undefined && !this.#epochs.has(this.#sending)) this.#sending = undefined;
  }

  /** Undefined, and then nothing is sent, as long as there is no key. */
  async seal(source: SealedSource, frame: Bytes): Promise<Bytes | undefined> {
    const epoch = this.#sending;
    const held = epoch === undefined ? undefined : this.#epochs.get(epoch);
    const clearBytes = clearBytesOf(source, frame);
    if (epoch === undefined || held === undefined || clearBytes === undefined) return undefined;
    const keyId = mediaKeyId({ epoch, slot: held.ownSlot, source });
    const counter = held.counters.get(keyId) ?? this.#firstCounter;
    if (counter > LAST_COUNTER) return undefined;
    // Taken before the first wait: no two frames have the same one.
    held.counters.set(keyId, counter + 1);
    const clear = frame.subarray(0, clearBytes);
    const key = await keyOf(held, keyId);
    return concatBytes(clear, await key.seal(counter, frame.subarray(clearBytes), clear));
  }

  async open({ data, source, party, timestamp }: ReceivedFrame): Promise<Opened> {
    const clearBytes = clearBytesOf(source, data);
    if (clearBytes === undefined) return { fault: 'malformed' };
    const clear = data.subarray(0, clearBytes);
    const sealed = data.subarray(clearBytes);
    const header = readSframeHeader(sealed);
    const name = header && readMediaKeyId(header.keyId);
    if (header === undefined || name === undefined) return { fault: 'malformed' };
    const held = this.#epochs.get(name.epoch);
    if (held === undefined) return { fault: 'unknownKey' };
    const isTheirs = (name.slot === VISITOR_SLOT) === (party === 'visitor');
    if (!isTheirs || name.slot === held.ownSlot || name.source !== source) return { fault: 'misplaced' };
    const received = receivedOf(held, header.keyId);
    if (received.window.has(header.counter)) return { fault: 'replayed' };
    const plain = await (await keyOf(held, header.keyId)).open(sealed, clear);
    if (plain === undefined) return { fault: 'notAuthentic' };
    // Another stream may have brought the same one during the wait.
    if (received.window.has(header.counter)) return { fault: 'replayed' };
    const isNewest = header.counter > received.window.newest;
    if (!isInPlace(timestamp, received.newestAt, isNewest)) return { fault: 'reordered' };
    received.window.add(header.counter);
    if (isNewest) received.newestAt = timestamp;
    return { plain: concatBytes(clear, plain) };
  }

  /** Streams count their time from anywhere: one that begins anew is not held against the one before. */
  beginStream(): void {
    for (const { received } of this.#epochs.values())
      for (const each of received.values()) each.newestAt = undefined;
  }
}

/** A voice is sealed whole. */
function clearBytesOf(source: SealedSource, frame: Uint8Array): number | undefined {
  if (source === 'microphone') return 0;
  const [first] = frame;
  if (first === undefined) return undefined;
  const isWhole = (first & 0x01) === 0;
  const clear = isWhole ? VP8_KEY_FRAME_BYTES : VP8_DELTA_FRAME_BYTES;
  return frame.byteLength < clear ? undefined : clear;
}

/** The clock of RTP comes round: what is less than half of it ahead is later. */
function isInPlace(at: number | undefined, newestAt: number | undefined, isNewest: boolean): boolean {
  if (at === undefined || newestAt === undefined || at === newestAt) return true;
  return (at - newestAt) >>> 0 < 2 ** 31 === isNewest;
}

function keyOf(epoch: Epoch, keyId: number): Promise<SframeKey> {
  const known = epoch.keys.get(keyId) ?? epoch.base.then((base) => SframeKey.derive(base, keyId));
  epoch.keys.set(keyId, known);
  return known;
}

function receivedOf(epoch: Epoch, keyId: number) {
  const known = epoch.received.get(keyId) ?? { window: new ReplayWindow(), newestAt: undefined };
  epoch.received.set(keyId, known);
  return known;
}
