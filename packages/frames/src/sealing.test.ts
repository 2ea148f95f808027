/** What is sealed opens in its own place only: no bit of header or body, no sender and no engagement may differ. */

import { writeFrameHeader, writeIntentHeader } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import type { Bytes } from './bytes.js';
import { randomBytes, utf8 } from './bytes.js';
import { addressResend } from './frame-ring.js';
import { importSealingKey, openFrame, sealFrame } from './sealing.js';

const visitor = { engagement: 'one', sender: 'visitor' } as const;

async function sealed(header: Bytes): Promise<{ key: CryptoKey; frame: Bytes }> {
  const key = await importSealingKey(randomBytes(32));
  return { key, frame: await sealFrame(key, { header, plain: utf8('the page') }, visitor) };
}

const dataHeader = writeFrameHeader({ kind: 'data', resend: false, slot: 0, epoch: 5, sequence: 9 });
const intentHeader = writeIntentHeader({
  kind: 'intent',
  resend: false,
  slot: 1,
  epoch: 5,
  sequence: 0,
  intent: 'click',
  lease: 3,
  seenEpoch: 5,
  seenSequence: 9,
});

describe('a sealed frame', () => {
  it.each([
    ['data', dataHeader],
    ['intent', intentHeader],
  ])('of kind %s opens as it was sealed and with no bit changed', async (_, header) => {
    const { key, frame } = await sealed(header);
    expect(await openFrame(key, frame, visitor)).toEqual(utf8('the page'));
    for (let bit = 0; bit < frame.byteLength * 8; bit += 1) {
      // The resend flag stands outside of the seal, together with the slot that it allows to set.
      if (bit === 8) continue;
      const changed = frame.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await openFrame(key, changed, visitor), `bit ${bit}`).toBeUndefined();
    }
  });

  it('does not open for another engagement, sender or key', async () => {
    const { key, frame } = await sealed(dataHeader);
    expect(await openFrame(key, frame, { ...visitor, engagement: 'two' })).toBeUndefined();
    expect(await openFrame(key, frame, { ...visitor, sender: 'agent' })).toBeUndefined();
    expect(await openFrame((await sealed(dataHeader)).key, frame, visitor)).toBeUndefined();
    expect(await openFrame(key, frame.slice(0, -1), visitor)).toBeUndefined();
    expect(await openFrame(key, frame.slice(0, 20), visitor)).toBeUndefined();
  });

  it('opens when it comes out of the ring for one slot, and only if it was sealed for everybody', async () => {
    const { key, frame } = await sealed(dataHeader);
    expect(await openFrame(key, addressResend(frame, 7), visitor)).toEqual(utf8('the page'));
    const direct = await sealed(
      writeFrameHeader({ kind: 'data', resend: false, slot: 2, epoch: 5, sequence: 9 }),
    );
    expect(await openFrame(direct.key, addressResend(direct.frame, 7), visitor)).toBeUndefined();
  });

  it('differs in each lane even at the same epoch and sequence', async () => {
    const key = await importSealingKey(randomBytes(32));
    const kinds = ['data', 'answer', 'key'] as const;
    const bodies = await Promise.all(
      kinds.map(async (kind) => {
        const header = writeFrameHeader({ kind, resend: false, slot: 0, epoch: 5, sequence: 9 });
        const frame = await sealFrame(key, { header, plain: new Uint8Array(32) }, visitor);
        return frame.slice(12, 44).join();
      }),
    );
    expect(new Set(bodies).size).toBe(kinds.length);
  });
});
