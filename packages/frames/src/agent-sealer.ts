/** Seals what an agent sends: under a key of its own, new for each connection and each epoch of the visitor. */

import type { IntentKind } from '@alongside/protocol';
import {
  FRAME_HEADER_BYTES,
  frameSizeLimit,
  INTENT_HEADER_BYTES,
  writeFrameHeader,
  writeIntentHeader,
} from '@alongside/protocol';
import type { ResumeRequest, StreamPosition } from './agent-request.js';
import { writeResume, writeWant } from './agent-request.js';
import type { Bytes } from './bytes.js';
import { randomBytes, utf8 } from './bytes.js';
import { writeBodies } from './frame-body.js';
import type { Outcome } from './frame-fault.js';
import { done, faulty } from './frame-fault.js';
import { importSealingKey, RAW_KEY_BYTES, sealFrame } from './sealing.js';

/** An intent as the console gives it. */
export interface OutgoingIntent {
  readonly kind: IntentKind;
  /** 0 for kinds that need no lease. */
  readonly lease: number;
  /** How far the agent had seen when it acted. */
  readonly seen: StreamPosition;
  /** What to do and where; it is page content, and nobody but the visitor's page reads it. */
  readonly body: unknown;
}

export interface AgentSealerPlace {
  readonly engagement: string;
  readonly slot: number;
  readonly wrapKey: CryptoKey;
}

interface OwnKey {
  readonly epoch: number;
  readonly key: CryptoKey;
  sequence: number;
}

/** Its methods are called one after the other, each when the one before is done: sequences leave in order. */
export class AgentSealer {
  readonly #place: AgentSealerPlace;
  #keysSent = 0;
  #own: OwnKey | undefined;

  constructor(place: AgentSealerPlace) {
    this.#place = place;
  }

  /** Makes a new key for the epoch: the `key` frame that gives it to the visitor. */
  async rotate(epoch: number): Promise<Bytes> {
    const raw = randomBytes(RAW_KEY_BYTES);
    const sequence = this.#keysSent++;
    const header = writeFrameHeader({ kind: 'key', resend: false, slot: this.#place.slot, epoch, sequence });
    const frame = await this.#seal(this.#place.wrapKey, header, raw);
    this.#own = { epoch, key: await importSealingKey(raw), sequence: 0 };
    raw.fill(0);
    return frame;
  }

  resume(asked: ResumeRequest): Promise<Outcome<Bytes>> {
    return this.#request('resume', writeResume(asked));
  }

  want(hashes: readonly string[]): Promise<Outcome<Bytes>> {
    return this.#request('want', writeWant(hashes));
  }

  async intent(intent: OutgoingIntent): Promise<Outcome<Bytes>> {
    const plain = jsonBody({ kind: intent.kind, body: intent.body }, 'intent');
    const own = this.#own;
    if (plain === undefined) return faulty('tooLarge');
    if (own === undefined) return faulty('unknownEpoch');
    const header = writeIntentHeader({
      kind: 'intent',
      resend: false,
      slot: this.#place.slot,
      epoch: own.epoch,
      sequence: own.sequence++,
      intent: intent.kind,
      lease: intent.lease,
      seenEpoch: intent.seen.epoch,
      seenSequence: intent.seen.sequence,
    });
    return done(await this.#seal(own.key, header, plain));
  }

  async #request(kind: 'resume' | 'want', body: unknown): Promise<Outcome<Bytes>> {
    const plain = jsonBody(body, kind);
    const own = this.#own;
    if (plain === undefined) return faulty('tooLarge');
    if (own === undefined) return faulty('unknownEpoch');
    const { slot } = this.#place;
    const header = writeFrameHeader({
      kind,
      resend: false,
      slot,
      epoch: own.epoch,
      sequence: own.sequence++,
    });
    return done(await this.#seal(own.key, header, plain));
  }

  #seal(key: CryptoKey, header: Bytes, plain: Bytes): Promise<Bytes> {
    return sealFrame(key, { header, plain }, { engagement: this.#place.engagement, sender: 'agent' });
  }
}

function jsonBody(value: unknown, kind: 'resume' | 'want' | 'intent'): Bytes | undefined {
  const bytes = utf8(JSON.stringify(value));
  const headerBytes = kind === 'intent' ? INTENT_HEADER_BYTES : FRAME_HEADER_BYTES;
  const payload = { deflated: false, plainLength: bytes.byteLength, bytes };
  const bodies = writeBodies(payload, frameSizeLimit(kind), headerBytes);
  return bodies.length === 1 ? bodies[0] : undefined;
}
