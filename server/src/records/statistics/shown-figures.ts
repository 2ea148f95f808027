/** Which figures of a cell may be shown: none of fewer than ten, and none by which one of fewer could be worked out. */

import { type FigureName, figureNames } from '@alongside/protocol';

export const LEAST_SHOWN = 10;

export type Counts = Readonly<Record<FigureName, number>>;
export type ShownFigures = Partial<Readonly<Record<FigureName, number>>>;

/** What contains what; a figure comes after the one that contains it. */
const within: Readonly<Partial<Record<FigureName, FigureName>>> = {
  accepted: 'engagements',
  answered: 'engagements',
  viewed: 'accepted',
  called: 'accepted',
  controlled: 'viewed',
};

/** Of one cell, as they come. */
export interface Means {
  /** How many of those who answered gave a rating: a form may leave it to them. */
  readonly rated: number;
  readonly rating: number | undefined;
  readonly waitSeconds: number | undefined;
}

export interface ShownMeans {
  readonly ratingTenths: number | null;
  readonly waitSeconds: number | null;
}

/** Only with the figure that they belong to, and of ten values at least: a mean of one is what one person said. */
export function shownMeans(shown: ShownFigures, { rated, rating, waitSeconds }: Means): ShownMeans {
  const isRated = shown.answered !== undefined && rated >= LEAST_SHOWN && rating !== undefined;
  const isWait = shown.accepted !== undefined && waitSeconds !== undefined;
  return {
    ratingTenths: isRated ? Math.round(rating * 10) : null,
    waitSeconds: isWait ? Math.round(waitSeconds) : null,
  };
}

export function shownFigures(counts: Counts): ShownFigures {
  const shown: Partial<Record<FigureName, number>> = {};
  for (const name of figureNames) {
    const above = nearestShown(name, shown);
    const rest = above === undefined ? LEAST_SHOWN : above - counts[name];
    if (counts[name] >= LEAST_SHOWN && rest >= LEAST_SHOWN) shown[name] = counts[name];
  }
  return shown;
}

function nearestShown(name: FigureName, shown: ShownFigures): number | undefined {
  for (let above = within[name]; above !== undefined; above = within[above]) {
    const value = shown[above];
    if (value !== undefined) return value;
  }
  return undefined;
}
