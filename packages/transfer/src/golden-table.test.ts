/** The answers for every country, kept where a change of them is read line by line. */

import { expect, it } from 'vitest';
import {
  type CountryCode,
  countryNames,
  decide,
  isCountryCode,
  type SignedInstrument,
  shippedRegister,
  type TransferFacts,
} from './index.js';

const now = Date.parse('2026-11-20T12:00:00Z');
const register = { ...shippedRegister, confirmedAt: now };
const regimes = { EU: 'FI', UK: 'GB', CH: 'CH' } as const;
/** From whom to whom: the roles decide the module. */
const pairs = {
  controllerToStore: { exporterRole: 'controller', access: 'store' },
  controllerToPeople: { exporterRole: 'controller', access: 'read' },
  processorToStore: { exporterRole: 'processor', access: 'store' },
  processorToPeople: { exporterRole: 'processor', access: 'read' },
} as const;
const countries = Object.keys(countryNames).filter(isCountryCode);

function everything(importerCountry: string): readonly SignedInstrument[] {
  const assessment = { conclusion: 'ok', assessedOn: '2026-01-01', reviewDue: '2027-01-01' } as const;
  const rest = { importerCountry, signedOn: '2025-01-01', annexesComplete: true, assessment };
  const modules = ['SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4', 'UK_ADDENDUM', 'CH_SCC'] as const;
  return modules.map((module) => ({ module, reference: module, ...rest }));
}

function cell(home: string, destination: CountryCode, instruments: readonly SignedInstrument[]): string {
  const answers = Object.values(pairs).map((pair) => {
    const facts: TransferFacts = {
      ...{ dataClass: 'transcript', collection: 'page', visitorCountry: home, controllerCountry: home },
      ...{ processorCountry: 'FI', destinationCountry: destination, instruments },
      ...pair,
    };
    const answer = decide(facts, register, now);
    return answer.outcome === 'ALLOW' ? answer.basis : `refused ${answer.code}`;
  });
  // The four role pairs in the order of `pairs`; one word where they agree.
  return new Set(answers).size === 1 ? (answers[0] ?? '') : answers.join(', ');
}

function row(country: CountryCode): string {
  const cells = Object.entries(regimes).flatMap(([regime, home]) => {
    const bare = cell(home, country, []);
    const signed = cell(home, country, everything(country));
    return bare === signed ? [`${regime} ${bare}`] : [`${regime} ${bare} | signed: ${signed}`];
  });
  return `${country} ${countryNames[country]}\n${cells.map((each) => `   ${each}`).join('\n')}\n`;
}

it('[T2] all 249 countries, three laws and four role pairs, with the shipped register and with everything signed', async () => {
  const head = [
    'Where the law of the first column allows a transfer to, under the shipped register; then with every clause signed.',
    `Four answers stand for: ${Object.keys(pairs).join(', ')}.`,
    '',
    '',
  ].join('\n');
  await expect(head + countries.map(row).join('')).toMatchFileSnapshot('../golden/decisions.txt');
});
