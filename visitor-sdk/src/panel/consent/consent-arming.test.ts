/** When an answer counts. */

import { expect, it } from 'vitest';
import { ARMING_MS, ConsentArming } from './consent-arming.js';

it('arms after the buttons were clear for half a second without a break', () => {
  const arming = new ConsentArming(['yes']);
  expect(arming.isArmed(10_000)).toBe(false);
  arming.see('yes', true, 0);
  expect(arming.isArmed(ARMING_MS - 1)).toBe(false);
  expect(arming.isArmed(ARMING_MS)).toBe(true);
});

it('begins anew when it was covered in between', () => {
  const arming = new ConsentArming(['yes']);
  arming.see('yes', true, 0);
  arming.see('yes', false, 400);
  expect(arming.covered).toBe(true);
  arming.see('yes', true, 450);
  expect(arming.isArmed(700)).toBe(false);
  expect(arming.isArmed(950)).toBe(true);
});

it('waits for every button', () => {
  const arming = new ConsentArming(['voice', 'video']);
  arming.see('voice', true, 0);
  expect(arming.isArmed(5_000)).toBe(false);
  arming.see('video', true, 5_000);
  arming.see('voice', true, 5_100);
  expect(arming.isArmed(5_500)).toBe(true);
});

it('does not count what was seen before the page was away', () => {
  const arming = new ConsentArming(['yes']);
  arming.see('yes', true, 0);
  arming.restart(1_000);
  expect(arming.isArmed(1_400)).toBe(false);
  expect(arming.isArmed(1_500)).toBe(true);
});
