/** The ring: what it holds, what it has lost, and that it is bounded. */

import { writeFrameHeader } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { Bytes } from './bytes.js';
import { concatBytes } from './bytes.js';
import { FrameRing } from './frame-ring.js';

function frame(epoch: number, sequence: number, bytes = 100): Bytes {
  const header = writeFrameHeader({ kind: 'data', resend: false, slot: 0, epoch, sequence });
  return concatBytes(header, new Uint8Array(bytes - header.byteLength));
}

describe('the ring', () => {
  it('gives everything from a position on, across epochs', () => {
    const ring = new FrameRing();
    const frames = [frame(1, 0), frame(1, 1), frame(3, 0), frame(3, 1)];
    for (const [at, entry] of frames.entries()) ring.push(entry, at);
    expect(ring.since({ epoch: 1, sequence: 0 })).toEqual(frames);
    expect(ring.since({ epoch: 1, sequence: 1 })).toEqual(frames.slice(1));
    expect(ring.since({ epoch: 1, sequence: 2 })).toEqual(frames.slice(2));
    expect(ring.since({ epoch: 2, sequence: 0 })).toEqual(frames.slice(2));
    expect(ring.since({ epoch: 3, sequence: 2 })).toEqual([]);
    expect(ring.sealedAtMs({ epoch: 1, sequence: 2 })).toBe(2);
    expect(ring.sealedAtMs({ epoch: 3, sequence: 2 })).toBeUndefined();
  });

  it('is bounded in count and bytes, and knows what it has lost', () => {
    const ring = new FrameRing({ ringFrames: 3, ringBytes: 1000 });
    for (let sequence = 0; sequence < 5; sequence += 1) ring.push(frame(1, sequence), 0);
    expect(ring.since({ epoch: 1, sequence: 1 })).toBeUndefined();
    expect(ring.hasLost({ epoch: 1, sequence: 1 })).toBe(true);
    expect(ring.since({ epoch: 1, sequence: 2 })).toHaveLength(3);
    ring.push(frame(2, 0, 950), 0);
    expect(ring.since({ epoch: 1, sequence: 4 })).toBeUndefined();
    expect(ring.since({ epoch: 1, sequence: 5 })).toHaveLength(1);
    expect(ring.oldestEpoch).toBe(2);
    ring.push(frame(2, 1, 1001), 0);
    expect(ring.oldestEpoch).toBeUndefined();
    ring.clear();
    expect(ring.hasLost({ epoch: 1, sequence: 0 })).toBe(false);
  });
});
