/** A question for a call is heard again and again until it is answered, and in no page that nobody has pressed. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ring } from './ring.js';

let sounds: number;

beforeEach(() => {
  sounds = 0;
  vi.useFakeTimers();
  const param = { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined };
  class Context {
    currentTime = 0;
    resume = async () => undefined;
    close = async () => undefined;
    createGain = () => ({ gain: param, connect: () => undefined });
    createOscillator = () =>
      Object.assign(new EventTarget(), {
        ...{ frequency: param, connect: () => undefined, stop: () => undefined },
        start: () => {
          sounds += 1;
        },
      });
  }
  vi.stubGlobal('AudioContext', Context);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each([
  [true, [1, 3, 3]],
  [false, [0, 0, 0]],
  [undefined, [0, 0, 0]],
])('in a page that was pressed (%s)', async (hasBeenActive, heard) => {
  vi.stubGlobal('navigator', hasBeenActive === undefined ? {} : { userActivation: { hasBeenActive } });
  const stop = ring();
  const counted: number[] = [];
  for (const ms of [1000, 12_000]) {
    await vi.advanceTimersByTimeAsync(ms);
    counted.push(sounds);
  }
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([...counted, sounds]).toEqual(heard);
});
