/** An agent whose act could not be done for want of code is told at once, and of which. */

import { expect, it } from 'vitest';
import { actNotLoaded } from './act-not-loaded.js';

it.each([
  [
    { kind: 'click', ref: 7 },
    { outcome: 'refused', refusal: 'failed', ref: 7 },
  ],
  [
    { kind: 'click', ref: '7' },
    { outcome: 'refused', refusal: 'failed' },
  ],
  ['click', { outcome: 'refused', refusal: 'failed' }],
  [undefined, { outcome: 'refused', refusal: 'failed' }],
])('answers %j by what it is numbered', (body, answer) => {
  expect(actNotLoaded(body)).toEqual(answer);
});
