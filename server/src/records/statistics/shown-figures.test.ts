/** Figures that are shown, and that nothing smaller can be worked out of them. */
import { figureNames } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { type Counts, LEAST_SHOWN, shownFigures, shownMeans } from './shown-figures.js';

const none: Counts = { engagements: 0, accepted: 0, viewed: 0, controlled: 0, called: 0, answered: 0 };

/** Random and nested as real ones are. */
function someCounts(random: () => number): Counts {
  const of = (most: number) => Math.floor(random() * (most + 1));
  const engagements = of(80);
  const accepted = of(engagements);
  const viewed = of(accepted);
  return {
    engagements,
    accepted,
    viewed,
    controlled: of(viewed),
    called: of(accepted),
    answered: of(engagements),
  };
}

/** The same run each time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

describe('[ST2] a figure below ten', () => {
  it('is not shown, and ten is', () => {
    expect(shownFigures({ ...none, engagements: 9 })).toEqual({});
    expect(shownFigures({ ...none, engagements: 10 })).toEqual({ engagements: 10 });
  });

  it('is not shown where it is nought', () => {
    expect(shownFigures({ ...none, engagements: 30 })).toEqual({ engagements: 30 });
  });
});

describe('[ST3] what remains of a figure', () => {
  it('hides the part where fewer than ten remain, and shows it where ten do', () => {
    expect(shownFigures({ ...none, engagements: 30, accepted: 21 })).toEqual({ engagements: 30 });
    expect(shownFigures({ ...none, engagements: 30, accepted: 20 })).toEqual({
      engagements: 30,
      accepted: 20,
    });
    expect(shownFigures({ ...none, engagements: 30, accepted: 30 })).toEqual({ engagements: 30 });
  });

  it('is looked for in the next figure around it where the nearest is not shown', () => {
    const counts = { ...none, engagements: 50, accepted: 45, viewed: 41, controlled: 12 };
    expect(shownFigures(counts)).toEqual({ engagements: 50, controlled: 12 });
    expect(shownFigures({ ...counts, viewed: 40 })).toEqual({ engagements: 50, viewed: 40, controlled: 12 });
  });

  it('is ten or more between any two that contain one another, whatever the counts', () => {
    const pairs = [
      ['engagements', 'accepted'],
      ['engagements', 'answered'],
      ['engagements', 'viewed'],
      ['engagements', 'called'],
      ['engagements', 'controlled'],
      ['accepted', 'viewed'],
      ['accepted', 'called'],
      ['accepted', 'controlled'],
      ['viewed', 'controlled'],
    ] as const;
    const random = randomOf(7);
    let compared = 0;
    for (let round = 0; round < 1_000; round += 1) {
      const shown = shownFigures(someCounts(random));
      for (const name of figureNames) expect(shown[name] ?? LEAST_SHOWN).toBeGreaterThanOrEqual(LEAST_SHOWN);
      for (const [whole, part] of pairs) {
        const [outer, inner] = [shown[whole], shown[part]];
        if (outer === undefined || inner === undefined) continue;
        compared += 1;
        expect(outer - inner).toBeGreaterThanOrEqual(LEAST_SHOWN);
      }
    }
    expect(compared).toBeGreaterThan(500);
  });
});

describe('[ST4] a mean', () => {
  const means = { rated: 12, rating: 4.25, waitSeconds: 31.5 };

  it('is shown with its own figure only, rounded to a tenth and to a second', () => {
    const shown = shownMeans({ answered: 12, accepted: 40 }, means);
    expect(shown).toEqual({ ratingTenths: 43, waitSeconds: 32 });
    expect(shownMeans({ accepted: 40 }, means)).toEqual({ ratingTenths: null, waitSeconds: 32 });
    expect(shownMeans({ answered: 12 }, means)).toEqual({ ratingTenths: 43, waitSeconds: null });
    expect(shownMeans({}, means)).toEqual({ ratingTenths: null, waitSeconds: null });
  });

  it('is of ten values at least, however many answered without rating', () => {
    expect(shownMeans({ answered: 40 }, { ...means, rated: 9 }).ratingTenths).toBeNull();
    expect(shownMeans({ answered: 40 }, { ...means, rated: 10 }).ratingTenths).toBe(43);
  });

  it('is nothing where nothing was measured', () => {
    const nothing = { rated: 0, rating: undefined, waitSeconds: undefined };
    expect(shownMeans({ answered: 12, accepted: 40 }, nothing)).toEqual({
      ratingTenths: null,
      waitSeconds: null,
    });
  });
});
