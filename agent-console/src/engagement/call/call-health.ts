/** How a call fares as the agent is told: each side's grade, and for what is wrong the words and what to do. */

import type { CallCause, CallGrade } from '@alongside/engagement';
import { callQualityOf } from '@alongside/engagement';
import type { CallMeasured } from '@alongside/protocol';

export type Side = 'ours' | 'theirs';

export interface SideHealth {
  readonly side: Side;
  readonly grade: CallGrade;
  /** What it suffers from most. */
  readonly cause?: CallCause;
  /** The figure of it, as people say it. */
  readonly value: string;
}

/**
 * The sides of which anything is known, the worse one first; of two that are alike the one whose way up is to blame,
 * since what is lost there the other side misses as well.
 */
export function callHealth(measured: Readonly<Record<Side, CallMeasured>>): readonly SideHealth[] {
  const sides = (['theirs', 'ours'] as const).flatMap((side): readonly SideHealth[] => {
    const { grade, causes } = callQualityOf(measured[side]);
    const [cause] = causes;
    if (grade === undefined) return [];
    if (cause === undefined) return [{ side, grade, value: '' }];
    return [{ side, grade, cause, value: figureOf(cause, measured[side]) }];
  });
  const rank = ({ grade, cause }: SideHealth): number =>
    order.indexOf(grade) * 2 + (cause === 'upLoss' || cause === 'upQuality' ? 0 : 1);
  return [...sides].sort((a, b) => rank(a) - rank(b));
}

const order: readonly CallGrade[] = ['poor', 'fair', 'good'];

function figureOf(cause: CallCause, measured: CallMeasured): string {
  switch (cause) {
    case 'upLoss':
      return percent(measured.upLossPermille);
    case 'silence':
      return '';
    case 'downLoss':
      return percent(measured.downLossPermille);
    case 'jitter':
      return String(measured.jitterMs ?? 0);
    case 'delay':
      return String(measured.roundTripMs ?? 0);
    case 'upQuality':
      return String(measured.upQuality ?? 0);
    case 'downQuality':
      return String(measured.downQuality ?? 0);
  }
}

/** Whole ones: nobody acts on a tenth of a percent. */
function percent(permille = 0): string {
  return String(Math.round(permille / 10));
}
