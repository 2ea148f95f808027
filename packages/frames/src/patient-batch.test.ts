/** What may wait leaves together and in time, and never lets anything else wait or overtake it. */

import { expect, it } from 'vitest';
import { ManualClock } from '../test/manual-clock.js';
import { PatientBatch } from './patient-batch.js';

function patient() {
  const clock = new ManualClock();
  const sent: (readonly unknown[])[] = [];
  const batch = new PatientBatch(
    clock,
    (event) => event === 'move',
    (events) => sent.push(events),
  );
  return { clock, sent, batch };
}

it('gathers what may wait, for fifty milliseconds from the first', () => {
  const { clock, sent, batch } = patient();
  for (let turn = 0; turn < 3; turn += 1) {
    batch.add(['move']);
    clock.advance(16);
  }
  expect(sent).toEqual([]);
  clock.advance(2);
  expect(sent).toEqual([['move', 'move', 'move']]);
  clock.advance(500);
  expect(sent).toHaveLength(1);
});

it('lets nothing else wait, and keeps the order', () => {
  const { clock, sent, batch } = patient();
  batch.add(['move']);
  batch.add(['change', 'move']);
  batch.add(['change']);
  expect(sent).toEqual([['move', 'change', 'move'], ['change']]);
  clock.advance(500);
  expect(sent).toHaveLength(2);
});

it('sends what it holds when asked, and forgets it when nobody is there', () => {
  const { clock, sent, batch } = patient();
  batch.flush();
  batch.add(['move']);
  batch.flush();
  batch.add(['move']);
  batch.clear();
  clock.advance(500);
  expect(sent).toEqual([['move']]);
});
