/** The grade of a call, and what it suffers from most. */

import { describe, expect, it } from 'vitest';
import { callQualityOf } from './call-quality.js';

const fine = {
  upLossPermille: 0,
  downLossPermille: 5,
  jitterMs: 8,
  roundTripMs: 40,
  upQuality: 10,
  downQuality: 10,
};

describe('the quality of a call', () => {
  it('is not known before anything was measured', () => {
    expect(callQualityOf({})).toEqual({ causes: [] });
    expect(callQualityOf({ upKbps: 32, downKbps: 32 })).toEqual({ causes: [] });
  });

  it('is good where nothing is heard of the network', () => {
    expect(callQualityOf(fine)).toEqual({ grade: 'good', causes: [] });
    expect(callQualityOf({ ...fine, upLossPermille: 19, roundTripMs: 299, downQuality: 7 }).grade).toBe(
      'good',
    );
  });

  it.each([
    [{ upLossPermille: 20 }, 'fair', 'upLoss'],
    [{ upLossPermille: 80 }, 'poor', 'upLoss'],
    [{ downLossPermille: 59 }, 'fair', 'downLoss'],
    [{ downLossPermille: 60 }, 'poor', 'downLoss'],
    [{ downLossPermille: 999 }, 'poor', 'downLoss'],
    [{ downLossPermille: 1000 }, 'poor', 'silence'],
    [{ roundTripMs: 300 }, 'fair', 'delay'],
    [{ roundTripMs: 600 }, 'poor', 'delay'],
    [{ jitterMs: 40 }, 'fair', 'jitter'],
    [{ jitterMs: 100 }, 'poor', 'jitter'],
    [{ upQuality: 6 }, 'fair', 'upQuality'],
    [{ upQuality: 0 }, 'poor', 'upQuality'],
    [{ downQuality: 3 }, 'poor', 'downQuality'],
  ] as const)('of %j is %s', (bad, grade, cause) => {
    expect(callQualityOf({ ...fine, ...bad })).toEqual({ grade, causes: [cause] });
  });

  it('names what is worst first', () => {
    const { grade, causes } = callQualityOf({
      ...fine,
      downLossPermille: 30,
      roundTripMs: 700,
      jitterMs: 60,
    });
    expect([grade, causes]).toEqual(['poor', ['delay', 'jitter', 'downLoss']]);
  });
});
