/** A side that has nothing to try looks again until it has, and disturbs no look that may still get there. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lookAgain } from './look-again.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function looking() {
  const transport = {
    iceGatheringState: 'new' as RTCIceGatheringState,
    connectionState: 'connecting',
    closed: false,
    found: [] as string[],
    getStats: async () => new Map(transport.found.map((type) => [type, { type }])) as RTCStatsReport,
    on: (_: 'icegatheringstatechange', act: () => void) => {
      tell = act;
    },
  };
  let tell = (): void => undefined;
  const become = (state: RTCIceGatheringState): void => {
    transport.iceGatheringState = state;
    tell();
  };
  const looks = { restarts: 0 };
  lookAgain(transport, async () => {
    looks.restarts += 1;
    become('gathering');
  });
  return { transport, become, looks };
}

it('looks again after each look that has found nothing, until it has found something', async () => {
  const { transport, become, looks } = looking();
  transport.found.push('certificate');
  for (const restarts of [1, 2, 3]) {
    become('gathering');
    become('complete');
    await vi.advanceTimersByTimeAsync(999);
    expect(looks.restarts).toBe(restarts - 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(looks.restarts).toBe(restarts);
  }
  transport.found.push('local-candidate');
  become('complete');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks.restarts).toBe(3);
});

it.each([
  ['connected', { connectionState: 'connected' }],
  ['closed', { closed: true }],
  ['looking already', { iceGatheringState: 'gathering' as const }],
])('asks for nothing once it is %s', async (_, now) => {
  const { transport, become, looks } = looking();
  become('complete');
  Object.assign(transport, now);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks.restarts).toBe(0);
});

it('asks for nothing once the answer of the browser comes too late', async () => {
  const { transport, become, looks } = looking();
  transport.getStats = async () => {
    transport.closed = true;
    return new Map() as RTCStatsReport;
  };
  become('complete');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks.restarts).toBe(0);
});
