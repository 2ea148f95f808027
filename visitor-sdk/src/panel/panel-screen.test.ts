/** Every state of the panel has one screen. */

import { describe, expect, it } from 'vitest';
import type { PanelState } from './panel-screen.js';
import { screenOf } from './panel-screen.js';

const before: PanelState = {
  ended: undefined,
  hasSession: false,
  showsData: false,
  phase: undefined,
  hasLines: false,
};
const talking: PanelState = { ...before, hasSession: true, hasLines: true, phase: 'active' };

describe('the panel shows', () => {
  it.each<[string, string, Partial<PanelState>]>([
    ['start', 'nothing has begun', {}],
    ['start', 'nothing has begun, whatever was asked for before', { showsData: true }],
    ['joining', 'it comes back and knows nothing yet', { hasSession: true }],
    ['waiting', 'its first line is sent and nothing else known', { hasSession: true, hasLines: true }],
  ])('%s while %s', (screen, _, state) => {
    expect(screenOf({ ...before, ...state })).toBe(screen);
  });

  it.each([
    ['waiting', 'waiting'],
    ['offered', 'waiting'],
    ['active', 'chat'],
    ['wrapUp', 'chat'],
    ['closed', 'chat'],
  ] as const)('in the phase %s the screen %s, and what is kept when that is asked for', (phase, screen) => {
    expect(screenOf({ ...talking, phase })).toBe(screen);
    expect(screenOf({ ...talking, phase, showsData: true })).toBe('receipt');
  });

  it.each([true, false])('after the end the survey (%s), then the receipt, whatever else holds', (survey) => {
    for (const showsData of [true, false]) {
      expect(screenOf({ ...talking, showsData, ended: { survey } })).toBe(survey ? 'survey' : 'receipt');
    }
  });
});
