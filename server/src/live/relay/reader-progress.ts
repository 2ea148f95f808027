/**
 * How far an agent has read, from its acknowledgements: a handful of numbers, whatever was sent. What a socket
 * says of its own buffer is blind for the first megabytes, so that it is a second guard only.
 */

import type { FrameAck, FrameHeader } from '@alongside/protocol';
import { frameLimits } from '@alongside/protocol';
import { relayLimits } from './relay-limits.js';

type DirectHeader = Pick<FrameHeader, 'kind' | 'resend' | 'epoch'>;
export type ReaderStanding = 'reading' | 'behind' | 'silent';

const WRAP = 2 ** 32;

export class ReaderProgress {
  #forwardedBytes = 0;
  #owedBytes = 0;
  /** The most that direct frames can make of what is owed: a snapshot is no reason to be cut. */
  #owedDirectBytes = 0;
  /**
   * What was sent after the last snapshot, asset or resent frame: whoever owes more is still at that one, which takes
   * time to rebuild, as an answer does not. Undefined once it has been read.
   */
  #sinceRebuildBytes: number | undefined;
  #framesSinceAck = 0;
  /** Of the last snapshot, all its parts together. */
  #snapshotBytes = 0;
  #snapshotEpoch = 0;
  #epoch = 0;
  #epochFrames = 0;
  #readFrames = 0;
  /** Since when an acknowledgement has been due, by number of frames or bytes and not by time. */
  #dueSinceMs: number | undefined;
  #silentSinceMs: number | undefined;

  get owedBytes(): number {
    return this.#owedBytes;
  }

  get caughtUp(): boolean {
    return this.#owedBytes <= relayLimits.caughtUpBytes;
  }

  forwardedStream(epoch: number, byteLength: number, nowMs: number): void {
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#epochFrames = 0;
      this.#readFrames = 0;
    }
    this.#epochFrames += 1;
    this.#forwarded(byteLength, nowMs);
  }

  forwardedDirect({ kind, resend, epoch }: DirectHeader, byteLength: number, nowMs: number): void {
    this.#owedDirectBytes += byteLength;
    this.#forwarded(byteLength, nowMs);
    if (kind === 'snapshot') {
      this.#snapshotBytes = byteLength + (epoch === this.#snapshotEpoch ? this.#snapshotBytes : 0);
      this.#snapshotEpoch = epoch;
    }
    if (kind === 'snapshot' || kind === 'asset' || resend) this.#sinceRebuildBytes = 0;
  }

  /** False when the reader claims what cannot be: more than it was sent, or less than it claimed before. */
  take(ack: FrameAck, nowMs: number): boolean {
    const owedBytes = (this.#forwardedBytes - ack.consumedBytes + WRAP) % WRAP;
    if (owedBytes > this.#owedBytes) return false;
    this.#owedBytes = owedBytes;
    this.#owedDirectBytes = Math.min(this.#owedDirectBytes, owedBytes);
    if (owedBytes <= (this.#sinceRebuildBytes ?? 0)) this.#sinceRebuildBytes = undefined;
    this.#framesSinceAck = 0;
    this.#dueSinceMs = this.#isDue() ? nowMs : undefined;
    this.#silentSinceMs = this.#dueSinceMs;
    // A position beyond what was forwarded is possible: resends came by another way.
    if (ack.epoch === this.#epoch) this.#readFrames = Math.min(ack.sequence, this.#epochFrames);
    return true;
  }

  /** After a cut the count of unread frames begins anew with the next epoch. */
  cut(): void {
    this.#epochFrames = 0;
    this.#readFrames = 0;
    this.#dueSinceMs = undefined;
  }

  standing(nowMs: number): ReaderStanding {
    const silentMs = this.#silentSinceMs === undefined ? 0 : nowMs - this.#silentSinceMs;
    if (this.#owedBytes > relayLimits.owedBytes || silentMs > relayLimits.silentMs) return 'silent';
    const stallMs = this.#sinceRebuildBytes !== undefined ? relayLimits.rebuildStallMs : relayLimits.stallMs;
    const stalled = this.#dueSinceMs !== undefined && nowMs - this.#dueSinceMs > stallMs;
    const unreadFrames = this.#epochFrames - this.#readFrames;
    const streamBytes = this.#owedBytes - this.#owedDirectBytes;
    const behind = streamBytes > this.#mayOweBytes || unreadFrames > relayLimits.behindFrames;
    return stalled || behind ? 'behind' : 'reading';
  }

  get #mayOweBytes(): number {
    const { behindBytes, behindBytesOfLargePage } = relayLimits;
    return Math.min(behindBytesOfLargePage, Math.max(behindBytes, this.#snapshotBytes));
  }

  #forwarded(byteLength: number, nowMs: number): void {
    this.#forwardedBytes = (this.#forwardedBytes + byteLength) % WRAP;
    this.#owedBytes += byteLength;
    if (this.#sinceRebuildBytes !== undefined) this.#sinceRebuildBytes += byteLength;
    this.#framesSinceAck += 1;
    if (!this.#isDue()) return;
    this.#dueSinceMs ??= nowMs;
    this.#silentSinceMs ??= nowMs;
  }

  #isDue(): boolean {
    return this.#framesSinceAck >= frameLimits.ackFrames || this.#owedBytes >= frameLimits.ackBytes;
  }
}
