/** A call is on when media get through, and not when the service has said so. */

import { expect, it } from 'vitest';
import { MediaWatch, type MediaWay, mediaWayOf } from './media-way.js';

it.each([
  [['new', 'new'], false, 'unused'],
  [['new', 'new'], true, 'connecting'],
  [['connecting', 'new'], false, 'connecting'],
  [['connecting', 'connected'], true, 'through'],
  [['connected', 'disconnected'], true, 'interrupted'],
  [['failed', 'new'], true, 'connecting'],
] as const)('the way of %j, wanted: %s, is %s', (states, isWanted, way) => {
  expect(mediaWayOf(states, isWanted)).toBe(way);
});

function watched(first: MediaWay) {
  const seen = { way: first, told: [] as string[], late: (): void => undefined, stopped: 0 };
  const watch = new MediaWatch({
    after: (_, act) => {
      seen.late = act;
      return () => {
        seen.stopped += 1;
      };
    },
    onWay: (way) => seen.told.push(way),
    onNever: () => seen.told.push('never'),
  });
  watch.begin(() => seen.way);
  return { watch, seen };
}

it('connects until media get through, and tells each change', () => {
  const { watch, seen } = watched('unused');
  for (const way of ['connecting', 'through', 'interrupted', 'through'] as const) {
    seen.way = way;
    watch.look();
  }
  seen.late();
  expect(seen.told).toEqual([
    'connecting',
    ...['connecting', 'through', 'interrupted', 'through'],
    'through',
  ]);
});

it('gives up what does not connect in time', () => {
  const { seen } = watched('connecting');
  seen.late();
  expect(seen.told).toEqual(['connecting', 'never']);
});

it('misses nothing where there is nothing to send or to receive', () => {
  const { watch, seen } = watched('unused');
  watch.look();
  expect(seen.told).toEqual(['connecting', 'through']);
  watch.end();
  expect(seen.stopped).toBe(1);
});
