/** The body of a `key` frame: a sender's raw epoch key, and from the visitor also where the epoch follows on. */

import type { Bytes } from './bytes.js';
import { concatBytes } from './bytes.js';
import { RAW_KEY_BYTES } from './sealing.js';

const SNAPSHOT_FLAG = 0x01;
const GRANT_BYTES = RAW_KEY_BYTES + 9;

/** What an agent is told of an epoch together with its key. */
export interface EpochGrant {
  readonly key: Bytes;
  /** A snapshot for this agent follows, and what it had before is of no more use. */
  readonly snapshot: boolean;
  /** The epoch before in this page load, or 0; and how many stream frames it had, so that none can be cut off. */
  readonly previousEpoch: number;
  readonly previousFrames: number;
}

export function writeGrant(grant: EpochGrant): Bytes {
  const tail = new Uint8Array(9);
  const view = new DataView(tail.buffer);
  view.setUint8(0, grant.snapshot ? SNAPSHOT_FLAG : 0);
  view.setUint32(1, grant.previousEpoch);
  view.setUint32(5, grant.previousFrames);
  return concatBytes(grant.key, tail);
}

/** Reads the plain body of a visitor's key frame; undefined when it is none. */
export function readGrant(plain: Bytes): EpochGrant | undefined {
  if (plain.byteLength !== GRANT_BYTES) return undefined;
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const flags = view.getUint8(RAW_KEY_BYTES);
  if ((flags & ~SNAPSHOT_FLAG) !== 0) return undefined;
  return {
    key: plain.slice(0, RAW_KEY_BYTES),
    snapshot: (flags & SNAPSHOT_FLAG) !== 0,
    previousEpoch: view.getUint32(RAW_KEY_BYTES + 1),
    previousFrames: view.getUint32(RAW_KEY_BYTES + 5),
  };
}
