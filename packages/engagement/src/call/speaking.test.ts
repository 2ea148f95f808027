import { expect, it } from 'vitest';
import { Speaking } from './speaking.js';

it('somebody speaks from the first word to some time after the last one', () => {
  const speaking = new Speaking<string>();
  const told = [
    [0.001, 0],
    [0.2, 100],
    [0, 300],
    [0.003, 799],
    [0, 800],
    [0.05, 900],
    [0, 1599],
    [0, 1600],
  ].map(([loudness = 0, at = 0]) => speaking.tell([['aki', loudness]], at).length === 1);
  expect(told).toEqual([false, true, true, true, false, true, true, false]);
});

it('who speaks at once are told apart, also where a voice is there no more', () => {
  const speaking = new Speaking<string>();
  expect(speaking.tell([['eva', 0.2]], 0)).toEqual(['eva']);
  const both = [
    ['aki', 0.3],
    ['eva', 0.3],
  ] as const;
  expect(speaking.tell(both, 100)).toEqual(['eva', 'aki']);
  expect(speaking.tell([['aki', 0.3]], 700)).toEqual(['eva', 'aki']);
  expect(speaking.tell([['aki', 0]], 800)).toEqual(['aki']);
});
