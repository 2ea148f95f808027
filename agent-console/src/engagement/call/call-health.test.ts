/** What the agent is told of how a call fares. */

import { describe, expect, it } from 'vitest';
import { messagesIn } from '../../messages/catalogue.js';
import { callHealth } from './call-health.js';

const fine = { upLossPermille: 0, downLossPermille: 0, roundTripMs: 30, jitterMs: 5 };

describe('how a call fares', () => {
  it('is not told before anything is known', () => {
    expect(callHealth({ ours: {}, theirs: {} })).toEqual([]);
  });

  it('is told of the worse side first, with its figure', () => {
    expect(callHealth({ ours: fine, theirs: { ...fine, upLossPermille: 84 } })).toEqual([
      { side: 'theirs', grade: 'poor', cause: 'upLoss', value: '8' },
      { side: 'ours', grade: 'good', value: '' },
    ]);
    const told = callHealth({ ours: { ...fine, roundTripMs: 720 }, theirs: { ...fine, jitterMs: 50 } });
    expect(told.map(({ side, cause, value }) => [side, cause, value])).toEqual([
      ['ours', 'delay', '720'],
      ['theirs', 'jitter', '50'],
    ]);
  });
});

it.each([
  ['theirs', 'ours'],
  ['ours', 'theirs'],
] as const)('what %s loses on its way up is not blamed on the way of %s down', (sender, receiver) => {
  const measured = { ours: fine, theirs: fine };
  const [first] = callHealth({
    ...measured,
    [sender]: { ...fine, upLossPermille: 80 },
    [receiver]: { ...fine, downLossPermille: 80 },
  });
  expect([first?.side, first?.cause]).toEqual([sender, 'upLoss']);
});

describe.each(['en', 'de'] as const)('in %s', (language) => {
  const { has } = messagesIn(language);
  it('every cause has its words and what to do, for each side', () => {
    const causes = ['upLoss', 'downLoss', 'jitter', 'delay', 'upQuality', 'downQuality'];
    const keys = ['ours', 'theirs'].flatMap((side) => [
      ...causes.map((cause) => `health.${side}.${cause}`),
      ...['good', 'fair', 'poor'].map((grade) => `health.${side}.${grade}`),
    ]);
    expect(keys.filter((key) => !has(key))).toEqual([]);
  });
});
