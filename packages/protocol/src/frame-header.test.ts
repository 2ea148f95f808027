/** The clear header survives a round trip in every kind, and nothing else passes for one. */
import { describe, expect, it } from 'vitest';
import type { FrameHeader, FrameKind, IntentHeader, IntentKind } from './frame-header.js';
import {
  ACK_BYTES,
  FRAME_HEADER_BYTES,
  INTENT_HEADER_BYTES,
  RESEND_FLAG,
  readFrameAck,
  readFrameHeader,
  readIntentHeader,
  writeFrameAck,
  writeFrameHeader,
  writeIntentHeader,
} from './frame-header.js';
import { FRAME_BYTES, frameSizeLimit } from './frame-limits.js';

const kinds: FrameKind[] = [
  'data',
  'snapshot',
  'asset',
  'answer',
  'key',
  'hello',
  'ack',
  'resume',
  'intent',
  'want',
];
const intents: IntentKind[] = ['point', 'draw', 'scroll', 'click', 'type', 'navigate'];

describe('the frame header', () => {
  it.each(kinds)('of %s reads as it was written', (kind) => {
    const header: FrameHeader = {
      kind,
      resend: kind === 'data',
      slot: 0xfffe,
      epoch: 0xfedcba98,
      sequence: 0x89abcdef,
    };
    const bytes = writeFrameHeader(header);
    expect(bytes.byteLength).toBe(FRAME_HEADER_BYTES);
    expect(readFrameHeader(bytes)).toEqual(header);
  });

  it('refuses short bytes, unknown kinds and unknown flags', () => {
    const bytes = writeFrameHeader({ kind: 'data', resend: false, slot: 0, epoch: 1, sequence: 2 });
    expect(readFrameHeader(bytes.subarray(0, 11))).toBeUndefined();
    for (const [offset, value] of [
      [0, 0],
      [0, 7],
      [0, 255],
      [1, 2],
      [1, 0x80 | RESEND_FLAG],
    ] as const) {
      const spoilt = bytes.slice();
      spoilt[offset] = value;
      expect(readFrameHeader(spoilt)).toBeUndefined();
    }
  });

  it('reads from the middle of a buffer', () => {
    const bytes = writeFrameHeader({ kind: 'key', resend: false, slot: 3, epoch: 1, sequence: 2 });
    const wide = new Uint8Array(40);
    wide.set(bytes, 7);
    expect(readFrameHeader(wide.subarray(7, 19))?.slot).toBe(3);
  });
});

describe('the intent header', () => {
  it.each(intents)('of %s reads as it was written', (intent) => {
    const header: IntentHeader = {
      kind: 'intent',
      resend: false,
      slot: 2,
      epoch: 9,
      sequence: 4,
      intent,
      lease: 0xffffffff,
      seenEpoch: 9,
      seenSequence: 77,
    };
    const bytes = writeIntentHeader(header);
    expect(bytes.byteLength).toBe(INTENT_HEADER_BYTES);
    expect(readIntentHeader(bytes)).toEqual(header);
    expect(readFrameHeader(bytes)?.kind).toBe('intent');
  });

  it('refuses other kinds, unknown intents and bytes in the gap', () => {
    const bytes = writeIntentHeader({
      kind: 'intent',
      resend: false,
      slot: 1,
      epoch: 1,
      sequence: 0,
      intent: 'point',
      lease: 0,
      seenEpoch: 1,
      seenSequence: 0,
    });
    for (const [offset, value] of [
      [0, 1],
      [12, 0],
      [12, 7],
      [13, 1],
      [14, 1],
      [15, 1],
    ] as const) {
      const spoilt = bytes.slice();
      spoilt[offset] = value;
      expect(readIntentHeader(spoilt)).toBeUndefined();
    }
    expect(readIntentHeader(bytes.subarray(0, 27))).toBeUndefined();
  });
});

describe('the ack', () => {
  it('carries a position and counts bytes modulo 2^32', () => {
    const bytes = writeFrameAck({ slot: 5, epoch: 6, sequence: 7, consumedBytes: 2 ** 32 + 8 });
    expect(bytes.byteLength).toBe(ACK_BYTES);
    expect(readFrameAck(bytes)).toEqual({ slot: 5, epoch: 6, sequence: 7, consumedBytes: 8 });
    expect(readFrameAck(bytes.subarray(0, 15))).toBeUndefined();
    expect(readFrameAck(new Uint8Array(17))).toBeUndefined();
  });
});

describe('the size limits', () => {
  it('know every kind, and the message limit is the largest of them', () => {
    expect(Math.max(...kinds.map(frameSizeLimit))).toBe(FRAME_BYTES);
    expect(Math.min(...kinds.map(frameSizeLimit))).toBe(ACK_BYTES);
  });
});
