/** The rules of SPEC.md, each by its number, and what must hold of all of them. */

import { describe, expect, it } from 'vitest';
import {
  attachedRegimes,
  type CountryCode,
  countryNames,
  decide,
  decideUnder,
  eeaCountries,
  isCountryCode,
  type Regime,
  type SignedInstrument,
  shippedRegister,
  type TransferFacts,
  type TransferRegister,
} from './index.js';

const now = Date.parse('2026-11-20T12:00:00Z');
const currentRegister: TransferRegister = { ...shippedRegister, confirmedAt: now };

function facts(more: Partial<TransferFacts> = {}): TransferFacts {
  return {
    dataClass: 'transcript',
    access: 'read',
    collection: 'page',
    visitorCountry: 'FI',
    controllerCountry: 'FI',
    exporterRole: 'controller',
    destinationCountry: 'FI',
    processorCountry: 'FI',
    importer: { name: 'Dev Ltd', is: 'other' },
    instruments: [],
    ...more,
  };
}

const assessment = { conclusion: 'ok', assessedOn: '2020-01-01', reviewDue: '2035-12-31' } as const;

function clauses(more: Partial<SignedInstrument> = {}): SignedInstrument {
  const signed = { reference: 'DPA 7', signedOn: '2025-01-01', annexesComplete: true, assessment };
  return { module: 'SCC_M2', importer: 'Dev Ltd', importerCountry: 'IN', ...signed, ...more };
}

const ask = (more: Partial<TransferFacts>, at = now) => decide(facts(more), currentRegister, at);

describe('which law applies', () => {
  const cases: [CountryCode | undefined, CountryCode, Regime[]][] = [
    ['FI', 'FI', ['EU']],
    ['GB', 'FI', ['EU', 'UK']],
    ['CH', 'GB', ['UK', 'CH']],
    ['US', 'FI', ['EU']],
    ['US', 'US', ['HOME']],
    ['DE', 'US', ['EU', 'HOME']],
    [undefined, 'FI', ['EU', 'UK', 'CH']],
    [undefined, 'US', ['EU', 'UK', 'CH', 'HOME']],
  ];
  it.each(cases)(
    '[R1] [R2] [R3] visitor %s, customer %s: %j',
    (visitorCountry, controllerCountry, regimes) => {
      expect(attachedRegimes({ visitorCountry, controllerCountry })).toEqual(regimes);
    },
  );
});

describe('what must be known', () => {
  it.each([undefined, '', 'fi', 'XX', 'EU', 'UK', 'ZZ'])(
    '[F1] [F3] refuses the destination %j',
    (destinationCountry) => {
      expect(ask({ destinationCountry })).toMatchObject({ outcome: 'REFUSE', code: 'FACTS_INCOMPLETE' });
    },
  );
  it.each([undefined, 'XX'])('[F2] refuses the customer’s country %j', (controllerCountry) => {
    expect(ask({ controllerCountry })).toMatchObject({ outcome: 'REFUSE', code: 'FACTS_INCOMPLETE' });
  });
  it('[F4] decides storing, reading, viewing, passing on and support alike where no clauses are needed', () => {
    for (const access of ['store', 'read', 'view', 'relay', 'support'] as const) {
      expect(ask({ access, destinationCountry: 'IN' })).toMatchObject({
        outcome: 'REFUSE',
        code: 'NO_BASIS',
      });
      expect(ask({ access, destinationCountry: 'NZ' })).toMatchObject({
        outcome: 'ALLOW',
        basis: 'ADEQUACY',
      });
    }
  });
});

describe('what is no basis', () => {
  it.each([
    'Privacy Shield',
    'PRIVACY_SHIELD',
    'privacy-shield',
    'EU-U.S. Privacy  Shield framework',
    'P r i v a c y S h i e l d',
    'Рrіvасу Ѕһіеӏԁ',
    'Pr1vacy Sh1eld',
    'ＰＲＩＶＡＣＹ ＳＨＩＥＬＤ',
    'Prívácy Shïeld',
    'privacyshie1d',
    'Decision (EU) 2016/1250',
  ])('[N1] refuses %s by its case', (requestedBasis) => {
    const refused = ask({ requestedBasis });
    expect(refused).toMatchObject({ outcome: 'REFUSE', code: 'INVALIDATED_C311_18' });
    expect(JSON.stringify(refused)).toContain('16 July 2020');
  });
  it.each(['Safe Harbor', 'SAFE HARBOUR', 'safe-harb0r', 'Ѕаfе Наrbоr', '2000/520/EC'])(
    '[N2] refuses %s by its case',
    (requestedBasis) => {
      const refused = ask({ requestedBasis });
      expect(refused).toMatchObject({ outcome: 'REFUSE', code: 'INVALIDATED_C362_14' });
      expect(JSON.stringify(refused)).toContain('6 October 2015');
    },
  );
  it('[N3] refuses a name that it does not know', () => {
    expect(ask({ requestedBasis: 'LEGITIMATE_INTEREST' })).toMatchObject({ code: 'UNKNOWN_BASIS' });
    expect(ask({ requestedBasis: 'ADEQUACY' })).toMatchObject({ outcome: 'ALLOW' });
  });
});

describe('bases', () => {
  it.each([...eeaCountries])('[B1] needs none from Finland to %s', (destinationCountry) => {
    expect(ask({ destinationCountry })).toMatchObject({ outcome: 'ALLOW', basis: 'NONE_DOMESTIC' });
  });
  it('[B1] needs none within the UK, within Switzerland, and within any one country', () => {
    for (const country of ['GB', 'CH', 'US', 'IN']) {
      const domestic = { visitorCountry: country, controllerCountry: country, destinationCountry: country };
      expect(ask(domestic)).toMatchObject({ outcome: 'ALLOW', basis: 'NONE_DOMESTIC' });
    }
  });
  it('[T4] [B2] rests on adequacy, names its instrument, and ends with it', () => {
    expect(ask({ destinationCountry: 'GB' })).toMatchObject({
      outcome: 'ALLOW',
      basis: 'ADEQUACY',
      reference: expect.stringContaining('C(2025) 8771'),
      validUntil: Date.parse('2031-12-27T23:59:59.999Z'),
    });
    expect(ask({ destinationCountry: 'GB' }, Date.parse('2031-12-27T23:59:59Z'))).toMatchObject({
      outcome: 'ALLOW',
    });
    expect(ask({ destinationCountry: 'GB' }, Date.parse('2031-12-28T00:00:00Z'))).toMatchObject({
      code: 'NO_BASIS',
    });
  });
  it('[B2] does not rest on a finding that is suspended, repealed or annulled', () => {
    for (const status of ['suspended', 'repealed', 'annulled'] as const) {
      const adequacy = currentRegister.adequacy.map((each) => ({ ...each, status }));
      const answer = decide(facts({ destinationCountry: 'NZ' }), { ...currentRegister, adequacy }, now);
      expect(answer).toMatchObject({ outcome: 'REFUSE', code: 'NO_BASIS' });
    }
  });
  it.each(['US', 'CA', 'JP', 'KR', 'BR', 'IL'])(
    '[B3] passes over the limited finding for %s',
    (destinationCountry) => {
      expect(ask({ destinationCountry })).toMatchObject({ outcome: 'REFUSE', code: 'NO_BASIS' });
    },
  );
  it.each([
    ['store', 'controller', 'SCC_M2'],
    ['store', 'processor', 'SCC_M3'],
    ['read', 'controller', 'SCC_M1'],
    ['view', 'controller', 'SCC_M2'],
    ['read', 'processor', 'SCC_M4'],
    ['view', 'processor', 'SCC_M3'],
  ] as const)('[B4] %s from a %s rests on %s', (access, exporterRole, module) => {
    const answer = ask({
      access,
      exporterRole,
      destinationCountry: 'IN',
      instruments: [clauses({ module })],
    });
    expect(answer).toMatchObject({ outcome: 'ALLOW', basis: module, reference: 'DPA 7' });
  });
  it.each([
    ['store', 'controller', 'SCC_M1'],
    ['store', 'controller', 'SCC_M4'],
    ['read', 'controller', 'SCC_M4'],
    ['read', 'processor', 'SCC_M1'],
  ] as const)('[B4] %s from a %s does not rest on %s', (access, exporterRole, module) => {
    const answer = ask({
      access,
      exporterRole,
      destinationCountry: 'IN',
      instruments: [clauses({ module })],
    });
    expect(answer).toMatchObject({ outcome: 'REFUSE', code: 'WRONG_MODULE' });
  });
  it('[B4] takes clauses with that country only', () => {
    const answer = ask({ destinationCountry: 'IN', instruments: [clauses({ importerCountry: 'PH' })] });
    expect(answer).toMatchObject({ code: 'NO_BASIS' });
  });
  it('[B4] [F5] takes clauses with who receives only, however the name is spaced and cased', () => {
    const there = (importer: TransferFacts['importer']) =>
      ask({ destinationCountry: 'IN', importer, instruments: [clauses()] });
    expect(there({ name: ' dev  LTD', is: 'other' })).toMatchObject({ basis: 'SCC_M2' });
    for (const importer of [
      undefined,
      { name: 'Other Ltd', is: 'other' },
      { name: '', is: 'other' },
    ] as const)
      expect(there(importer)).toMatchObject({ outcome: 'REFUSE', code: 'OTHER_IMPORTER' });
  });
  it('[B5] refuses clauses that are signed tomorrow or ended yesterday', () => {
    for (const more of [{ signedOn: '2026-11-21' }, { validUntil: '2026-11-19' }]) {
      const answer = ask({ destinationCountry: 'IN', instruments: [clauses(more)] });
      expect(answer).toMatchObject({ outcome: 'REFUSE', code: 'CLAUSES_NOT_IN_FORCE' });
    }
    const last = ask({ destinationCountry: 'IN', instruments: [clauses({ validUntil: '2026-11-20' })] });
    expect(last).toMatchObject({ outcome: 'ALLOW', validUntil: Date.parse('2026-11-20T23:59:59.999Z') });
  });
  it.each(['GB', 'CH', undefined])(
    '[B6] the clauses alone do not cover a visitor in %s',
    (visitorCountry) => {
      const answer = ask({ visitorCountry, destinationCountry: 'IN', instruments: [clauses()] });
      expect(answer).toMatchObject({ outcome: 'REFUSE', code: 'CLAUSES_NOT_FOR_REGIME' });
    },
  );
  it('[B7] refuses what nothing covers', () => {
    expect(ask({ destinationCountry: 'RU' })).toMatchObject({
      outcome: 'REFUSE',
      code: 'NO_BASIS',
      regime: 'EU',
    });
    expect(ask({ visitorCountry: 'US', controllerCountry: 'US' })).toMatchObject({
      code: 'NO_BASIS',
      regime: 'HOME',
    });
  });
  it('[B8] stores what people give directly, and passes it on to nobody', () => {
    const direct = { collection: 'direct', controllerCountry: undefined } as const;
    expect(ask({ ...direct, access: 'store' })).toMatchObject({ basis: 'NONE_DIRECT_FROM_SUBJECT' });
    expect(ask({ ...direct, access: 'read' })).toMatchObject({ outcome: 'REFUSE' });
    expect(ask({ ...direct, access: 'store', destinationCountry: undefined })).toMatchObject({
      code: 'FACTS_INCOMPLETE',
    });
  });
});

describe('the answer', () => {
  it('[A1] shows the weightiest basis and lists each law’s own', () => {
    const answer = ask({ visitorCountry: undefined });
    expect(answer).toMatchObject({ outcome: 'ALLOW', basis: 'ADEQUACY' });
    expect(answer).toMatchObject({
      regimes: [
        { regime: 'EU', basis: 'NONE_DOMESTIC' },
        { regime: 'UK', basis: 'ADEQUACY' },
        { regime: 'CH', basis: 'ADEQUACY' },
      ],
    });
  });
  it('[A2] ends with the clauses that end last', () => {
    const both = [
      clauses({ validUntil: '2027-01-31' }),
      clauses({ validUntil: '2028-01-31', reference: 'DPA 8' }),
    ];
    const answer = ask({ destinationCountry: 'IN', instruments: both });
    expect(answer).toMatchObject({ reference: 'DPA 8', validUntil: Date.parse('2028-01-31T23:59:59.999Z') });
  });
});

/** A generator of numbers that can be run again: a failure names its seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const countries = Object.keys(countryNames).filter(isCountryCode);
const regimes: readonly Regime[] = ['EU', 'UK', 'CH', 'HOME'];

function anyFacts(next: () => number) {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  // Half of all countries are of those the rules speak of, else chance would hardly meet them.
  const country = () =>
    pick(next() < 0.5 ? countries : (['FI', 'DE', 'GB', 'CH', 'US', 'IN', 'NZ', 'JP'] as const));
  const destination = country();
  const controller = country();
  const signed = Array.from({ length: Math.floor(next() * 3) }, () =>
    clauses({
      module: pick(['SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4']),
      importer: pick(['Host Inc.', 'Host Inc.', 'Dev Ltd']),
      importerCountry: next() < 0.7 ? destination : country(),
      signedOn: pick(['2020-01-01', '2026-11-20', '2027-01-01']),
      validUntil: pick([undefined, '2026-01-01', '2030-01-01']),
    }),
  );
  const made = facts({
    access: pick(['store', 'read', 'view', 'relay', 'support']),
    exporterRole: pick(['controller', 'processor']),
    visitorCountry: next() < 0.2 ? undefined : country(),
    controllerCountry: controller,
    destinationCountry: destination,
    importer: pick([{ name: 'Host Inc.', is: pick(['customer', 'processor', 'other'] as const) }, undefined]),
    instruments: signed,
  });
  return { made, destination, controller };
}

const looked = { source: 'list of 2026-11-18', verifiedAt: '2026-11-18' } as const;

function certified(more: Partial<TransferRegister> = {}): TransferRegister {
  const held = {
    covers: 'store',
    scope: 'nonHr',
    status: 'active',
    validFrom: '2024-01-01',
    ...looked,
  } as const;
  return {
    ...currentRegister,
    certifications: [
      { ...held, framework: 'DPF_EU', holder: 'Host Inc.' },
      { ...held, framework: 'DPF_CH', holder: 'Host Inc.' },
    ],
    scopeFacts: [{ regime: 'EU', country: 'JP', covers: 'people', ...looked }],
    establishments: [{ country: 'PH', ...looked }],
    ...more,
  };
}

describe('of all facts', () => {
  it('[T3] [R4] one more law never turns a refusal into a permission', () => {
    let refusals = 0;
    let permissions = 0;
    for (let seed = 1; seed <= 3000; seed += 1) {
      const next = random(seed);
      const { made, destination, controller } = anyFacts(next);
      const attached = regimes.filter(() => next() < 0.5);
      if (attached.length === 0) continue;
      const question = { facts: made, register: currentRegister, now, destination, controller };
      const before = decideUnder(attached, question);
      if (before.outcome === 'ALLOW') permissions += 1;
      else refusals += 1;
      for (const more of regimes) {
        const after = decideUnder([...new Set([...attached, more])], question);
        if (before.outcome === 'REFUSE') expect(after.outcome, `seed ${seed}, ${more}`).toBe('REFUSE');
      }
    }
    expect(refusals).toBeGreaterThan(500);
    expect(permissions).toBeGreaterThan(200);
  });
  it('[T3] [R5] taking a row out of the register never turns a refusal into a permission', () => {
    let refusals = 0;
    for (let seed = 1; seed <= 1500; seed += 1) {
      const next = random(seed);
      const { made } = anyFacts(next);
      const full = certified({ confirmedAt: now });
      if (decide(made, full, now).outcome === 'ALLOW') continue;
      refusals += 1;
      for (const list of ['adequacy', 'certifications', 'scopeFacts', 'establishments'] as const) {
        const gone = Math.floor(next() * full[list].length);
        const fewer = { ...full, [list]: full[list].filter((_, index) => index !== gone) };
        expect(decide(made, fewer, now).outcome, `seed ${seed}, ${list}`).toBe('REFUSE');
      }
    }
    expect(refusals).toBeGreaterThan(300);
  });
  it('[T3] [A3] answers the same again and changes nothing', () => {
    for (let seed = 1; seed <= 1000; seed += 1) {
      const { made } = anyFacts(random(seed));
      const copy = structuredClone(made);
      const first = decide(Object.freeze(made), currentRegister, now);
      expect(decide(copy, structuredClone(currentRegister), now), `seed ${seed}`).toEqual(first);
      expect(made).toEqual(copy);
    }
  });
  it('[T9] [R3] knowing where the visitor is never refuses what not knowing it allows', () => {
    for (let seed = 1; seed <= 2000; seed += 1) {
      const { made } = anyFacts(random(seed));
      const unknown = decide({ ...made, visitorCountry: undefined }, currentRegister, now);
      if (unknown.outcome !== 'ALLOW') continue;
      expect(decide(made, currentRegister, now).outcome, `seed ${seed}`).toBe('ALLOW');
    }
  });
});

describe('the register', () => {
  it('names for each finding a country of its list, an instrument, a source and dates', () => {
    for (const entry of currentRegister.adequacy) {
      expect(isCountryCode(entry.country)).toBe(true);
      expect(entry.instrument.length * entry.source.length).toBeGreaterThan(0);
      expect(Date.parse(entry.verifiedAt)).toBeGreaterThan(Date.parse(entry.validFrom));
      expect(entry.scope === 'scoped').toBe(entry.scopeRule !== undefined);
    }
    const keys = shippedRegister.adequacy.map((each) => `${each.regime} ${each.country}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
  it('knows 249 countries', () => {
    expect(countries).toHaveLength(249);
  });
});
