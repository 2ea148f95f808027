/** What one connection may do to the relay, and how far a reader may fall behind before it is cut. */

import { frameLimits } from '@alongside/protocol';
import type { Rate } from './rate-meter.js';

const KiB = 1024;
const MiB = 1024 * KiB;

export const relayLimits = {
  /** A busy page makes a frame per task; a snapshot with its assets comes at once. */
  visitorFrames: { perSecond: 1000, burst: 4000 },
  visitorBytes: { perSecond: 4 * MiB, burst: 3 * frameLimits.snapshotBytes },
  /** Acks follow the visitor's rate, one for every few frames; the rest is pointing and acting. */
  agentFrames: { perSecond: 250, burst: 1000 },
  agentBytes: { perSecond: 256 * KiB, burst: 2 * MiB },
  /**
   * Whoever sends faster is not read for a while, so that its own socket slows it down. One that owes a longer
   * wait than this has sent on regardless, and is refused.
   */
  longestWaitMs: 10_000,
  /**
   * Stream bytes and frames that a reader may owe before it is cut from the deltas: as many bytes as its snapshot had,
   * since another one is the less to read from there on, but no fewer and no more than these.
   */
  behindBytes: 256 * KiB,
  behindBytesOfLargePage: 1 * MiB,
  behindFrames: 3000,
  /** A reader that owes an acknowledgement and gives none for so long is cut. */
  stallMs: 2000,
  /** With a snapshot to rebuild, or assets of one, it may be busy for longer. */
  rebuildStallMs: 10_000,
  /** A reader that still gives none is disconnected, and one that owes so much whatever the lane. */
  silentMs: 15_000,
  owedBytes: 2 * frameLimits.snapshotBytes,
  /** One that was cut is given the next epoch once it owes no more than this. */
  caughtUpBytes: 64 * KiB,
  /** The second guard: what a socket may hold by its own account, whatever its reader claims. */
  bufferedBytes: 2 * frameLimits.snapshotBytes,
  agentsPerEngagement: 32,
} as const satisfies Record<string, number | Rate>;
