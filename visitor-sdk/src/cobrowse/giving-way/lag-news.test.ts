/** When a view is called late: rule GW4 of FIDELITY.md. */

import { expect, it } from 'vitest';
import { LagNews } from './lag-news.js';
import { paceLimits } from './pace-limits.js';

function news() {
  const told: [number, number][] = [];
  const state = { heldMs: 0 };
  const lag = new LagNews({
    heldMs: () => state.heldMs,
    watchers: () => [1, 4],
    tell: (slot, lagMs) => told.push([slot, lagMs]),
  });
  return { lag, told, state };
}

it('GW4: tells all who see the page once, and once when it is over', () => {
  const { lag, told, state } = news();
  for (const heldMs of [100, 300, 1000, 1000, 300, 0]) {
    state.heldMs = heldMs;
    lag.changed();
  }
  expect(told).toEqual([
    [1, 1000],
    [4, 1000],
    [1, 0],
    [4, 0],
  ]);
});

it('GW4: tells whoever comes while it is late, and nobody else', () => {
  const { lag, told, state } = news();
  lag.greet(2);
  state.heldMs = paceLimits.catchingUpMs;
  lag.greet(2);
  expect(told).toEqual([[2, paceLimits.catchingUpMs]]);
});
