import { expect, it } from 'vitest';
import { Speaking } from './speaking.js';

it('somebody speaks from the first word to some time after the last one', () => {
  const speaking = new Speaking();
  const told = [
    [0.001, 0],
    [0.2, 100],
    [0, 300],
    [0.003, 799],
    [0, 800],
    [0.05, 900],
    [0, 1599],
    [0, 1600],
  ].map(([loudness = 0, at = 0]) => speaking.tell(loudness, at));
  expect(told).toEqual([false, true, true, true, false, true, true, false]);
});
