/** Rules about receivers and what was signed with them: same entity, scope, frameworks, assessments, consent, age. */

import { describe, expect, it } from 'vitest';
import {
  type Certification,
  decide,
  refusalSentences,
  type SignedInstrument,
  shippedRegister,
  type TransferFacts,
  type TransferRegister,
} from './index.js';

const now = Date.parse('2026-11-20T12:00:00Z');
const DAY_MS = 86_400_000;
const looked = { source: 'looked up by the officer', verifiedAt: '2026-11-18' } as const;

const register = (more: Partial<TransferRegister> = {}): TransferRegister => ({
  ...shippedRegister,
  confirmedAt: now,
  ...more,
});

function facts(more: Partial<TransferFacts> = {}): TransferFacts {
  const is = (more.access ?? 'store') === 'store' ? 'processor' : 'other';
  return {
    importer: { name: 'Host Inc.', is },
    ...{ dataClass: 'transcript', access: 'store', collection: 'page', exporterRole: 'controller' },
    ...{ visitorCountry: 'FR', controllerCountry: 'FR', processorCountry: 'US', destinationCountry: 'US' },
    instruments: [],
    ...more,
  };
}

function signed(module: SignedInstrument['module'], more: Partial<SignedInstrument> = {}): SignedInstrument {
  const assessment = { conclusion: 'ok', assessedOn: '2026-01-10', reviewDue: '2027-01-10' } as const;
  const rest = {
    importer: 'Host Inc.',
    importerCountry: 'US',
    signedOn: '2025-01-01',
    annexesComplete: true,
    assessment,
  };
  return { module, reference: `file ${module}`, ...rest, ...more };
}

function certificate(
  framework: Certification['framework'],
  more: Partial<Certification> = {},
): Certification {
  const held = { covers: 'store', scope: 'nonHr', status: 'active', validFrom: '2024-01-01' } as const;
  return { framework, holder: 'Host Inc.', ...held, ...looked, ...more };
}

const everyFramework = [certificate('DPF_EU'), certificate('DPF_UK_EXT'), certificate('DPF_CH')];
const dpf = (more: Partial<TransferRegister> = {}) => register({ certifications: everyFramework, ...more });
const fallback = [signed('SCC_M2')];

describe('same entity', () => {
  const establishments = [{ country: 'IN', ...looked }];
  it('[B9] the customer’s own staff abroad are no transfer; a store there, and what a processor sends, are', () => {
    const importer = { name: 'Shop SA', is: 'customer' } as const;
    const to = { destinationCountry: 'IN', access: 'view', dataClass: 'live', importer } as const;
    const ask = (more: Partial<TransferFacts>) =>
      decide(facts({ ...to, ...more }), register({ establishments }), now);
    expect(ask({})).toMatchObject({ outcome: 'ALLOW', basis: 'NONE_SAME_ENTITY' });
    for (const access of ['store', 'relay'] as const)
      expect(ask({ access })).toMatchObject({ code: 'NO_BASIS' });
    expect(ask({ exporterRole: 'processor' })).toMatchObject({ code: 'NO_BASIS' });
    expect(ask({ destinationCountry: 'PH' })).toMatchObject({ code: 'NO_BASIS' });
    for (const other of [{ name: 'Agency Ltd', is: 'other' }, undefined] as const)
      expect(ask({ importer: other })).toMatchObject({ code: 'NO_BASIS' });
  });
});

describe('a finding of limited scope', () => {
  const scopeFacts = [{ regime: 'EU', country: 'JP', covers: 'people', ...looked }] as const;
  const toJapan = facts({ destinationCountry: 'JP', access: 'read' });
  it('[B3] counts with the recorded fact of that law and receiver, for as long as the register is fresh', () => {
    expect(decide(toJapan, register({ scopeFacts }), now)).toMatchObject({
      basis: 'ADEQUACY',
      validUntil: now + 30 * DAY_MS,
    });
    expect(decide({ ...toJapan, access: 'store' }, register({ scopeFacts }), now)).toMatchObject({
      code: 'NO_BASIS',
    });
    expect(decide({ ...toJapan, visitorCountry: 'GB' }, register({ scopeFacts }), now)).toMatchObject({
      code: 'NO_BASIS',
      regime: 'UK',
    });
    const old = register({ scopeFacts, confirmedAt: now - 31 * DAY_MS });
    expect(decide(toJapan, old, now)).toMatchObject({ code: 'REGISTER_STALE' });
  });
});

describe('the Data Privacy Frameworks', () => {
  it('[D1] cover a certified store with clauses to fall back on, and without them do not', () => {
    expect(decide(facts({ instruments: fallback }), dpf(), now)).toMatchObject({
      outcome: 'ALLOW',
      basis: 'DPF_EU',
      reference: '(EU) 2023/1795, Host Inc.',
      validUntil: Date.parse('2026-12-18T00:00:00Z'),
    });
    expect(decide(facts(), dpf(), now)).toMatchObject({ code: 'DPF_WITHOUT_FALLBACK' });
    expect(decide(facts(), dpf({ fallbackWaiver: 'letter of 3 March' }), now)).toMatchObject({
      basis: 'DPF_EU',
    });
    expect(decide(facts(), register(), now)).toMatchObject({ code: 'NO_BASIS' });
  });
  it('[D1] [D3] are of one organisation: another’s certification is none, and another’s clauses no fallback', () => {
    const other = { name: 'Other Inc.', is: 'processor' } as const;
    expect(decide(facts({ importer: other, instruments: fallback }), dpf(), now)).toMatchObject({
      code: 'OTHER_IMPORTER',
    });
    expect(decide(facts({ importer: undefined }), dpf({ fallbackWaiver: 'letter' }), now)).toMatchObject({
      code: 'NO_BASIS',
    });
    const others = [signed('SCC_M2', { importer: 'Other Inc.' })];
    expect(decide(facts({ instruments: others }), dpf(), now)).toMatchObject({
      code: 'DPF_WITHOUT_FALLBACK',
    });
  });
  it.each(['suspended', 'repealed', 'annulled'] as const)('[D2] %s, the clauses take over', (status) => {
    const adequacy = shippedRegister.adequacy.map((each) => (each.framework ? { ...each, status } : each));
    expect(decide(facts({ instruments: fallback }), dpf({ adequacy }), now)).toMatchObject({
      basis: 'SCC_M2',
    });
    expect(decide(facts(), dpf({ adequacy }), now)).toMatchObject({ code: 'NO_BASIS' });
  });
  it.each([
    ['removed', { status: 'removed' }],
    ['inactive', { status: 'inactive' }],
    ['for staff only', { scope: 'hr' }],
    ['of those who read', { covers: 'people' }],
    ['over', { validTo: '2026-11-19' }],
  ] as const)('[D3] a certification that is %s is passed over', (_, more) => {
    const certifications = [certificate('DPF_EU', more)];
    expect(decide(facts({ instruments: fallback }), register({ certifications }), now)).toMatchObject({
      basis: 'SCC_M2',
    });
    expect(decide(facts(), register({ certifications }), now)).toMatchObject({ code: 'NO_BASIS' });
  });
  it('[D4] are three: under British and Swiss law each needs its own, and the extension what it extends', () => {
    const visitors = (visitorCountry: string, held: readonly Certification[]) =>
      decide(
        facts({ visitorCountry, controllerCountry: visitorCountry, instruments: [] }),
        register({ certifications: held, fallbackWaiver: 'letter' }),
        now,
      );
    expect(visitors('GB', [certificate('DPF_EU')])).toMatchObject({ code: 'NO_UK_EXTENSION' });
    expect(visitors('CH', [certificate('DPF_EU')])).toMatchObject({ code: 'NO_SWISS_CERTIFICATION' });
    expect(visitors('FR', [certificate('DPF_CH')])).toMatchObject({ code: 'NO_EU_CERTIFICATION' });
    expect(visitors('GB', [certificate('DPF_UK_EXT')])).toMatchObject({ code: 'NO_UK_EXTENSION' });
    expect(visitors('GB', everyFramework)).toMatchObject({ basis: 'DPF_UK_EXT' });
    expect(visitors('CH', everyFramework)).toMatchObject({ basis: 'DPF_CH' });
  });
  it('[D5] stop counting 30 days after the last look at the list, and after the last confirmation', () => {
    const at = (ms: number, more: Partial<TransferRegister> = {}) =>
      decide(facts({ instruments: fallback }), dpf(more), ms);
    const lastLook = Date.parse('2026-11-18T00:00:00Z') + 30 * DAY_MS;
    const fresh = { confirmedAt: lastLook };
    expect(at(lastLook, fresh)).toMatchObject({ basis: 'DPF_EU' });
    expect(at(lastLook + 1, fresh)).toMatchObject({ basis: 'SCC_M2' });
    const waived = { ...fresh, fallbackWaiver: 'letter' };
    expect(decide(facts(), dpf(waived), lastLook + 1)).toMatchObject({ code: 'CERTIFICATION_STALE' });
    const stale = { confirmedAt: now - 30 * DAY_MS - 1 };
    expect(at(now, stale)).toMatchObject({ basis: 'SCC_M2' });
    expect(decide(facts(), dpf(stale), now)).toMatchObject({ code: 'REGISTER_STALE' });
  });
});

describe('the age of the register', () => {
  it('[G1] leaves what rests on no list: domestic, same entity, unscoped findings, what was signed', () => {
    const old = register({ confirmedAt: now - 400 * DAY_MS, establishments: [{ country: 'IN', ...looked }] });
    const ask = (more: Partial<TransferFacts>) => decide(facts(more), old, now);
    expect(ask({ destinationCountry: 'FI' })).toMatchObject({ basis: 'NONE_DOMESTIC' });
    const own = { importer: { name: 'Shop SA', is: 'customer' } } as const;
    expect(ask({ ...own, destinationCountry: 'IN', access: 'read' })).toMatchObject({
      basis: 'NONE_SAME_ENTITY',
    });
    expect(ask({ destinationCountry: 'NZ' })).toMatchObject({ basis: 'ADEQUACY' });
    expect(ask({ instruments: fallback })).toMatchObject({ basis: 'SCC_M2' });
  });
});

describe('what was signed', () => {
  const ask = (instruments: readonly SignedInstrument[], more: Partial<TransferFacts> = {}) =>
    decide(facts({ instruments, ...more }), register(), now);
  it('[B4] is relied on with complete annexes and an assessment that is not overdue', () => {
    expect(ask(fallback)).toMatchObject({
      basis: 'SCC_M2',
      validUntil: Date.parse('2027-01-10T23:59:59.999Z'),
    });
    expect(ask([signed('SCC_M2', { annexesComplete: false })])).toMatchObject({ code: 'ANNEXES_INCOMPLETE' });
    expect(ask([signed('SCC_M2', { assessment: undefined })])).toMatchObject({ code: 'TIA_MISSING' });
    const assessed = { assessedOn: '2025-01-10', reviewDue: '2026-11-19', conclusion: 'ok' } as const;
    expect(ask([signed('SCC_M2', { assessment: assessed })])).toMatchObject({ code: 'TIA_OVERDUE' });
    const against = { ...assessed, reviewDue: '2027-01-01', conclusion: 'notOk' } as const;
    expect(ask([signed('SCC_M2', { assessment: against })])).toMatchObject({ code: 'TIA_NOT_OK' });
    const measures = { ...against, conclusion: 'okWithMeasures' } as const;
    expect(ask([signed('SCC_M2', { assessment: measures })])).toMatchObject({ basis: 'SCC_M2' });
  });
  it.each([
    ['customer', ['SCC_M4']],
    ['processor', ['SCC_M3']],
    ['other', ['SCC_M3', 'SCC_M4']],
  ] as const)('[B4] passed on to the %s, rests on %j', (is, modules) => {
    const importer = { name: 'Host Inc.', is };
    const onward = { access: 'onward', exporterRole: 'processor', importer } as const;
    const all = ['SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4'] as const;
    expect(all.filter((module) => ask([signed(module)], onward).outcome === 'ALLOW')).toEqual(modules);
  });
  it('[B6] counts per law: the British forms, the Swiss adaptations, binding rules', () => {
    const british = { visitorCountry: 'GB', controllerCountry: 'GB' };
    const swiss = { visitorCountry: 'CH', controllerCountry: 'CH' };
    expect(ask([signed('UK_IDTA')], british)).toMatchObject({ basis: 'UK_IDTA' });
    expect(ask([signed('UK_ADDENDUM')], british)).toMatchObject({ code: 'CLAUSES_NOT_FOR_REGIME' });
    expect(ask([signed('UK_ADDENDUM'), signed('SCC_M4')], british)).toMatchObject({
      code: 'CLAUSES_NOT_FOR_REGIME',
    });
    expect(ask([signed('UK_ADDENDUM'), signed('SCC_M2')], british)).toMatchObject({ basis: 'UK_ADDENDUM' });
    expect(ask([signed('CH_SCC')], swiss)).toMatchObject({ code: 'CLAUSES_NOT_FOR_REGIME' });
    expect(ask([signed('CH_SCC'), signed('SCC_M2')], swiss)).toMatchObject({ basis: 'CH_SCC' });
    expect(ask([signed('BCR_C')], { access: 'read' })).toMatchObject({ basis: 'BCR_C' });
    expect(ask([signed('BCR_C')])).toMatchObject({ code: 'WRONG_MODULE' });
    expect(ask([signed('BCR_P')])).toMatchObject({ basis: 'BCR_P' });
    expect(ask([signed('BCR_C')], { ...british, access: 'read' })).toMatchObject({
      code: 'CLAUSES_NOT_FOR_REGIME',
    });
  });
  it('[B4] of all three laws covers a visitor whose country is not known, and of two does not', () => {
    const all = [signed('SCC_M2'), signed('UK_ADDENDUM'), signed('CH_SCC')];
    const unknown = { visitorCountry: undefined };
    const given = ask(all, unknown);
    expect(given).toMatchObject({ outcome: 'ALLOW', basis: 'SCC_M2' });
    expect(given.outcome === 'ALLOW' && given.regimes.map(({ basis }) => basis)).toEqual([
      'SCC_M2',
      'UK_ADDENDUM',
      'CH_SCC',
    ]);
    expect(ask(all.slice(0, 2), unknown)).toMatchObject({ outcome: 'REFUSE', regime: 'CH' });
  });
  it('[B10] what a British processor gives back is not restricted there; what one of the Union does needs module 4', () => {
    const back = {
      importer: { name: 'Host Inc.', is: 'customer' },
      exporterRole: 'processor',
      access: 'read',
      controllerCountry: 'US',
      visitorCountry: 'GB',
    } as const;
    expect(decide(facts({ ...back, processorCountry: 'GB' }), register(), now)).toMatchObject({
      basis: 'NONE_RETURNED',
    });
    expect(decide(facts({ ...back, processorCountry: 'IE' }), register(), now)).toMatchObject({
      code: 'NO_BASIS',
    });
    const british = { ...back, processorCountry: 'GB' };
    const elsewhere = { destinationCountry: 'IN' };
    const toOther = { importer: { name: 'Host Inc.', is: 'other' } } as const;
    for (const more of [elsewhere, toOther, { importer: undefined }])
      expect(decide(facts({ ...british, ...more }), register(), now)).toMatchObject({ code: 'NO_BASIS' });
    const irish = { ...back, visitorCountry: 'IE', processorCountry: 'IE' };
    expect(ask([], irish)).toMatchObject({ code: 'NO_BASIS' });
    expect(ask([signed('SCC_M2')], irish)).toMatchObject({ code: 'WRONG_MODULE' });
    expect(ask([signed('SCC_M4')], irish)).toMatchObject({ basis: 'SCC_M4' });
  });
});

describe('consent for one session', () => {
  const derogations = { consent: true, mostSharesAMonth: 3 };
  const consent = { session: 'one', givenAt: now, sharesThisMonth: 2 };
  const live = facts({ destinationCountry: 'IN', dataClass: 'live', access: 'view', consent });
  it('[E1] covers showing what is never stored, where the customer allows it and while it is occasional', () => {
    expect(decide(live, register({ derogations }), now)).toMatchObject({ basis: 'ART49_A' });
  });
  it('[E2] covers nothing else', () => {
    const refused = { code: 'DEROGATION_NOT_ROUTINE' };
    expect(decide(live, register(), now)).toMatchObject(refused);
    const often = { ...live, consent: { ...consent, sharesThisMonth: 3 } };
    expect(decide(often, register({ derogations }), now)).toMatchObject(refused);
    for (const access of ['relay', 'support'] as const)
      expect(decide({ ...live, access }, register({ derogations }), now)).toMatchObject(refused);
    for (const access of ['store', 'read', 'export', 'onward'] as const) {
      expect(
        decide({ ...live, access, dataClass: 'transcript' }, register({ derogations }), now),
      ).toMatchObject(refused);
    }
    expect(decide({ ...live, consent: undefined }, register({ derogations }), now)).toMatchObject({
      code: 'NO_BASIS',
    });
  });
});

describe('every refusal', () => {
  it('has a sentence of its own in each language', () => {
    for (const language of ['en', 'de'] as const) {
      const all = Object.values(refusalSentences).map((each) => each[language]);
      expect(new Set(all).size).toBe(all.length);
      for (const sentence of all) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
    }
  });
});
