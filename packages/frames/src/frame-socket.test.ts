/** A socket that never opens is given up, so that another one can be tried. */

import { frameLimits } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openFrameSocket } from './frame-socket.js';

let opening: Connecting[];

/** On a network that is gone: nothing comes of it until it is closed. */
class Connecting extends EventTarget {
  binaryType = '';
  constructor() {
    super();
    opening.push(this);
  }
  close(): void {
    this.dispatchEvent(new Event('close'));
  }
}

beforeEach(() => {
  opening = [];
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Connecting);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('is given up after as long as an admission may take', async () => {
  const ends: string[] = [];
  openFrameSocket('ws://live.test').then(
    () => ends.push('open'),
    () => ends.push('lost'),
  );
  await vi.advanceTimersByTimeAsync(frameLimits.admissionMs - 1);
  expect(ends).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(ends).toEqual(['lost']);
});

it('is not closed by that once it is open', async () => {
  const opened = openFrameSocket('ws://live.test');
  const closed = vi.fn();
  opening[0]?.addEventListener('close', closed);
  opening[0]?.dispatchEvent(new Event('open'));
  await opened;
  await vi.advanceTimersByTimeAsync(frameLimits.admissionMs);
  expect(closed).not.toHaveBeenCalled();
});
