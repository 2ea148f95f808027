/**
 * Puts the visitor's stream frames in order across gaps, epochs and reconnections, and yields their events.
 *
 * A receiver goes from one epoch to the next only when it has read as many frames of the first as the second's
 * key says there were, or when the key says that a snapshot comes. What arrives too early is held; what is
 * missing is asked for once. Its methods are called one after the other, each when the one before is done.
 */

import type { FrameHeader } from '@alongside/protocol';
import { frameLimits } from '@alongside/protocol';
import type { StreamPosition } from './agent-request.js';
import type { Bytes } from './bytes.js';
import type { FrameFault } from './frame-fault.js';
import { HeldFrames } from './held-frames.js';
import type { ReceivedEpoch } from './received-epoch.js';

export interface StreamReaderHooks {
  /** The events of one batch, after the snapshot that they follow, and the position after them. */
  onEvents(events: readonly unknown[], position: StreamPosition): void;
  /** Frames are missing: ask for everything from the position on; undefined asks for a snapshot. */
  onGap(from: StreamPosition | undefined): void;
  onFault(fault: FrameFault): void;
  /** A frame has been read in its place; it may have held nothing. */
  onRead(): void;
}

export class StreamReader {
  readonly #hooks: StreamReaderHooks;
  readonly #epochs = new Map<number, ReceivedEpoch>();
  readonly #held = new HeldFrames(frameLimits);
  #current: ReceivedEpoch | undefined;
  #snapshotEpoch = 0;
  /** Events that came before the snapshot they follow; undefined once it is there. */
  #untilSnapshot: { readonly events: readonly unknown[]; readonly position: StreamPosition }[] | undefined;
  /** What was asked for and may still come. `snapshot`: nothing before the next snapshot is of any use. */
  #asked: 'gap' | 'snapshot' | undefined;
  /** Whether a resend has come since a gap was asked about. */
  #resent = false;

  constructor(hooks: StreamReaderHooks) {
    this.#hooks = hooks;
  }

  /** Everything before this is read; undefined before the first epoch. */
  get position(): StreamPosition | undefined {
    return this.#current && { epoch: this.#current.number, sequence: this.#current.read };
  }

  /** Whether a page is shown, as it is or as it was. */
  get showing(): boolean {
    return this.#current !== undefined && this.#untilSnapshot === undefined;
  }

  /** Whether what is read is shown, and nothing before it is missing. */
  get live(): boolean {
    return this.#current !== undefined && this.#complete && !this.#hasGap;
  }

  /** The newest epoch whose key is here. */
  get newest(): number | undefined {
    return this.#epochs.size === 0 ? undefined : Math.max(...this.#epochs.keys());
  }

  epoch(number: number): ReceivedEpoch | undefined {
    return this.#epochs.get(number);
  }

  /** Takes the key of an epoch. */
  async addEpoch(epoch: ReceivedEpoch): Promise<void> {
    if (epoch.snapshot) this.#startAnew(epoch);
    else if (this.#epochs.has(epoch.number)) return;
    this.#epochs.set(epoch.number, epoch);
    await this.#advance();
  }

  /** Takes a stream frame, in whatever order it comes. */
  async take(header: FrameHeader, frame: Bytes): Promise<void> {
    const current = this.#current;
    // Without its key a frame is another's, or of an epoch that is read: epochs are left with their keys.
    if (current === undefined || !this.#epochs.has(header.epoch) || this.#asked === 'snapshot') return;
    if (header.epoch === current.number && header.sequence < current.read) {
      // A resend may overlap with what came live; anything else that comes twice was not sent twice.
      if (!header.resend) this.#hooks.onFault('replayed');
      return;
    }
    this.#noticeEndOfResend(header);
    if (this.#held.add(header, frame)) await this.#advance();
    else this.giveUp();
  }

  /**
   * Shows the snapshot of an epoch, and then what waited for it; false when it is not waited for. The stream
   * may have gone on to a later epoch meanwhile.
   */
  takeSnapshot(epoch: number, show: () => void): boolean {
    const waiting = this.#untilSnapshot;
    if (this.#current === undefined || waiting === undefined || epoch !== this.#snapshotEpoch) return false;
    this.#untilSnapshot = undefined;
    show();
    for (const { events, position } of waiting) this.#hooks.onEvents(events, position);
    return true;
  }

  /** On a new connection: the position to ask for, or undefined when only a snapshot is of use. */
  reconnect(): StreamPosition | undefined {
    this.#held.clear();
    if (this.#current === undefined || !this.#complete) {
      this.reset();
      return undefined;
    }
    this.#asked = 'gap';
    this.#resent = false;
    return this.position;
  }

  /** The visitor's page is another: nothing of the former one goes on. */
  reset(): void {
    this.#epochs.clear();
    this.#held.clear();
    this.#current = undefined;
    this.#untilSnapshot = undefined;
    this.#asked = undefined;
  }

  /** Nothing has come for too long: the stream may have gone on without a word. Asks for what is missing once more. */
  doubt(): void {
    if (this.#current === undefined || !this.#complete) {
      this.#asked = undefined;
      this.giveUp();
    } else if (this.#asked === undefined || !this.#hasGap) {
      this.#asked = 'gap';
      this.#resent = false;
      this.#hooks.onGap(this.position);
    }
  }

  /** The time for what was asked for is over: a gap that is still there needs a snapshot. */
  concludeGap(): void {
    if (this.#asked !== 'gap') return;
    this.#asked = undefined;
    if (this.#hasGap) this.giveUp();
  }

  /** The stream cannot be followed any more; only a snapshot helps. */
  giveUp(): void {
    this.#held.clear();
    if (this.#asked === 'snapshot') return;
    this.#asked = 'snapshot';
    this.#hooks.onGap(undefined);
  }

  get #complete(): boolean {
    return this.#untilSnapshot === undefined && this.#asked !== 'snapshot';
  }

  /** Something lies ahead that cannot be reached. */
  get #hasGap(): boolean {
    return !this.#held.isEmpty || this.#epochs.size > 1;
  }

  #startAnew(epoch: ReceivedEpoch): void {
    this.reset();
    this.#current = epoch;
    this.#snapshotEpoch = epoch.number;
    this.#untilSnapshot = [];
  }

  /** Resends come in one block: the first live frame after one ends it, and what is missing then is new. */
  #noticeEndOfResend(header: FrameHeader): void {
    if (header.resend) this.#resent = true;
    else if (this.#resent && this.#asked === 'gap') this.#asked = undefined;
  }

  async #advance(): Promise<void> {
    while (this.#asked !== 'snapshot' && (await this.#step())) {
      // Each step reads one frame or enters one epoch.
    }
    if (this.#asked === 'snapshot') return;
    if (!this.#hasGap) {
      this.#asked = undefined;
    } else if (this.#asked === undefined) {
      this.#asked = 'gap';
      this.#resent = false;
      this.#hooks.onGap(this.position);
    }
  }

  async #step(): Promise<boolean> {
    const current = this.#current;
    if (current === undefined) return false;
    const frame = this.#held.get(current.number, current.read);
    return frame === undefined ? this.#enterNext(current) : this.#read(current, frame);
  }

  async #read(epoch: ReceivedEpoch, frame: Bytes): Promise<boolean> {
    const sequence = epoch.read;
    const outcome = await epoch.readStream(frame);
    // The reader may have been closed, or given up the stream, while the frame was being opened.
    if (this.#current !== epoch || this.#asked === 'snapshot') return false;
    this.#held.remove(epoch.number, sequence);
    if (!outcome.ok) {
      this.#hooks.onFault(outcome.fault);
      if (epoch.read !== sequence) this.giveUp();
      return false;
    }
    this.#hooks.onRead();
    if (outcome.value === undefined || outcome.value.length === 0) return true;
    const position = { epoch: epoch.number, sequence: epoch.read };
    if (this.#untilSnapshot === undefined) this.#hooks.onEvents(outcome.value, position);
    else this.#untilSnapshot.push({ events: outcome.value, position });
    return true;
  }

  #enterNext(current: ReceivedEpoch): boolean {
    const next = this.#nextEpoch(current);
    if (next === undefined || next.previousFrames !== current.read) return false;
    this.#epochs.delete(current.number);
    this.#current = next;
    return true;
  }

  #nextEpoch(current: ReceivedEpoch): ReceivedEpoch | undefined {
    return [...this.#epochs.values()].find((epoch) => epoch.previousEpoch === current.number);
  }
}
