/** The data protection regimes that may attach to a datum, and the countries inside each of them. */

import type { CountryCode } from './country.js';

/** `HOME` stands for the law of a controller's own country where that is none of the three. */
export type Regime = 'EU' | 'UK' | 'CH' | 'HOME';

/** The Union's 27 members, and Iceland, Liechtenstein and Norway, which apply the GDPR through the EEA Agreement. */
export const eeaCountries: ReadonlySet<CountryCode> = new Set<CountryCode>([
  'AT',
  'BE',
  'BG',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GR',
  'HR',
  'HU',
  'IE',
  'IS',
  'IT',
  'LI',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'NO',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
  // Parts of member states to which the GDPR applies and which have a code of their own.
  'AX',
  'GF',
  'GP',
  'MF',
  'MQ',
  'RE',
  'YT',
]);

/** The regime of a country's own law, or undefined where it is none that this package knows. */
export function regimeOfCountry(country: CountryCode): Exclude<Regime, 'HOME'> | undefined {
  if (eeaCountries.has(country)) return 'EU';
  if (country === 'GB') return 'UK';
  if (country === 'CH') return 'CH';
  return undefined;
}

export interface Attachment {
  /** Undefined: unknown, which attaches all three. */
  readonly visitorCountry: CountryCode | undefined;
  readonly controllerCountry: CountryCode;
}

/** Rules R1 to R3 of SPEC.md. Never empty, because a controller always has a home. */
export function attachedRegimes({ visitorCountry, controllerCountry }: Attachment): readonly Regime[] {
  const regimes = new Set<Regime>([regimeOfCountry(controllerCountry) ?? 'HOME']);
  if (visitorCountry === undefined) {
    for (const regime of ['EU', 'UK', 'CH'] as const) regimes.add(regime);
  } else {
    const ofVisitor = regimeOfCountry(visitorCountry);
    if (ofVisitor !== undefined) regimes.add(ofVisitor);
  }
  const order: readonly Regime[] = ['EU', 'UK', 'CH', 'HOME'];
  return order.filter((regime) => regimes.has(regime));
}
