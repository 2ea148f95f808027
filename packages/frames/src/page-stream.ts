/** The visitor's stream of sealed frames: its epochs, its ring, and how far it has come. */

import { frameLimits, readFrameHeader } from '@alongside/protocol';
import type { StreamPosition } from './agent-request.js';
import type { Bytes } from './bytes.js';
import { randomBytes } from './bytes.js';
import type { FrameClock } from './frame-clock.js';
import type { FrameFault, Outcome } from './frame-fault.js';
import type { FrameExit } from './frame-outlet.js';
import { FrameOutlet } from './frame-outlet.js';
import { addressResend, FrameRing } from './frame-ring.js';
import { PatientBatch } from './patient-batch.js';
import type { SealingEngine } from './sealing-engine.js';
import { PulseSender } from './stream-pulse.js';

/** Above this the page should gather its events for one batch per animation frame. */
const BEHIND_BYTES = 64 * 1024;
const BEHIND_BATCHES = 8;

export interface PageStreamDeps {
  readonly engine: SealingEngine;
  readonly clock: FrameClock;
  /** Whether an event may be held back for a moment; without it none is. */
  readonly mayWait: ((event: unknown) => boolean) | undefined;
  /** An event cannot be sent at all, so that the stream is incomplete. */
  readonly onTooLarge: () => void;
  readonly onSealed: (frame: Bytes) => void;
  readonly onFault: (fault: FrameFault) => void;
  readonly onBroken: () => void;
}

export class PageStream {
  readonly #deps: PageStreamDeps;
  readonly #ring = new FrameRing();
  readonly #outlet: FrameOutlet;
  readonly #pulse: PulseSender;
  readonly #patient: PatientBatch;
  readonly #firstEpoch = 1 + (new DataView(randomBytes(4).buffer).getUint32(0) >>> 2);
  #epoch = this.#firstEpoch - 1;
  /** The oldest epoch whose key the engine still has. */
  #retainedFrom = this.#firstEpoch;
  #sealed: StreamPosition = { epoch: 0, sequence: 0 };
  #flowing = false;

  constructor(deps: PageStreamDeps) {
    this.#deps = deps;
    this.#outlet = new FrameOutlet({
      ring: this.#ring,
      clock: deps.clock,
      onSealed: (frame) => this.#noteSealed(frame),
      onBroken: deps.onBroken,
    });
    this.#pulse = new PulseSender(deps.clock, () => {
      if (this.#outlet.connected) this.pulse();
    });
    this.#patient = new PatientBatch(
      deps.clock,
      (event) => deps.mayWait?.(event) ?? false,
      (events) => this.#seal(events),
    );
  }

  /** How far the stream is sealed. */
  get latest(): StreamPosition {
    return this.#sealed;
  }

  /** Whether the page should gather its events; without a connection that spares the ring. */
  get behind(): boolean {
    if (!this.#outlet.connected) return true;
    return this.#outlet.waiting > BEHIND_BATCHES || this.#outlet.bufferedAmount > BEHIND_BYTES;
  }

  /** Whether an epoch is open that somebody reads. */
  get flowing(): boolean {
    return this.#flowing;
  }

  connect(exit: FrameExit): void {
    this.#outlet.connect(exit);
  }

  disconnect(): void {
    this.#outlet.disconnect();
  }

  /** Opens the next epoch: everything put from now on belongs to it. */
  begin(): number {
    this.#patient.flush();
    this.#epoch += 1;
    const epoch = this.#epoch;
    this.#flowing = true;
    this.#pulse.sealed();
    this.#deps.engine.beginEpoch(epoch).catch(this.#deps.onBroken);
    this.#outlet.after(() => {
      this.#sealed = { epoch, sequence: 0 };
      return [];
    });
    return epoch;
  }

  /** Nobody reads any more: nothing is sealed until an epoch begins, and what was is forgotten. */
  stop(): void {
    this.#flowing = false;
    this.#patient.clear();
    this.#pulse.stop();
    this.#ring.clear();
  }

  grant(slot: number, epoch: number, snapshot: boolean): void {
    const frame = this.#deps.engine.grant(slot, epoch, snapshot);
    this.#outlet.put(frame.then((key) => (key === undefined ? [] : [key])));
  }

  /** Seals a batch, now or in a moment. */
  send(events: readonly unknown[]): void {
    if (this.#flowing) this.#patient.add(events);
  }

  #seal(events: readonly unknown[]): void {
    const { engine, onTooLarge } = this.#deps;
    for (const json of batches(events)) this.put(engine.sealBatch(json), onTooLarge);
  }

  /** Says where the stream is, which tells whoever missed something so. */
  pulse(): void {
    if (this.#flowing) this.put(this.#deps.engine.sealBatch('[]'));
  }

  /** Whether it is time for a new epoch because the counter of this one gets long. */
  get spent(): boolean {
    return this.#sealed.epoch === this.#epoch && this.#sealed.sequence >= frameLimits.epochFrames;
  }

  /** Lets out what the engine makes, in the order in which it was asked for. */
  put(frames: Promise<Outcome<readonly Bytes[]>>, onTooLarge?: () => void): void {
    this.#outlet.put(
      frames.then((outcome) => {
        if (outcome.ok) return outcome.value;
        this.#deps.onFault(outcome.fault);
        if (outcome.fault === 'tooLarge') onTooLarge?.();
        return [];
      }),
    );
  }

  /** Whether keys and frames from the position on are all still here. */
  holds(from: StreamPosition): boolean {
    const known = from.epoch >= this.#firstEpoch && from.epoch <= this.#epoch;
    return known && from.epoch + 1 >= this.#retainedFrom && !this.#ring.hasLost(from);
  }

  /** Gives a slot the keys of later epochs and every frame from the position on. */
  resume(slot: number, from: StreamPosition, onLost: () => void): void {
    for (let epoch = from.epoch + 1; epoch <= this.#epoch; epoch += 1) this.grant(slot, epoch, false);
    this.#outlet.after(() => {
      const missed = this.#ring.since(from);
      if (missed === undefined) onLost();
      return missed?.map((frame) => addressResend(frame, slot)) ?? [];
    });
  }

  viewAgeMs(seen: StreamPosition): number | undefined {
    const known = seen.epoch >= this.#firstEpoch && seen.epoch <= this.#sealed.epoch;
    const future = seen.epoch === this.#sealed.epoch && seen.sequence > this.#sealed.sequence;
    if (!known || future || this.#ring.hasLost(seen)) return undefined;
    const sealedAtMs = this.#ring.sealedAtMs(seen);
    return sealedAtMs === undefined ? 0 : this.#deps.clock.now() - sealedAtMs;
  }

  #noteSealed(frame: Bytes): void {
    const header = readFrameHeader(frame);
    if (header?.kind === 'data') {
      this.#sealed = { epoch: header.epoch, sequence: header.sequence + 1 };
      if (this.#flowing) this.#pulse.sealed();
      this.#forgetBefore(this.#ring.oldestEpoch ?? header.epoch);
    }
    this.#deps.onSealed(frame);
  }

  #forgetBefore(epoch: number): void {
    if (epoch <= this.#retainedFrom) return;
    this.#retainedFrom = epoch;
    this.#deps.engine.forgetBefore(epoch).catch(this.#deps.onBroken);
  }
}

/** The JSON of arrays of events, cut at event borders so that no batch is needlessly long. */
function batches(events: readonly unknown[]): string[] {
  const whole: string[] = [];
  let gathered: string[] = [];
  let length = 0;
  for (const event of events) {
    const text = JSON.stringify(event);
    if (gathered.length > 0 && length + text.length > frameLimits.batchTextLength) {
      whole.push(`[${gathered.join(',')}]`);
      gathered = [];
      length = 0;
    }
    gathered.push(text);
    length += text.length;
  }
  if (gathered.length > 0) whole.push(`[${gathered.join(',')}]`);
  return whole;
}
