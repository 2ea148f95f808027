import { expect, it } from 'vitest';
import { shownSizeOf } from './shown-size.js';

it.each([
  [0, 'hidden'],
  [96, 'small'],
  [320, 'small'],
  [321, 'large'],
  [1920, 'large'],
])('%d pixels are %s', (pixels, size) => expect(shownSizeOf(pixels)).toBe(size));
