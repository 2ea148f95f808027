/** A picture gives way to a voice on a line that does not bear both, and comes back with it. */

import { describe, expect, it } from 'vitest';
import { PictureRationing } from './picture-ration.js';

const LOOK_MS = 2000;

/** What is sent in each look of a line, which tells what is lost of what is sent over it. */
function over(lost: (ration: string, at: number) => number | undefined, looks: number) {
  const rationing = new PictureRationing();
  return Array.from({ length: looks }, (_, at) => rationing.tell(lost(rationing.ration, at), at * LOOK_MS));
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

  it('is small where the line bears no more, and is tried larger ever less often', () => {
    const thin = (ration: string) => (ration === 'all' ? 300 : 0);
    expect(stretches(over(thin, 40))).toEqual(['small 5', 'all 3', 'small 10', 'all 3', 'small 19']);
  });

  it('is not sent where the line bears a voice alone, and comes back when it is wide again', () => {
    const line = (ration: string, at: number) => (ration === 'none' || at > 8 ? 0 : 400);
    expect(stretches(over(line, 30))).toEqual(['small 3', 'none 5', 'small 5', 'all 17']);
  });

  it('is sent again where as much is lost without it', () => {
    expect(stretches(over(() => 200, 30))).toEqual(['small 3', 'none 3', 'all 24']);
  });
});
