/** How good a call is for one side, from what was measured, and what it suffers from most. */

import type { CallMeasured } from '@alongside/protocol';
import { ALL_LOST } from './call-counters.js';

export type CallGrade = 'good' | 'fair' | 'poor';
export type CallCause = 'upLoss' | 'downLoss' | 'silence' | 'jitter' | 'delay' | 'upQuality' | 'downQuality';

export interface CallQuality {
  /** Missing while nothing is known. */
  readonly grade?: CallGrade;
  /** What makes it worse than good, the worst first. */
  readonly causes: readonly CallCause[];
}

interface Scale {
  readonly cause: CallCause;
  readonly of: keyof CallMeasured;
  /** From here on it is heard; and from here on people repeat themselves. */
  readonly fair: number;
  readonly poor: number;
}

/** Opus with in-band correction bears some loss; beyond half a second of delay people talk into each other. */
const scales: readonly Scale[] = [
  { cause: 'upLoss', of: 'upLossPermille', fair: 20, poor: 60 },
  { cause: 'downLoss', of: 'downLossPermille', fair: 20, poor: 60 },
  { cause: 'delay', of: 'roundTripMs', fair: 300, poor: 600 },
  { cause: 'jitter', of: 'jitterMs', fair: 40, poor: 100 },
  // Scores go the other way: ten is the best.
  { cause: 'upQuality', of: 'upQuality', fair: 6, poor: 3 },
  { cause: 'downQuality', of: 'downQuality', fair: 6, poor: 3 },
];

export function callQualityOf(measured: CallMeasured): CallQuality {
  const found = scales.flatMap((scale) => {
    const value = measured[scale.of];
    if (value === undefined) return [];
    const isSilent = scale.cause === 'downLoss' && value === ALL_LOST;
    return [{ cause: isSilent ? 'silence' : scale.cause, badness: badnessOf(value, scale) }] as const;
  });
  if (found.length === 0) return { causes: [] };
  const causes = found.filter(({ badness }) => badness >= 1).sort((a, b) => b.badness - a.badness);
  const worst = causes[0]?.badness ?? 0;
  return {
    grade: worst >= 2 ? 'poor' : worst >= 1 ? 'fair' : 'good',
    causes: causes.map(({ cause }) => cause),
  };
}

/** 1 where fair begins and 2 where poor does, and on from there, so that causes can be held against each other. */
function badnessOf(value: number, { fair, poor }: Scale): number {
  return 1 + (value - fair) / (poor - fair);
}
