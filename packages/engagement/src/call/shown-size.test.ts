import { expect, it } from 'vitest';
import { borneSize, shownSizeOf } from './shown-size.js';

it.each([
  [0, 'hidden'],
  [96, 'small'],
  [320, 'small'],
  [321, 'large'],
  [1920, 'large'],
])('%d pixels are %s', (pixels, size) => expect(shownSizeOf(pixels)).toBe(size));

it.each([
  ['large', 'all', 'large'],
  ['large', 'small', 'small'],
  ['hidden', 'small', 'hidden'],
  ['small', 'none', 'hidden'],
] as const)('%s on a line that bears %s is %s', (shown, ration, size) =>
  expect(borneSize(shown, ration)).toBe(size),
);
