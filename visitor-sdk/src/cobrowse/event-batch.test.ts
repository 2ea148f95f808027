import { beforeEach, describe, expect, it } from 'vitest';
import { EventBatch } from './event-batch.js';
import type { MaskedEvent } from './masking/masked-event.js';

const event = (timestamp: number): MaskedEvent => ({ type: 3, timestamp, data: { source: 4 } });

describe('EventBatch', () => {
  let pushed: number[][];
  let microtasks: (() => void)[];
  let frames: (() => void)[];
  let behind: boolean;
  let batch: EventBatch;

  beforeEach(() => {
    pushed = [];
    microtasks = [];
    frames = [];
    behind = false;
    const sink = {
      push: (events: readonly MaskedEvent[]) => {
        pushed.push(events.map(({ timestamp }) => timestamp));
      },
      snapshot: () => undefined,
      needSnapshot: () => undefined,
      get behind() {
        return behind;
      },
    };
    batch = new EventBatch(sink, {
      microtask: (run) => microtasks.push(run),
      frame: (run) => frames.push(run),
    });
  });

  it('makes one batch of one microtask', () => {
    batch.add([event(1)]);
    batch.add([event(2), event(3)]);
    expect(pushed).toEqual([]);
    expect(microtasks).toHaveLength(1);
    microtasks[0]?.();
    expect(pushed).toEqual([[1, 2, 3]]);
    batch.add([event(4)]);
    microtasks[1]?.();
    expect(pushed).toEqual([[1, 2, 3], [4]]);
  });
  it('waits for a frame while the socket is behind', () => {
    behind = true;
    batch.add([event(1)]);
    expect(microtasks).toHaveLength(0);
    frames[0]?.();
    expect(pushed).toEqual([[1]]);
  });
  it('schedules nothing for nothing', () => {
    batch.add([]);
    expect(microtasks).toHaveLength(0);
  });
  it('sends what waits before a snapshot, and once', () => {
    batch.add([event(1)]);
    batch.flush();
    microtasks[0]?.();
    expect(pushed).toEqual([[1]]);
  });
  it('does not gather without end', () => {
    batch.add(Array.from({ length: 600 }, (_, index) => event(index)));
    expect(pushed[0]).toHaveLength(600);
  });
  it('forgets what waits', () => {
    batch.add([event(1)]);
    batch.clear();
    microtasks[0]?.();
    expect(pushed).toEqual([]);
  });
  it('GW2: waits until it is told, and keeps only the last of places that follow each other', () => {
    const move = (timestamp: number, kind: 1 | 3, id = 7): MaskedEvent => ({
      type: 3,
      timestamp,
      data: { source: kind, id },
    });
    batch.held = true;
    batch.keepsLastPlaces = true;
    batch.add([move(1, 1), move(2, 1), event(3), move(4, 1), move(5, 3), move(6, 3), move(7, 3, 8)]);
    expect([microtasks.length, frames.length]).toEqual([0, 0]);
    batch.flush();
    expect(pushed).toEqual([[2, 3, 4, 6, 7]]);
    batch.held = false;
    batch.keepsLastPlaces = false;
    batch.add([move(8, 1), move(9, 1)]);
    microtasks[0]?.();
    expect(pushed[1]).toEqual([8, 9]);
  });
});
