/** The pace of snapshots: at most one in five seconds and six in a minute. */

import { describe, expect, it } from 'vitest';
import { ManualClock } from '../test/manual-clock.js';
import { SnapshotPacer } from './snapshot-pacer.js';

describe('the pacer', () => {
  it('lets six through in a minute, five seconds apart, and then waits for the minute', () => {
    const clock = new ManualClock();
    const startedAtMs = clock.now();
    const atMs: number[] = [];
    const pacer = new SnapshotPacer(clock, () => {
      atMs.push(clock.now() - startedAtMs);
      pacer.taken();
    });
    for (let second = 0; second < 100; second += 1) {
      pacer.request();
      clock.advance(1000);
    }
    expect(atMs).toEqual([
      0, 5000, 10_000, 15_000, 20_000, 25_000, 60_000, 65_000, 70_000, 75_000, 80_000, 85_000,
    ]);
  });

  it('makes one of many requests, and does not count what was not taken', () => {
    const clock = new ManualClock();
    let due = 0;
    const pacer = new SnapshotPacer(clock, () => {
      due += 1;
    });
    pacer.request();
    pacer.request();
    expect([due, pacer.asked]).toEqual([1, true]);
    pacer.withdraw();
    pacer.request();
    expect(due).toBe(2);
    pacer.taken();
    pacer.request();
    pacer.request();
    clock.advance(4999);
    expect(due).toBe(2);
    clock.advance(1);
    expect(due).toBe(3);
  });

  it('lets an urgent one through at once, but not more than six in a minute', () => {
    const clock = new ManualClock();
    let taken = 0;
    const pacer = new SnapshotPacer(clock, () => {
      taken += 1;
      pacer.taken();
    });
    pacer.request();
    pacer.request();
    pacer.request({ urgent: true });
    expect(taken).toBe(2);
    for (let each = 0; each < 9; each += 1) pacer.request({ urgent: true });
    expect(taken).toBe(6);
    clock.advance(59_999);
    expect(taken).toBe(6);
    clock.advance(1);
    expect(taken).toBe(7);
  });

  it('is silent after it is closed', () => {
    const clock = new ManualClock();
    let due = 0;
    const pacer = new SnapshotPacer(clock, () => {
      due += 1;
    });
    pacer.request();
    pacer.taken();
    pacer.request();
    pacer.close();
    clock.advance(60_000);
    expect(due).toBe(1);
  });
});
