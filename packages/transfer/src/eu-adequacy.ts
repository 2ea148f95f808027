/**
 * The European Union's adequacy decisions (Art. 45 GDPR) that name a country, as read by the source on 5 August
 * 2026. The decision on the European Patent Organisation names no country and is left out.
 */

import type { AdequacyEntry } from './transfer-register.js';

const found = {
  regime: 'EU',
  status: 'inForce',
  source: 'European Commission, list of adequacy decisions (commission.europa.eu), Official Journal',
  verifiedAt: '2026-08-05',
} as const;

export const euAdequacy: readonly AdequacyEntry[] = [
  { ...found, country: 'AD', instrument: '2010/625/EU', scope: 'full', validFrom: '2010-10-19' },
  { ...found, country: 'AR', instrument: '2003/490/EC', scope: 'full', validFrom: '2003-06-30' },
  {
    ...found,
    country: 'BR',
    instrument: 'C(2026) 373',
    scope: 'scoped',
    validFrom: '2026-01-26',
    scopeRule: 'recipients subject to the LGPD',
  },
  {
    ...found,
    country: 'CA',
    instrument: '2002/2/EC',
    scope: 'scoped',
    validFrom: '2001-12-20',
    scopeRule: 'commercial organisations subject to PIPEDA',
  },
  { ...found, country: 'FO', instrument: '2010/146/EU', scope: 'full', validFrom: '2010-03-05' },
  { ...found, country: 'GG', instrument: '2003/821/EC', scope: 'full', validFrom: '2003-11-21' },
  {
    ...found,
    country: 'IL',
    instrument: '2011/61/EU',
    scope: 'scoped',
    validFrom: '2011-01-31',
    scopeRule: 'data processed by automated means',
  },
  { ...found, country: 'IM', instrument: '2004/411/EC', scope: 'full', validFrom: '2004-04-28' },
  {
    ...found,
    country: 'JP',
    instrument: '(EU) 2019/419',
    scope: 'scoped',
    validFrom: '2019-01-23',
    scopeRule: 'recipients subject to the APPI and the Supplementary Rules',
  },
  { ...found, country: 'JE', instrument: '2008/393/EC', scope: 'full', validFrom: '2008-05-08' },
  { ...found, country: 'NZ', instrument: '2013/65/EU', scope: 'full', validFrom: '2012-12-19' },
  {
    ...found,
    country: 'KR',
    instrument: '(EU) 2022/254',
    scope: 'scoped',
    validFrom: '2021-12-17',
    scopeRule: 'recipients subject to PIPA, without credit information',
  },
  { ...found, country: 'CH', instrument: '2000/518/EC', scope: 'full', validFrom: '2000-07-26' },
  { ...found, country: 'UY', instrument: '2012/484/EU', scope: 'full', validFrom: '2012-08-21' },
  {
    ...found,
    country: 'GB',
    instrument: '(EU) 2021/1772, renewed by C(2025) 8771',
    scope: 'full',
    validFrom: '2021-06-28',
    validTo: '2031-12-27',
  },
  {
    ...found,
    country: 'US',
    instrument: '(EU) 2023/1795',
    scope: 'scoped',
    validFrom: '2023-07-10',
    scopeRule: 'organisations on the Data Privacy Framework List, within their certification',
    framework: 'DPF_EU',
  },
];
