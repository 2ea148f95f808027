import { expect, it } from 'vitest';
import { FramePace } from './frame-pace.js';

const slowFrames = (pace: FramePace, spentMs: readonly number[]): readonly boolean[] =>
  spentMs.map((each) => pace.isTooSlow(each));

it('calls a device slow only after enough frames of which most took too long', () => {
  const told = slowFrames(new FramePace(), Array(30).fill(300));
  expect(told.indexOf(true)).toBe(23);
  expect(slowFrames(new FramePace(), Array(60).fill(200))).not.toContain(true);
});

it('forgives what took long for a moment', () => {
  const pace = new FramePace();
  const frames = [...Array(24).fill(30), ...Array(11).fill(2000), ...Array(24).fill(30)];
  expect(slowFrames(pace, frames)).not.toContain(true);
});
