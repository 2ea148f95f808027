/**
 * From which age a person consents to an online service by themselves, by the country in which they are: GDPR Art. 8(1)
 * with what each member state made of it. Data with a version: an edit is a new version, which engagements name.
 */

import type { CountryCode } from './country.js';

interface ConsentAge {
  readonly age: number;
  /** The act that it rests on. */
  readonly source: string;
}

/** The day on which the sources were last looked over; each entry is of the law in force on it, as far as is known. */
export const consentAgesVersion = '2026-11-22';

/** Where no law states an age, and where the country is not known: the highest that Art. 8(1) knows. */
const STRICTEST: ConsentAge = { age: 16, source: 'Regulation (EU) 2016/679, Art. 8(1), first subparagraph' };

const stated: Partial<Record<CountryCode, ConsentAge>> = {
  AT: { age: 14, source: 'Datenschutzgesetz, § 4(4)' },
  BE: { age: 13, source: 'Act of 30 July 2018, Art. 7' },
  BG: { age: 14, source: 'Personal Data Protection Act, Art. 25c' },
  CY: { age: 14, source: 'Law 125(I)/2018, s. 8' },
  CZ: { age: 15, source: 'Act No. 110/2019, § 7' },
  DE: STRICTEST,
  DK: { age: 15, source: 'Databeskyttelsesloven, § 6(2), as amended with effect from 1 January 2024' },
  EE: { age: 13, source: 'Personal Data Protection Act, § 8' },
  ES: { age: 14, source: 'Ley Orgánica 3/2018, Art. 7' },
  FI: { age: 13, source: 'Data Protection Act 1050/2018, s. 5' },
  FR: { age: 15, source: 'Loi n° 78-17, Art. 45' },
  GB: { age: 13, source: 'UK GDPR, Art. 8(1), with the Data Protection Act 2018, s. 9' },
  GR: { age: 15, source: 'Law 4624/2019, Art. 21' },
  HR: STRICTEST,
  HU: STRICTEST,
  IE: { age: 16, source: 'Data Protection Act 2018, s. 31' },
  IS: { age: 13, source: 'Act No. 90/2018, Art. 10' },
  IT: { age: 14, source: 'Decreto legislativo 196/2003, Art. 2-quinquies' },
  LI: STRICTEST,
  LT: { age: 14, source: 'Law on Legal Protection of Personal Data, Art. 6' },
  LU: STRICTEST,
  LV: { age: 13, source: 'Personal Data Processing Law, s. 33' },
  MT: { age: 13, source: 'Subsidiary Legislation 586.11, reg. 3' },
  NL: { age: 16, source: 'Uitvoeringswet AVG, Art. 5' },
  // An amendment that raises it is before the legislator: until it is known to be in force, the higher age is asked.
  NO: { age: 15, source: 'Personopplysningsloven, § 5 (13), and the proposal to raise it to 15' },
  PL: STRICTEST,
  PT: { age: 13, source: 'Lei n.º 58/2019, Art. 16' },
  RO: STRICTEST,
  SE: { age: 13, source: 'Act (2018:218), Ch. 2 s. 4' },
  SI: { age: 15, source: 'ZVOP-2, Art. 8' },
  SK: { age: 16, source: 'Act No. 18/2018, s. 15' },
};

/** Switzerland states none, and elsewhere none is relied on: the strictest counts. */
export function consentAgeIn(country: string | undefined): ConsentAge {
  const own =
    country !== undefined && Object.hasOwn(stated, country) ? stated[country as CountryCode] : undefined;
  return own ?? STRICTEST;
}
