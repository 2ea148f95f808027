/** Each purpose has one ground, each legitimate interest was weighed, and whoever asks is told. */

import { purposes } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { basesOfPurposes, interestOf, mayObject } from './legal-bases.js';

it('[CV8] every purpose that rests on a legitimate interest was weighed, and no other', () => {
  for (const purpose of purposes) {
    const { interest } = interestOf(purpose);
    expect(interest !== undefined, purpose).toBe(mayObject(purpose));
    for (const said of Object.values(interest ?? {})) expect(said.length).toBeGreaterThan(9);
  }
});

it('[CW6] tells of every purpose its ground, whether it is wanted and what follows', () => {
  const told = basesOfPurposes();
  expect(told.map(({ purpose }) => purpose).toSorted()).toEqual([...purposes].toSorted());
  // Vital and public interests, and consent, are grounds of nothing that is kept here.
  for (const { legalBasis, consequence } of told) {
    expect(legalBasis).toMatch(/^6\(1\)\([bcf]\)$/);
    expect(consequence).toMatch(/[.]$/);
  }
});
