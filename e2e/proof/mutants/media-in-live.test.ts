/** Leaks of a call: they share a run with a call of its own, and a piece belongs to whom it lies with. */

import { expect, test } from 'vitest';
import type { Finding } from '../finding.js';
import { findingsOf, mediaOfNobody } from './attribution.js';
import { batchesOf } from './batches.js';
import { mediaInLive } from './media-in-live.js';
import { mutants } from './mutants.js';

const wanted = { canaries: [], bodies: [], keys: [] };

function piece(place: string, detector: Finding['detector'] = 'files'): Finding {
  return { detector, place, trace: { kind: 'media', of: 'voice', body: 3 } };
}

test('leaks of voice and picture are of several kinds, and none of them is in a run without a call', () => {
  expect(new Set(mediaInLive.map(({ stoppedBy }) => stoppedBy)).size).toBeGreaterThanOrEqual(3);
  expect(new Set(mediaInLive.map(({ where }) => where)).size).toBe(mediaInLive.length);
  const batches = batchesOf(mutants).filter((batch) => batch.some(({ mutant }) => mutant.plants === 'media'));
  expect(batches.map((batch) => batch.map(({ mutant }) => mutant.name))).toEqual([
    mediaInLive.map(({ name }) => name),
  ]);
  expect(mediaInLive.every(({ needs }) => needs?.includes('calls'))).toBe(true);
});

test('a piece of a call is that of the mutant that puts it there', () => {
  const [first, second] = mediaInLive;
  if (first === undefined || second === undefined) throw new Error('There are no such mutants.');
  const found = [piece(`/t/${first.where}`), piece(`/t/${second.where}`)];
  const slice = { own: 0, of: 2 };
  expect(findingsOf({ mutant: first, slice }, found, wanted)).toEqual(found.slice(0, 1));
  expect(mediaOfNobody([first, second], found)).toEqual([]);
  expect(mediaOfNobody([first], found)).toEqual(found.slice(1));
  expect(mediaOfNobody([first], [piece('live: PIPE', 'writes')])).toEqual([]);
});
