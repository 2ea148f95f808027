/** One epoch as an agent knows it: its key, what it follows on, and the next sequence of each lane. */

import type { FrameHeader } from '@alongside/protocol';
import { frameLimits } from '@alongside/protocol';
import type { Bytes } from './bytes.js';
import { fromJson } from './bytes.js';
import { EventUnpacker } from './event-packing.js';
import type { FrameBody, Payload } from './frame-body.js';
import { readBody } from './frame-body.js';
import type { Outcome } from './frame-fault.js';
import { done, faulty } from './frame-fault.js';
import { InflateStream } from './inflate.js';
import { isWithin, pageJson } from './json-budget.js';
import type { EpochGrant } from './key-frame.js';
import { PartAssembler } from './part-assembler.js';
import { importSealingKey, openFrame } from './sealing.js';

export class ReceivedEpoch {
  readonly number: number;
  readonly snapshot: boolean;
  readonly previousEpoch: number;
  readonly previousFrames: number;
  readonly #key: CryptoKey;
  readonly #engagement: string;
  readonly #inflate = new InflateStream();
  readonly #unpacker = new EventUnpacker();
  readonly #batch = new PartAssembler({
    payloadBytes: 2 * frameLimits.batchPlainBytes,
    plainBytes: frameLimits.batchPlainBytes,
  });
  #nextStream = 0;
  #nextDirect = 0;

  private constructor(
    place: { readonly number: number; readonly engagement: string },
    grant: EpochGrant,
    key: CryptoKey,
  ) {
    this.number = place.number;
    this.snapshot = grant.snapshot;
    this.previousEpoch = grant.previousEpoch;
    this.previousFrames = grant.previousFrames;
    this.#engagement = place.engagement;
    this.#key = key;
  }

  static async create(
    place: { readonly number: number; readonly engagement: string },
    grant: EpochGrant,
  ): Promise<ReceivedEpoch> {
    const key = await importSealingKey(grant.key);
    grant.key.fill(0);
    return new ReceivedEpoch(place, grant, key);
  }

  /** How many stream frames of this epoch have been read. */
  get read(): number {
    return this.#nextStream;
  }

  /** Opens the next stream frame: the events of a batch after its last part, undefined before. */
  async readStream(frame: Bytes): Promise<Outcome<readonly unknown[] | undefined>> {
    const plain = await this.#open(frame);
    // Only a frame that is authentic takes its sequence; a forged one in its place changes nothing.
    if (plain === undefined) return faulty('notAuthentic');
    this.#nextStream += 1;
    const body = readBody(plain);
    const whole = body === undefined ? faulty('malformed') : this.#batch.add(body);
    if (!whole.ok || whole.value === undefined) return whole.ok ? done(undefined) : whole;
    return this.#inflateBatch(whole.value);
  }

  /** Opens a direct frame. Others' direct frames take sequences of the same counter, so some may be left out. */
  async readDirect(header: FrameHeader, frame: Bytes): Promise<Outcome<FrameBody>> {
    const plain = await this.#open(frame);
    if (plain === undefined) return faulty('notAuthentic');
    if (header.sequence < this.#nextDirect) return faulty('replayed');
    this.#nextDirect = header.sequence + 1;
    const body = readBody(plain);
    return body === undefined ? faulty('malformed') : done(body);
  }

  #inflateBatch(payload: Payload): Outcome<readonly unknown[]> {
    if (!payload.deflated) return faulty('malformed');
    const plain = this.#inflate.pull(payload.bytes, payload.plainLength);
    if (plain === undefined) return faulty('inflatesTooFar');
    if (!isWithin(plain, pageJson)) return faulty('tooLarge');
    const events = this.#unpacker.unpack(fromJson(plain));
    return events === undefined ? faulty('malformed') : done(events);
  }

  #open(frame: Bytes): Promise<Bytes | undefined> {
    return openFrame(this.#key, frame, { engagement: this.#engagement, sender: 'visitor' });
  }
}
