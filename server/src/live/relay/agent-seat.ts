/** An agent's admitted connection: what goes out to it, and whether it keeps up. */

import type { AgentId, FrameAck, FrameHeader, IntentKind } from '@alongside/protocol';
import { intentLimits, writeNote } from '@alongside/protocol';
import type { Frame } from './frame.js';
import { FrameCheck } from './frame-check.js';
import type { FrameLine } from './frame-line.js';
import type { FrameSeat } from './ports.js';
import { RateMeter } from './rate-meter.js';
import { ReaderProgress } from './reader-progress.js';
import type { RelayCounts } from './relay-counts.js';
import { relayLimits } from './relay-limits.js';

export type AgentOnFrames = Extract<FrameSeat, { role: 'agent' }>;

export interface AgentSeatDeps {
  readonly slot: number;
  readonly who: AgentOnFrames;
  readonly line: FrameLine;
  readonly counts: RelayCounts;
  /** Called once per cut, when the agent has read enough to be given the next epoch. */
  readonly onReadyAgain: () => void;
  /** The agent reads no more; the connection has to end. */
  readonly onSilent: () => void;
}

export class AgentSeat {
  readonly slot: number;
  readonly who: AgentOnFrames;
  readonly line: FrameLine;
  readonly check: FrameCheck;
  readonly #deps: AgentSeatDeps;
  readonly #progress = new ReaderProgress();
  readonly #leased: RateMeter;
  readonly #shown: RateMeter;
  /** The epoch of which it is sent no stream frame any more. */
  #cutEpoch: number | undefined;
  #toldReady = false;

  constructor(deps: AgentSeatDeps, nowMs: number) {
    this.#deps = deps;
    this.slot = deps.slot;
    this.who = deps.who;
    this.line = deps.line;
    this.check = new FrameCheck({ side: 'agent', slot: deps.slot }, nowMs);
    this.#leased = new RateMeter(perSecond(intentLimits.leasedPerSecond), nowMs);
    this.#shown = new RateMeter(perSecond(intentLimits.shownPerSecond), nowMs);
  }

  get agentId(): AgentId {
    return this.#deps.who.agentId;
  }

  /** Whether it may send another intent of this kind in this second. */
  mayHurry(kind: IntentKind, nowMs: number): boolean {
    return (kind === 'point' || kind === 'draw' ? this.#shown : this.#leased).take(1, nowMs);
  }

  /** Bytes sent to it that it has not said to have read. */
  get owedBytes(): number {
    return this.#progress.owedBytes;
  }

  /** A frame of the stream, which a reader that is behind does not get. */
  sendStream(header: FrameHeader, frame: Frame, nowMs: number): void {
    if (!this.#mayStream(header.epoch, nowMs)) return;
    this.#progress.forwardedStream(header.epoch, frame.byteLength, nowMs);
    this.#send(frame);
  }

  /** A frame for this agent alone. */
  sendDirect(header: FrameHeader, frame: Frame, nowMs: number): void {
    this.#progress.forwardedDirect(header, frame.byteLength, nowMs);
    this.#send(frame);
  }

  /** False when the ack cannot be true. */
  takeAck(ack: FrameAck, nowMs: number): boolean {
    if (!this.#progress.take(ack, nowMs)) return false;
    this.#tellWhenReady();
    return true;
  }

  /** Looks at the time: one that is silent is noticed without a frame to send to it. */
  sweep(nowMs: number): void {
    const standing = this.#progress.standing(nowMs);
    if (standing === 'silent' || this.line.bufferedBytes > relayLimits.bufferedBytes) this.#deps.onSilent();
  }

  #send(frame: Frame): void {
    this.#deps.counts.forwarded += 1;
    this.line.send(frame);
  }

  #mayStream(epoch: number, nowMs: number): boolean {
    if (epoch === this.#cutEpoch) return false;
    if (this.#cutEpoch !== undefined) {
      if (!this.#progress.caughtUp) {
        this.#cut(epoch);
        return false;
      }
      this.#cutEpoch = undefined;
      this.#toldReady = false;
    }
    if (this.#progress.standing(nowMs) === 'reading') return true;
    this.#deps.counts.cuts += 1;
    this.#cut(epoch);
    return false;
  }

  #cut(epoch: number): void {
    this.#cutEpoch = epoch;
    this.#toldReady = false;
    this.#progress.cut();
    this.line.tell(writeNote({ cut: { epoch } }));
    this.#tellWhenReady();
  }

  /** The visitor begins a new epoch when the reader can take it, and not while its snapshot would only queue. */
  #tellWhenReady(): void {
    if (this.#cutEpoch === undefined || this.#toldReady || !this.#progress.caughtUp) return;
    this.#toldReady = true;
    this.#deps.onReadyAgain();
  }
}

function perSecond(count: number): { readonly perSecond: number; readonly burst: number } {
  return { perSecond: count, burst: count };
}
