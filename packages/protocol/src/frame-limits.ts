/** Sizes, counts and times that both ends of the frames' WebSocket honour, and the relay between them. */

import type { FrameKind } from './frame-header.js';
import { ACK_BYTES } from './frame-header.js';

const KiB = 1024;
const MiB = 1024 * KiB;

export const frameLimits = {
  /** What an agent may hold back while a gap is being closed, before it asks for a snapshot instead. */
  heldFrames: 4096,
  heldBytes: 8 * MiB,
  /** The visitor's ring of recent sealed stream frames: 25 s of a page that moves in every animation frame. */
  ringFrames: 1536,
  ringBytes: 2 * MiB,
  /** All parts of one snapshot together, sealed. */
  snapshotBytes: 8 * MiB,
  /** What a snapshot may inflate to. */
  snapshotPlainBytes: 24 * MiB,
  /** What one batch of events may inflate to; batches are cut at events, so that only one event can be this big. */
  batchPlainBytes: 8 * MiB,
  /** Batches are cut at event borders when their text passes this length. */
  batchTextLength: 256 * KiB,
  /** One image, font or style, sealed. */
  assetBytes: 2 * MiB,
  assetPlainBytes: 4 * MiB,
  /** Hashes that one `want` may name. */
  wantHashes: 64,
  /** The visitor begins a new epoch before a counter gets near its end. */
  epochFrames: 1_000_000,
  snapshotGapMs: 5_000,
  snapshotsPerMinute: 6,
  /** An agent whose connection is lost may take up where it was for this long. */
  awayMs: 120_000,
  admissionMs: 10_000,
  /** An agent acknowledges after so many frames or bytes, and at the latest this long after the first. */
  ackFrames: 16,
  ackBytes: 64 * KiB,
  ackMs: 100,
  /** An agent that asked for a gap to be closed asks for a snapshot when nothing has come for this long. */
  resumeMs: 10_000,
} as const;

const sizes = {
  data: 64 * KiB,
  snapshot: 256 * KiB,
  asset: 256 * KiB,
  answer: 16 * KiB,
  key: 128,
  hello: 1 * KiB,
  ack: ACK_BYTES,
  resume: 256,
  intent: 32 * KiB,
  want: 8 * KiB,
} as const satisfies Record<FrameKind, number>;

/** The most bytes a frame of this kind may have, header and seal included. */
export function frameSizeLimit(kind: FrameKind): number {
  return sizes[kind];
}

/** The most bytes any frame may have: the WebSocket's own message limit. */
export const FRAME_BYTES = Math.max(...Object.values(sizes));
