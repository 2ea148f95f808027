/**
 * Everything of the visitor's side that costs time or holds a key: agreeing, deflating, sealing, opening.
 *
 * It knows no socket and no DOM, so that it runs in a worker or, where a page forbids workers, on the page's
 * own thread. Calls take effect in the order in which they are made, whatever each of them waits for: a batch
 * handed over after `beginEpoch` cannot be sealed under the key before.
 */

import { FRAME_HEADER_BYTES, frameLimits, frameSizeLimit } from '@alongside/protocol';
import type { AgentMessage } from './agent-link.js';
import { AgentLink } from './agent-link.js';
import type { Bytes } from './bytes.js';
import { toBase64url, utf8 } from './bytes.js';
import type { Continuity, ContinuityEntry } from './continuity.js';
import { deflateWhole } from './deflate.js';
import type { OpenEpoch } from './epoch-keys.js';
import { EpochKeys } from './epoch-keys.js';
import type { Payload } from './frame-body.js';
import { writeBodies } from './frame-body.js';
import type { Outcome } from './frame-fault.js';
import { done, faulty } from './frame-fault.js';
import { readHello, writeHello } from './hello.js';
import { createKeyPair } from './key-agreement.js';
import type { PageAsset } from './page-asset.js';
import { writeAsset } from './page-asset.js';
import { sealFrame } from './sealing.js';
import { VisitorAgreement } from './visitor-agreement.js';

/** The step of an agreement that follows an agent's answer. */
export interface RevealedHello {
  readonly hello: Bytes;
  /** Names the agent's page load; the same name again is the same page. */
  readonly agentKey: string;
}

/** What the page needs to know of a finished agreement; the keys stay in the engine. */
export interface AgentIntroduced {
  readonly code: string;
  readonly continuity: Continuity;
  readonly entry: ContinuityEntry;
}

export interface SealingEngine {
  /** Begins an agreement with the agent in the slot, forgetting any before: the `hello` that commits. */
  greet(slot: number): Promise<Bytes>;
  /** Reads the agent's answer: the `hello` that reveals. */
  reveal(slot: number, frame: Bytes, known: readonly ContinuityEntry[]): Promise<Outcome<RevealedHello>>;
  /** Reads the agent's confirmation. */
  conclude(slot: number, frame: Bytes): Promise<Outcome<AgentIntroduced>>;
  /** Closes the epoch in use; everything after this call belongs to the epoch with this number. */
  beginEpoch(epoch: number): Promise<void>;
  /** The `key` frame that gives an epoch to an introduced agent; undefined when either is not known any more. */
  grant(slot: number, epoch: number, snapshot: boolean): Promise<Bytes | undefined>;
  /** The `data` frames of one batch, given as the JSON of an array. */
  sealBatch(json: string): Promise<Outcome<readonly Bytes[]>>;
  /** The `snapshot` frames for each of the slots, deflated once. */
  sealSnapshot(slots: readonly number[], json: string): Promise<Outcome<readonly Bytes[]>>;
  sealAsset(slot: number, asset: PageAsset): Promise<Outcome<readonly Bytes[]>>;
  sealAnswer(slot: number, json: string): Promise<Outcome<readonly Bytes[]>>;
  /** Opens what the agent in the slot has sealed. */
  open(slot: number, frame: Bytes): Promise<Outcome<AgentMessage>>;
  /** Forgets the keys of epochs that are no longer in the ring. */
  forgetBefore(epoch: number): Promise<void>;
  /** Forgets an agent and everything agreed with it. */
  drop(slot: number): Promise<void>;
  /** Forgets every key. */
  close(): Promise<void>;
}

export interface SealingEngineOptions {
  readonly engagement: string;
  /** Waited for between the slices of a snapshot, where the thread must not be held for long. */
  readonly pause?: () => Promise<void>;
}

/** Makes the engine on the calling thread; `startSealingEngine` decides which thread that is. */
export function createSealingEngine(options: SealingEngineOptions): SealingEngine {
  return new LocalSealingEngine(options);
}

class LocalSealingEngine implements SealingEngine {
  readonly #options: SealingEngineOptions;
  readonly #pair = createKeyPair();
  readonly #epochs = new EpochKeys();
  readonly #agreements = new Map<number, VisitorAgreement>();
  readonly #links = new Map<number, AgentLink>();
  #tail: Promise<unknown> = Promise.resolve();

  constructor(options: SealingEngineOptions) {
    this.#options = options;
  }

  greet(slot: number): Promise<Bytes> {
    return this.#inTurn(async () => {
      this.#links.delete(slot);
      const agreement = new VisitorAgreement(await this.#pair, this.#place(slot));
      this.#agreements.set(slot, agreement);
      return writeHello(slot, await agreement.commit());
    });
  }

  reveal(slot: number, frame: Bytes, known: readonly ContinuityEntry[]): Promise<Outcome<RevealedHello>> {
    return this.#inTurn(async () => {
      const hello = readHello(frame);
      const agreement = this.#agreements.get(slot);
      if (hello === undefined) return faulty('malformed');
      if (hello.step !== 'answer' || agreement === undefined) return faulty('wrongStep');
      const revealed = await agreement.reveal(hello, known);
      if (!revealed.ok) return revealed;
      return done({ hello: writeHello(slot, revealed.value), agentKey: toBase64url(hello.publicKey) });
    });
  }

  conclude(slot: number, frame: Bytes): Promise<Outcome<AgentIntroduced>> {
    return this.#inTurn(async () => {
      const hello = readHello(frame);
      const agreement = this.#agreements.get(slot);
      if (hello === undefined) return faulty('malformed');
      if (hello.step !== 'confirm' || agreement === undefined) return faulty('wrongStep');
      const introduction = await agreement.conclude(hello);
      if (!introduction.ok) return introduction;
      this.#agreements.delete(slot);
      const { keys, ...introduced } = introduction.value;
      this.#links.set(slot, new AgentLink(this.#place(slot), keys));
      return done(introduced);
    });
  }

  beginEpoch(epoch: number): Promise<void> {
    return this.#inTurn(() => this.#epochs.begin(epoch));
  }

  grant(slot: number, epoch: number, snapshot: boolean): Promise<Bytes | undefined> {
    return this.#inTurn(async () => {
      const grant = this.#epochs.grant(epoch);
      return grant && this.#links.get(slot)?.grant(epoch, { ...grant, snapshot });
    });
  }

  sealBatch(json: string): Promise<Outcome<readonly Bytes[]>> {
    return this.#inTurn(async () => {
      const epoch = this.#openEpoch();
      if (json.length > frameLimits.batchPlainBytes) return faulty('tooLarge');
      const { text, undo } = epoch.packer.pack(json);
      const plain = utf8(text);
      if (plain.byteLength > frameLimits.batchPlainBytes) {
        // Refused before it reaches the stream: what a receiver never gets must not be in its context.
        undo();
        return faulty('tooLarge');
      }
      const payload = { deflated: true, plainLength: plain.byteLength, bytes: epoch.deflate.push(plain) };
      return done(await this.#seal('data', 0, payload));
    });
  }

  sealSnapshot(slots: readonly number[], json: string): Promise<Outcome<readonly Bytes[]>> {
    return this.#inTurn(async () => {
      const plain = utf8(json);
      if (plain.byteLength > frameLimits.snapshotPlainBytes) return faulty('tooLarge');
      const bytes = await deflateWhole(plain, this.#options.pause);
      if (bytes.byteLength > frameLimits.snapshotBytes) return faulty('tooLarge');
      const frames: Bytes[] = [];
      for (const slot of slots) {
        const payload = { deflated: true, plainLength: plain.byteLength, bytes };
        frames.push(...(await this.#seal('snapshot', slot, payload)));
      }
      return done(frames);
    });
  }

  sealAsset(slot: number, asset: PageAsset): Promise<Outcome<readonly Bytes[]>> {
    return this.#inTurn(async () => {
      const plain = writeAsset(asset);
      const deflated = /^text\/|\+xml$/.test(asset.contentType);
      const bytes = deflated ? await deflateWhole(plain, this.#options.pause) : plain;
      const fits =
        plain.byteLength <= frameLimits.assetPlainBytes && bytes.byteLength <= frameLimits.assetBytes;
      if (!fits) return faulty('tooLarge');
      return done(await this.#seal('asset', slot, { deflated, plainLength: plain.byteLength, bytes }));
    });
  }

  sealAnswer(slot: number, json: string): Promise<Outcome<readonly Bytes[]>> {
    return this.#inTurn(async () => {
      const bytes = utf8(json);
      const payload = { deflated: false, plainLength: bytes.byteLength, bytes };
      const bodies = writeBodies(payload, frameSizeLimit('answer'), FRAME_HEADER_BYTES);
      return bodies.length > 1 ? faulty('tooLarge') : done(await this.#seal('answer', slot, payload));
    });
  }

  open(slot: number, frame: Bytes): Promise<Outcome<AgentMessage>> {
    return this.#inTurn(async () => {
      const link = this.#links.get(slot);
      return link === undefined ? faulty('unknownSlot') : link.open(frame);
    });
  }

  forgetBefore(epoch: number): Promise<void> {
    return this.#inTurn(async () => this.#epochs.forgetBefore(epoch));
  }

  drop(slot: number): Promise<void> {
    return this.#inTurn(async () => {
      this.#agreements.delete(slot);
      this.#links.delete(slot);
    });
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#agreements.clear();
      this.#links.clear();
      this.#epochs.close();
    });
  }

  async #seal(
    kind: 'data' | 'snapshot' | 'asset' | 'answer',
    slot: number,
    payload: Payload,
  ): Promise<Bytes[]> {
    const epoch = this.#openEpoch();
    const context = { engagement: this.#options.engagement, sender: 'visitor' } as const;
    const frames: Bytes[] = [];
    for (const plain of writeBodies(payload, frameSizeLimit(kind), FRAME_HEADER_BYTES)) {
      frames.push(await sealFrame(epoch.key, { header: epoch.nextHeader(kind, slot), plain }, context));
    }
    return frames;
  }

  #openEpoch(): OpenEpoch {
    const epoch = this.#epochs.open;
    if (epoch === undefined) throw new Error('Nothing can be sealed before the first epoch.');
    return epoch;
  }

  #place(slot: number): { readonly engagement: string; readonly slot: number } {
    return { engagement: this.#options.engagement, slot };
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(act);
    // The next call waits for this one whether it failed or not; its caller is told by `turn`.
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}
