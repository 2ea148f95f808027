/** A picture gives way to a voice on a line that does not bear both, and comes back with it. */

import { describe, expect, it } from 'vitest';
import { PictureRationing } from './picture-ration.js';

const LOOK_MS = 2000;

/** What goes in each look over a line, which tells what is lost of it, and what it is taken to bear. */
function over(lost: (ration: string, at: number) => number | undefined, looks: number, bearsKbps?: number) {
  const rationing = new PictureRationing();
  return Array.from({ length: looks }, (_, at) => {
    const lostPermille = lost(rationing.ration, at);
    return rationing.tell({ lostPermille, sinceMs: (at - 1) * LOOK_MS, bearsKbps }, at * LOOK_MS);
  });
}

/** How long each stood, in looks. */
function stretches(rations: readonly string[]): string[] {
  const found: [string, number][] = [];
  for (const ration of rations) {
    const last = found.at(-1);
    if (last?.[0] === ration) last[1] += 1;
    else found.push([ration, 1]);
  }
  return found.map(([ration, looks]) => `${ration} ${looks}`);
}

describe('A picture', () => {
  it('is sent whole where the line bears it, also where little or nothing is known of it', () => {
    expect(stretches(over((_, at) => [0, 40, undefined][at % 3], 60))).toEqual(['all 60']);
  });

  it.each([
    ['while it begins', [undefined, 100]],
    ['in a moment without any network', [0, 0, 900, undefined, 0]],
  ])('stays whole where some of it is lost %s, and not again', (_, lost) => {
    expect(stretches(over((_ration, at) => (at < lost.length ? lost[at] : 0), 10))).toEqual(['all 10']);
  });

  it('is small where the line bears no more, and is tried larger ever less often', () => {
    const thin = (ration: string) => (ration === 'all' ? 100 : 0);
    expect(stretches(over(thin, 40))).toEqual([
      ...['all 1', 'small 5', 'all 2', 'small 10', 'all 2', 'small 20'],
    ]);
  });

  it('is tried larger after a long while only where the sender finds no room for it', () => {
    const thin = (ration: string) => (ration === 'all' ? 100 : 0);
    expect(stretches(over(thin, 42, 100))).toEqual(['all 1', 'small 40', 'all 1']);
    expect(stretches(over(thin, 7, 300))).toEqual(['all 1', 'small 5', 'all 1']);
  });

  it('is not sent from the moment at which no voice is understood, and comes back when the line is wide', () => {
    const line = (ration: string, at: number) => (ration === 'none' || at > 8 ? 0 : 400);
    expect(stretches(over(line, 30))).toEqual([
      ...['all 1', 'none 5', 'small 2', 'none 10', 'small 10', 'all 2'],
    ]);
  });

  it('is sent again where as much is lost without it, and only what is told of that time counts', () => {
    expect(stretches(over(() => 200, 30))).toEqual(['all 1', 'none 4', 'all 25']);
    const told = new PictureRationing();
    for (const at of [0, 2000]) told.tell({ lostPermille: 200, sinceMs: at - 2000 }, at);
    expect(told.tell({ lostPermille: 200, sinceMs: 7000 }, 12_000)).toBe('none');
    expect(told.tell({ lostPermille: 200, sinceMs: 8000 }, 12_000)).toBe('all');
  });
});
