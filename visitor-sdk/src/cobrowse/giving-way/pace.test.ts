/** How the recorder gives way: rules GW1 to GW4 of FIDELITY.md. */

import { beforeEach, describe, expect, it } from 'vitest';
import { Pace } from './pace.js';
import { paceLimits, paceSteps } from './pace-limits.js';

let now = 0;
let holds: number[] = [];
let pace: Pace;

/** So much time in which our work takes this share, told in small pieces as it happens. */
function pass(
  ms: number,
  { share, frameMs = 16 }: { readonly share: number; readonly frameMs?: number },
): void {
  for (let left = ms; left > 0; left -= 50) {
    now += 50;
    pace.worked(50 * share);
    pace.framed(frameMs);
  }
}

beforeEach(() => {
  now = 1_000;
  holds = [];
  pace = new Pace({ now: () => now, onStep: ({ holdMs }) => holds.push(holdMs) });
});

describe('Pace', () => {
  it('GW1: goes slower at once while its own work takes more of the time than it may', () => {
    pass(2 * paceLimits.sliceMs, { share: 2 * paceLimits.mostShare });
    expect(holds).toEqual([100]);
    pass(paceLimits.sliceMs, { share: 2 * paceLimits.mostShare });
    expect(holds).toEqual([100, 300]);
    pass(10_000, { share: 2 * paceLimits.mostShare });
    expect(holds).toEqual([100, 300, 1000]);
  });

  it('GW1: asks for less still where frames come late already', () => {
    const share = 1.5 * paceLimits.mostShareWhileLate;
    pass(5_000, { share });
    expect(holds).toEqual([]);
    pass(3 * paceLimits.sliceMs, { share, frameMs: 2 * paceLimits.lateFrameMs });
    expect(holds.length).toBeGreaterThan(0);
  });

  it('GW1: takes no notice of what is over in one slice', () => {
    for (let times = 0; times < 5; times += 1) {
      pass(paceLimits.sliceMs, { share: 0.9 });
      pass(paceLimits.sliceMs, { share: 0 });
    }
    expect(holds).toEqual([]);
  });

  it('GW1: leaves a page that is slow by itself alone', () => {
    pass(10_000, { share: 0, frameMs: 400 });
    expect(holds).toEqual([]);
  });

  it('GW3: comes back step by step when the page is calm', () => {
    pass(1_000, { share: 1 });
    expect(pace.step).toBe(paceSteps[3]);
    pass(paceLimits.calmMs + 2 * paceLimits.sliceMs, { share: 0 });
    expect(pace.step).toBe(paceSteps[2]);
    pass(3 * paceLimits.calmMs, { share: 0 });
    expect(pace.step).toBe(paceSteps[0]);
  });

  it('GW3: tries a step that it had to take back only after twice the time', () => {
    pass(3 * paceLimits.sliceMs, { share: 2 * paceLimits.mostShare });
    const [, second] = paceSteps;
    pass(2 * paceLimits.calmMs + 4 * paceLimits.sliceMs, { share: 0 });
    expect(pace.step).toBe(paceSteps[0]);
    pass(2 * paceLimits.sliceMs, { share: 2 * paceLimits.mostShare });
    expect(pace.step).toBe(second);
    pass(paceLimits.calmMs + 2 * paceLimits.sliceMs, { share: 0 });
    expect(pace.step).toBe(second);
    pass(paceLimits.calmMs, { share: 0 });
    expect(pace.step).toBe(paceSteps[0]);
  });

  it('GW3: hears of calm also where nothing happens any more', () => {
    pass(2 * paceLimits.sliceMs, { share: 1 });
    for (let looks = 0; looks < 20; looks += 1) {
      now += paceLimits.sliceMs;
      pace.look();
    }
    expect(pace.step).toBe(paceSteps[0]);
  });

  it('GW2: keeps pictures for calm times, and never holds as long as an act may be old', () => {
    expect(paceSteps.map(({ pictures }) => pictures)).toEqual([true, false, false, false]);
    expect(Math.max(...paceSteps.map(({ holdMs }) => holdMs))).toBeLessThan(2_000);
  });
});
