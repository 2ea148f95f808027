/** The visitor's link to one agent: keys go out wrapped, and what the agent seals is opened and checked. */

import type { FrameHeader, IntentKind } from '@alongside/protocol';
import { readFrameHeader, readIntentHeader, writeFrameHeader } from '@alongside/protocol';
import type { ResumeRequest, StreamPosition } from './agent-request.js';
import { readResume, readWant } from './agent-request.js';
import type { Bytes } from './bytes.js';
import { fromJson } from './bytes.js';
import { readBody } from './frame-body.js';
import type { Outcome } from './frame-fault.js';
import { done, faulty } from './frame-fault.js';
import type { AgreedKeys } from './key-agreement.js';
import type { EpochGrant } from './key-frame.js';
import { writeGrant } from './key-frame.js';
import { importSealingKey, openFrame, RAW_KEY_BYTES, sealFrame } from './sealing.js';

/** What an agent's frame says once it is opened. */
export type AgentMessage =
  /** The agent's own key arrived; what it sends from now on is sealed under it. */
  | { readonly kind: 'key' }
  /** The agent has everything before this position; without one it has nothing and needs a snapshot. */
  | ({ readonly kind: 'resume' } & ResumeRequest)
  | { readonly kind: 'want'; readonly hashes: readonly string[] }
  | {
      readonly kind: 'intent';
      /** Names the intent, so that an answer can tell which one it is about. */
      readonly id: StreamPosition;
      readonly intent: IntentKind;
      readonly lease: number;
      readonly seenEpoch: number;
      readonly seenSequence: number;
      readonly body: unknown;
    };

interface AgentKey {
  readonly epoch: number;
  readonly key: CryptoKey;
  nextSequence: number;
}

export class AgentLink {
  readonly #engagement: string;
  readonly #slot: number;
  readonly #keys: AgreedKeys;
  #grantsSent = 0;
  #nextKeySequence = 0;
  #agentKey: AgentKey | undefined;

  constructor(place: { readonly engagement: string; readonly slot: number }, keys: AgreedKeys) {
    this.#engagement = place.engagement;
    this.#slot = place.slot;
    this.#keys = keys;
  }

  /** The `key` frame that gives the agent an epoch. */
  grant(epoch: number, grant: EpochGrant): Promise<Bytes> {
    const sequence = this.#grantsSent++;
    const header = writeFrameHeader({ kind: 'key', resend: false, slot: this.#slot, epoch, sequence });
    const context = { engagement: this.#engagement, sender: 'visitor' } as const;
    return sealFrame(this.#keys.visitorWraps, { header, plain: writeGrant(grant) }, context);
  }

  async open(frame: Bytes): Promise<Outcome<AgentMessage>> {
    const header = readFrameHeader(frame);
    if (header === undefined || header.slot !== this.#slot || header.resend) return faulty('notAFrame');
    if (header.kind === 'key') return this.#takeKey(header, frame);
    if (header.kind !== 'intent' && header.kind !== 'want' && header.kind !== 'resume') {
      return faulty('notAFrame');
    }
    const agentKey = this.#agentKey;
    if (agentKey === undefined || agentKey.epoch !== header.epoch) return faulty('unknownEpoch');
    const plain = await this.#unseal(agentKey.key, frame);
    if (plain === undefined) return faulty('notAuthentic');
    if (header.sequence < agentKey.nextSequence) return faulty('replayed');
    // A gap is no fault: the relay passes no intent on whose lease has ended. What comes late is one.
    agentKey.nextSequence = header.sequence + 1;
    return readMessage(frame, plain);
  }

  async #takeKey(header: FrameHeader, frame: Bytes): Promise<Outcome<AgentMessage>> {
    const plain = await this.#unseal(this.#keys.agentWraps, frame);
    if (plain === undefined) return faulty('notAuthentic');
    if (header.sequence < this.#nextKeySequence) return faulty('replayed');
    if (plain.byteLength !== RAW_KEY_BYTES) return faulty('malformed');
    this.#nextKeySequence = header.sequence + 1;
    this.#agentKey = { epoch: header.epoch, key: await importSealingKey(plain), nextSequence: 0 };
    return done({ kind: 'key' });
  }

  #unseal(key: CryptoKey, frame: Bytes): Promise<Bytes | undefined> {
    return openFrame(key, frame, { engagement: this.#engagement, sender: 'agent' });
  }
}

function readMessage(frame: Bytes, plain: Bytes): Outcome<AgentMessage> {
  const body = readBody(plain);
  if (body === undefined || body.deflated || body.parts !== 1) return faulty('malformed');
  const value = fromJson(body.payload);
  const intent = readIntentHeader(frame);
  if (intent !== undefined) {
    if (!isSealedIntent(value)) return faulty('malformed');
    if (value.kind !== intent.intent) return faulty('kindMismatch');
    const { epoch, sequence, lease, seenEpoch, seenSequence } = intent;
    const id = { epoch, sequence };
    return done({
      kind: 'intent',
      id,
      intent: intent.intent,
      lease,
      seenEpoch,
      seenSequence,
      body: value.body,
    });
  }
  const message = readFrameHeader(frame)?.kind === 'want' ? readWant(value) : readResume(value);
  return message === undefined ? faulty('malformed') : done(message);
}

function isSealedIntent(value: unknown): value is { readonly kind: unknown; readonly body: unknown } {
  return typeof value === 'object' && value !== null && 'kind' in value && 'body' in value;
}
