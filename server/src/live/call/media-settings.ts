/** What every call is made of: codecs, caps and how transports behave. */

import { limits } from '@alongside/protocol';
import type { types } from 'mediasoup';

export const mediaCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
];

export const callLimits = {
  /** Of one member: a microphone, a camera and a screen; room for those of everybody else, and for one's reconnection. */
  producers: 3,
  consumers: 3 * (limits.callPresent + 2),
  /** Joins of one member that are under way or wait; each makes two transports in the place of the former two. */
  joinsAtOnce: 3,
  /** Of one member in agreeing on keys: one for each page that they load. */
  keyNames: 64,
  incomingBitsPerSecond: 2_500_000,
  outgoingBitsPerSecond: 2_500_000,
  firstOutgoingBitsPerSecond: 800_000,
  /** In ms. Browsers leave a request for a key frame unheard that follows another by less than 300 ms: it waits, and is not lost for a second. */
  keyFrameRequestDelay: 320,
  /**
   * A sender is asked to keep to the limit by feedback, which one who means harm ignores: they are cut once so much more
   * than this has come, after 10 s of 6 Mbit/s or a minute of 3.5.
   */
  floodBitsPerSecond: 3_000_000,
  floodBits: 30_000_000,
  floodLookMs: 5000,
  /** Of a camera's two pictures, a small and a large one. */
  largestLayer: 1,
  /** A page that is loaded anew is back by then. */
  desertedMs: 5000,
  /** How long a join waits for a worker that is being started again. */
  workerWaitMs: 4000,
} as const;

export interface WorkerRestart {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly ends: number;
  readonly withinMs: number;
  readonly openMs: number;
}

export const workerRestart: WorkerRestart = {
  firstPauseMs: 100,
  longestPauseMs: 5000,
  /** So many ends within this time open the circuit: then calls are off for a while. */
  ends: 5,
  withinMs: 60_000,
  openMs: 60_000,
};
