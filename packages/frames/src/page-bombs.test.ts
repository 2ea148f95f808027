/** C5.10, C5.11: pages made to use up an agent's memory or time are refused before anything is made of them. */

import { frameLimits } from '@alongside/protocol';
import { deflateRaw, inflateRaw } from 'pako';
import { describe, expect, it } from 'vitest';
import type { Bytes } from './bytes.js';
import { utf8 } from './bytes.js';
import { DirectInbox } from './direct-inbox.js';
import type { FrameBody } from './frame-body.js';

const MOST_MS = 3_000;
const MOST_KEPT_BYTES = 20 * 1024 * 1024;
const MiB = 1024 * 1024;

/** As the relay would bring it, in one part; what it says of its length need not be true. */
function body(plain: Bytes, plainLength = plain.byteLength): FrameBody {
  return { deflated: true, part: 0, parts: 1, plainLength, payload: new Uint8Array(deflateRaw(plain)) };
}

const repeated = (text: string, count: number) => utf8(text.repeat(count));

describe('a bomb', () => {
  it.each([
    ['of a million empty elements', () => body(repeated('[],', 2_000_000)), 'tooLarge'],
    ['of a depth that no stack holds', () => body(repeated('{"childNodes":[', 100_000)), 'tooLarge'],
    ['of numbers', () => body(repeated('1,', 5_000_000)), 'tooLarge'],
    ['of one long text', () => body(repeated(' ', 8 * MiB)), 'malformed'],
    ['that inflates to more than it says', () => body(new Uint8Array(20 * MiB), 1_000), 'inflatesTooFar'],
    ['that inflates to less than it says', () => body(utf8('[]'), 20 * MiB), 'inflatesTooFar'],
    [
      'that says it is longer than any page',
      () => body(utf8('[]'), frameLimits.snapshotPlainBytes + 1),
      'inflatesTooFar',
    ],
  ])('%s is refused in bounded time and memory', async (_what, make, fault) => {
    const bomb = make();
    const keptBefore = process.memoryUsage().heapUsed;
    const startedAt = performance.now();
    const outcome = await new DirectInbox().take('snapshot', bomb);
    expect(performance.now() - startedAt).toBeLessThan(MOST_MS);
    expect(outcome).toEqual({ ok: false, fault });
    expect(process.memoryUsage().heapUsed - keptBefore).toBeLessThan(MOST_KEPT_BYTES);
  });

  it('of twenty thousand bytes is refused, where what has no bounds unpacks twenty million', async () => {
    const bomb = body(new Uint8Array(20 * MiB), 1_000);
    expect(bomb.payload.byteLength).toBeLessThan(21 * 1024);
    expect(inflateRaw(bomb.payload).byteLength).toBe(20 * MiB);
    expect(await new DirectInbox().take('snapshot', bomb)).toEqual({ ok: false, fault: 'inflatesTooFar' });
  });

  it('of many parts is refused when the parts together pass the limit', async () => {
    const inbox = new DirectInbox();
    const parts = 4_096;
    const payload = new Uint8Array(MiB);
    let part = 0;
    for (; part < parts; part += 1) {
      const taken = await inbox.take('snapshot', { deflated: true, part, parts, plainLength: 10, payload });
      if (!taken.ok) break;
    }
    expect(part * payload.byteLength).toBeLessThanOrEqual(frameLimits.snapshotBytes);
  });
});
