/** From which age visitors consent, and what follows where nobody has said that they are of it. */

import { describe, expect, it } from 'vitest';
import { consentAgeIn, countryNames, eeaCountries, mayBegin, mayConsent } from './index.js';

describe('[Y1] the age', () => {
  it('is that of the country', () => {
    expect(['AT', 'DE', 'FR', 'GB', 'SE'].map((country) => consentAgeIn(country).age)).toEqual([
      14, 16, 15, 13, 13,
    ]);
  });

  it('is the strictest where no law states one, and where the country is not known', () => {
    for (const country of [undefined, 'CH', 'US', 'XX', 'toString'])
      expect(consentAgeIn(country).age).toBe(16);
  });

  it('lies between 13 and 16 everywhere, with its source', () => {
    for (const country of Object.keys(countryNames)) {
      const { age, source } = consentAgeIn(country);
      expect(age).toBeGreaterThanOrEqual(13);
      expect(age).toBeLessThanOrEqual(16);
      expect(source).not.toBe('');
    }
    expect([...eeaCountries].every((country) => consentAgeIn(country).age >= 13)).toBe(true);
  });
});

describe('[Y2] who begins', () => {
  it.each([
    ['general', undefined, true],
    ['general', true, false],
    ['mayBeChildren', undefined, false],
    ['mayBeChildren', true, true],
    ['mayBeChildren', false, true],
    ['noChildren', undefined, false],
    ['noChildren', true, true],
    ['noChildren', false, false],
  ] as const)('%s, of age: %s: %s', (audience, ofAge, begins) => {
    expect(mayBegin(audience, ofAge)).toBe(begins);
  });
});

describe('[Y3] who is asked for a consent', () => {
  it.each([
    ['general', undefined, true],
    ['mayBeChildren', undefined, false],
    ['mayBeChildren', '2026-11-22', true],
    ['noChildren', undefined, false],
    ['noChildren', '2026-11-22', true],
  ] as const)('%s, of age by %s: %s', (audience, ofAgeBy, may) => {
    expect(mayConsent({ audience, ofAgeBy })).toBe(may);
  });
});
