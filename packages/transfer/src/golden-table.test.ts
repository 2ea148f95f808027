/** The answers for every country, kept where a change of them is read line by line. */

import { expect, it } from 'vitest';
import {
  type CountryCode,
  countryNames,
  decide,
  type Importer,
  isCountryCode,
  type SignedInstrument,
  shippedRegister,
  type TransferFacts,
  type TransferRegister,
} from './index.js';

const now = Date.parse('2026-11-20T12:00:00Z');
const register = { ...shippedRegister, confirmedAt: now };
/** Where scopes and certifications count: everybody there is recorded as under the one, and holds the others. */
const looked = { source: 'looked up', verifiedAt: '2026-11-18' } as const;
const held = {
  scope: 'nonHr',
  status: 'active',
  validFrom: '2024-01-01',
  holder: 'Receiver',
  ...looked,
} as const;
const receivers = ['store', 'people'] as const;
const recorded: TransferRegister = {
  ...register,
  scopeFacts: shippedRegister.adequacy
    .filter(({ scope, framework }) => scope === 'scoped' && framework === undefined)
    .flatMap(({ regime, country }) => receivers.map((covers) => ({ regime, country, covers, ...looked }))),
  certifications: (['DPF_EU', 'DPF_UK_EXT', 'DPF_CH'] as const).flatMap((framework) =>
    receivers.map((covers) => ({ framework, covers, ...held })),
  ),
};
const regimes = { EU: 'FI', UK: 'GB', CH: 'CH' } as const;
/** From whom to whom: the roles decide the module. */
const named = (is: Importer['is']) => ({ importer: { name: 'Receiver', is } }) as const;
const pairs = {
  controllerToStore: { exporterRole: 'controller', access: 'store', ...named('processor') },
  controllerToPeople: { exporterRole: 'controller', access: 'read', ...named('other') },
  controllerToViewers: { exporterRole: 'controller', access: 'view', dataClass: 'live', ...named('other') },
  processorToStore: { exporterRole: 'processor', access: 'store', ...named('processor') },
  processorToPeople: { exporterRole: 'processor', access: 'read', ...named('other') },
  processorToCustomer: { exporterRole: 'processor', access: 'read', ...named('customer') },
  onwardToProcessor: { exporterRole: 'processor', access: 'onward', ...named('processor') },
} as const;
const countries = Object.keys(countryNames).filter(isCountryCode);

function everything(importerCountry: string): readonly SignedInstrument[] {
  const assessment = { conclusion: 'ok', assessedOn: '2026-01-01', reviewDue: '2027-01-01' } as const;
  const rest = {
    importer: 'Receiver',
    importerCountry,
    signedOn: '2025-01-01',
    annexesComplete: true,
    assessment,
  };
  const modules = ['SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4', 'UK_ADDENDUM', 'CH_SCC'] as const;
  return modules.map((module) => ({ module, reference: module, ...rest }));
}

function cell(
  home: string,
  destination: CountryCode,
  { instruments, by }: { instruments: readonly SignedInstrument[]; by: TransferRegister },
): string {
  const answers = Object.values(pairs).map((pair) => {
    const facts: TransferFacts = {
      ...{ dataClass: 'transcript', collection: 'page', visitorCountry: home, controllerCountry: home },
      ...{ processorCountry: 'FI', destinationCountry: destination, instruments },
      ...pair,
    };
    const answer = decide(facts, by, now);
    return answer.outcome === 'ALLOW' ? answer.basis : `refused ${answer.code}`;
  });
  // The role pairs in the order of `pairs`; one word where they agree.
  return new Set(answers).size === 1 ? (answers[0] ?? '') : answers.join(', ');
}

function row(country: CountryCode): string {
  const cells = Object.entries(regimes).flatMap(([regime, home]) => {
    const bare = cell(home, country, { instruments: [], by: register });
    const instruments = everything(country);
    const signed = cell(home, country, { instruments, by: register });
    const listed = cell(home, country, { instruments, by: recorded });
    const alone = cell(home, country, { instruments: [], by: recorded });
    return [
      `${regime} ${bare}`,
      ...(signed === bare ? [] : [`   signed: ${signed}`]),
      ...(alone === bare ? [] : [`   recorded and certified: ${alone}`]),
      ...(listed === signed ? [] : [`   recorded, certified and signed: ${listed}`]),
    ];
  });
  return `${country} ${countryNames[country]}\n${cells.map((each) => `   ${each}`).join('\n')}\n`;
}

it('[T2] all 249 countries, three laws and seven role pairs, with the shipped register, everything signed, recorded and certified', async () => {
  const head = [
    'Where the law of the first column allows a transfer to, under the shipped register; then with every clause signed',
    'with the receiver, where the receiver is recorded as in scope of a limited finding or certified, and with both.',
    `Several answers stand for: ${Object.keys(pairs).join(', ')}.`,
    '',
    '',
  ].join('\n');
  await expect(head + countries.map(row).join('')).toMatchFileSnapshot('../golden/decisions.txt');
});
